// Fan pages: each part here improves a page that already works without it.
import { addMorePhotos } from "./gallery.js";
import { hazeAll } from "./haze.js";
import { tellReaderTimes } from "./times.js";
import { turnPagesByKey } from "./turning.js";

hazeAll(document);
tellReaderTimes(document);
addMorePhotos(document);
turnPagesByKey(document);
