// Makes the GOV.UK and MoJ components live, and adds our own. Every page works without this file.
import { initAll as initGovuk } from "./govuk-frontend.min.js";
import { initAll as initMoj } from "./moj-frontend.min.js";
import { keepDrafts } from "./drafts.js";
import { keepUpToDate } from "./live.js";
import { foldPlaces } from "./places.js";
import { addRows } from "./rows.js";
import { warnBeforeTheEnd } from "./session.js";
import { adviseOnWords } from "./wording.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initGovuk();
initMoj();

const { user, sessionUrl, sessionSeconds, signInUrl, wordingUrl } = document.body.dataset;
foldPlaces();
addRows();
keepUpToDate();
const drafts = keepDrafts(user);
adviseOnWords(user && wordingUrl);
if (user && sessionUrl) {
  warnBeforeTheEnd({ url: sessionUrl, seconds: Number(sessionSeconds), signInUrl, beforeLeaving: drafts.save });
}
