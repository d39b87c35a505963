// Keeps what is typed in long forms in this tab until it has reached the record, so that a time-out, a lost
// connection or a fault loses nothing. Kept by user and form; gone on success, on sign-out and with the tab.
const PREFIX = "trellis.draft.";
const SENT = "trellis.sent";
const NEVER_KEPT = ["password", "file", "submit", "button", "hidden"];
// Hidden, and kept: what makes a form count once, and the revision it was filled in beside. Put back with the words,
// it lets the server show what somebody else saved meanwhile instead of writing over it.
const CARRIED = ["form_key", "after", "revision", "seen"];
const PAUSE = 400;

export function keepDrafts(user) {
  const forms = [...document.querySelectorAll("form[data-autosave]")];
  if (user) forgetOthers(user);
  settleLastSent(user, forms);
  const savers = user ? forms.map((form) => keep(form, `${PREFIX}${user}.${form.dataset.autosave}`)) : [];
  for (const form of document.querySelectorAll("form[data-sends-draft]")) {
    form.addEventListener("submit", () => sessionStorage.setItem(SENT, `${PREFIX}${user}.${form.dataset.sendsDraft}`));
  }
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", () => forgetOthers(null));
  }
  return { save: () => savers.forEach((save) => save()) };
}

function forgetOthers(user) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !(user && key.startsWith(`${PREFIX}${user}.`))) sessionStorage.removeItem(key);
  }
}

// A form that was sent and is not shown again reached the record. A page without a signed-in user (the
// sign-in page, a fault) says nothing of the kind: the draft stays.
function settleLastSent(user, forms) {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (!sent || !user || !sent.startsWith(`${PREFIX}${user}.`)) return;
  const shownAgain = forms.some((form) => sent === `${PREFIX}${user}.${form.dataset.autosave}`);
  if (!shownAgain) sessionStorage.removeItem(sent);
}

function keep(form, key) {
  let timer = 0;
  let touched = false;
  const save = () => {
    window.clearTimeout(timer);
    if (touched) sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
  };
  const shownWithErrors = document.querySelector(".govuk-error-summary");
  if (!shownWithErrors) putBack(form, key);
  form.addEventListener("input", () => {
    touched = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    touched = true;
    save();
    if (navigator.onLine === false) {
      event.preventDefault();
      say(form, "There is no connection. What you typed is kept on this computer: send it when the connection is back.");
      return;
    }
    sessionStorage.setItem(SENT, key);
  });
  window.addEventListener("pagehide", save);
  return save;
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

function putBack(form, key) {
  const stored = sessionStorage.getItem(key);
  if (!stored) return;
  const { at, values } = JSON.parse(stored);
  for (const control of [...form.elements].filter(kept)) {
    const choice = control.type === "checkbox" || control.type === "radio";
    const found = values.find(([name, value]) => name === control.name && (!choice || value === control.value));
    if (!found) continue;
    if (choice) control.checked = found[2];
    else control.value = found[1];
  }
  const time = new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  say(form, `What you had typed at ${time} is back in the form. It has not been sent yet.`, () => {
    sessionStorage.removeItem(key);
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
