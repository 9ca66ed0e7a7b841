// Fan pages: each part here improves a page that already works without it.
import { askFirst } from "./asking.js";
import { addMorePhotos } from "./gallery.js";
import { hazeAll } from "./haze.js";
import { narrowLists } from "./narrowing.js";
import { tellReaderTimes } from "./times.js";
import { turnPagesByKey } from "./turning.js";

hazeAll(document);
tellReaderTimes(document);
addMorePhotos(document);
turnPagesByKey(document);
askFirst(document);
narrowLists(document);
