// Fan pages: each part here improves a page that already works without it.
import { askFirst } from "./asking.js";
import { countDown } from "./countdown.js";
import { addMorePhotos } from "./gallery.js";
import { hazeAll } from "./haze.js";
import { mindLostPhotos } from "./lost.js";
import { mindMaking } from "./making.js";
import { narrowLists } from "./narrowing.js";
import { offerSharing } from "./sharing.js";
import { tellReaderTimes } from "./times.js";
import { turnPages } from "./turning.js";

mindLostPhotos(document);
hazeAll(document);
mindMaking(document);
tellReaderTimes(document);
countDown(document);
addMorePhotos(document);
turnPages(document);
askFirst(document);
narrowLists(document);
offerSharing(document);
