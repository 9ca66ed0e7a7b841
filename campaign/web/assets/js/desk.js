// The desk: tables that sort, questions before what cannot be taken back, moderation by key.
import { askFirst } from "./asking.js";
import { chooseByWriting } from "./choosing.js";
import { offerCopies } from "./copying.js";
import { moderateByKey } from "./moderation.js";
import { previewWords } from "./wording.js";
import { sortTables } from "./sorting.js";
import { tellWork } from "./planning.js";

document.querySelector(".here [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
sortTables(document);
askFirst(document);
chooseByWriting(document);
moderateByKey();
previewWords(document);
offerCopies(document);
tellWork(document);
