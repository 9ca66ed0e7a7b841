// The judges' pages: the panel itself, and the quiet ones around it, on which ballots that wait are sent as well.
import { hazeAll } from "./haze.js";
import { chair } from "./panel/chair.js";
import { comparing } from "./panel/comparing.js";
import { panel } from "./panel/index.js";
import { sender } from "./panel/sending.js";
import { tellReaderTimes } from "./times.js";

const root = document.querySelector("[data-panel]");
tellReaderTimes(document);
hazeAll(document);
if (root?.querySelector("[data-easel]")) void panel(root);
else if (root) void sender(root);
comparing(document);
chair(document);
