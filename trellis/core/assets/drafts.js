// Keeps what is typed in long forms in this tab until it has reached the record, so that a time-out, a lost
// connection or a fault loses nothing. Kept by user and form; gone on success, on sign-out and with the tab.
// A form with data-lock is kept on the device instead, locked, so that closing the tab loses nothing either; it is
// sent only once the hub is known to answer.
import { dropLocked, lockedStore } from "./locked.js";
import { growTo } from "./rows.js";

const PREFIX = "trellis.draft.";
const SENT = "trellis.sent";
const NEVER_KEPT = ["password", "file", "submit", "button", "hidden"];
// Hidden, and kept: what makes a form count once, and the revision it was filled in beside. Put back with the words,
// it lets the server show what somebody else saved meanwhile instead of writing over it.
const CARRIED = ["form_key", "after", "revision", "seen"];
const PAUSE = 400;
const PATIENCE = 5000;
const OFFLINE = "There is no connection. What you typed is kept on this computer: send it when the connection is back.";
const KEPT = "Kept on this device until you save.";
const KEPT_OFFLINE = "No connection. Kept on this device until you save: you can go on writing.";
const KEPT_IN_TAB = "Kept in this tab until you save: leave it open.";
let signedOut = false;

export function keepDrafts(user) {
  const forms = [...document.querySelectorAll("form[data-autosave]")];
  if (user) forgetOthers(user);
  settleLastSent(user, forms);
  const savers = user ? forms.map((form) => keep(form, `${PREFIX}${user}.${form.dataset.autosave}`)) : [];
  for (const form of document.querySelectorAll("form[data-sends-draft]")) {
    form.addEventListener("submit", () => sessionStorage.setItem(SENT, `${PREFIX}${user}.${form.dataset.sendsDraft}`));
  }
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", () => {
      signedOut = true;
      forgetOthers(null);
    });
  }
  return { save: () => savers.forEach((save) => save()) };
}

function forgetOthers(user) {
  const theirs = (key) => key.startsWith(PREFIX) && !(user && key.startsWith(`${PREFIX}${user}.`));
  for (const key of Object.keys(sessionStorage)) if (theirs(key)) sessionStorage.removeItem(key);
  dropLocked(theirs);
}

// A form that was sent and is not shown again reached the record. A page without a signed-in user (the
// sign-in page, a fault) says nothing of the kind: the draft stays.
function settleLastSent(user, forms) {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (!sent || !user || !sent.startsWith(`${PREFIX}${user}.`)) return;
  const shownAgain = forms.some((form) => sent === `${PREFIX}${user}.${form.dataset.autosave}`);
  if (shownAgain && !ledBackHere()) return;
  sessionStorage.removeItem(sent);
  localStorage.removeItem(sent);
}

// Some forms lead back to their own page, empty, for the next one: what was sent is answered there with a redirect,
// what was refused is shown in the answer itself.
function ledBackHere() {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation?.redirectCount > 0 && !document.querySelector(".trellis-message--error, .trellis-message--warning");
}

function tabStore(key) {
  return {
    locked: false,
    put: async (text) => sessionStorage.setItem(key, text),
    get: async () => sessionStorage.getItem(key),
    drop: () => sessionStorage.removeItem(key),
  };
}

function keep(form, key) {
  let timer = 0;
  let touched = false;
  let answered = false;
  const store = lockedStore(key, form.dataset.lock) ?? tabStore(key);
  const save = async () => {
    window.clearTimeout(timer);
    if (touched && !signedOut) await store.put(JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
  };
  const filledAlready = document.querySelector(".govuk-error-summary") || "shownFilled" in form.dataset;
  if (!filledAlready) store.get().then((text) => text && !touched && putBack(form, text, store));
  showStatus(form, store);
  form.addEventListener("input", () => {
    touched = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    touched = true;
    const saved = save();
    if (navigator.onLine === false) {
      event.preventDefault();
      say(form, OFFLINE);
    } else if (store.locked && !answered) {
      event.preventDefault();
      Promise.all([saved, hubAnswers()]).then(([, answers]) => {
        answered = answers;
        if (answers) form.requestSubmit(event.submitter);
        else say(form, OFFLINE);
      });
    } else {
      sessionStorage.setItem(SENT, key);
    }
  });
  window.addEventListener("pageshow", () => (answered = false));
  window.addEventListener("pagehide", save);
  return save;
}

async function hubAnswers() {
  try {
    return (await fetch("/health/live", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) })).ok;
  } catch {
    return false;
  }
}

// One plain line beside the form; it speaks only when it changes.
function showStatus(form, store) {
  const line = form.querySelector("[data-draft-status]");
  if (!line) return;
  const show = () => {
    const words = !store.locked ? KEPT_IN_TAB : navigator.onLine === false ? KEPT_OFFLINE : KEPT;
    if (line.textContent !== words) line.textContent = words;
  };
  show();
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
}

function kept(control) {
  return control.name && (CARRIED.includes(control.name) || !NEVER_KEPT.includes(control.type));
}

function valuesOf(form) {
  return [...form.elements].filter(kept).map((control) => {
    const chosen = control.type === "checkbox" || control.type === "radio";
    return [control.name, control.value, chosen ? control.checked : null];
  });
}

function putBack(form, text, store) {
  const { at, values } = JSON.parse(text);
  growTo(form, values.map(([name]) => name));
  for (const control of [...form.elements].filter(kept)) {
    const choice = control.type === "checkbox" || control.type === "radio";
    const found = values.find(([name, value]) => name === control.name && (!choice || value === control.value));
    if (!found) continue;
    if (choice) control.checked = found[2];
    else control.value = found[1];
  }
  const time = new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  say(form, `What you had typed at ${time} is back in the form. It has not been sent yet.`, () => {
    store.drop();
    window.location.reload();
  });
}

function say(form, words, clear) {
  let note = form.previousElementSibling;
  if (!note?.matches("[data-draft-note]")) {
    note = document.createElement("div");
    note.className = "trellis-message trellis-message--warning";
    note.dataset.draftNote = "";
    note.setAttribute("role", "status");
    form.before(note);
  }
  note.textContent = words;
  if (!clear) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "trellis-message__button";
  button.textContent = "Clear it and start again";
  button.addEventListener("click", clear);
  note.append(" ", button);
}
