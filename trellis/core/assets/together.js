// A page that a young person writes on: no step of it stays in the history, what is typed is kept on the server as it
// comes and nowhere on the device, and the way out leaves at once. Everything works without this file.
const PAUSE = 600;
const PATIENCE = 1500;
const TIMES = 3;
const WITHIN = 3000;
const SAFE = "What you wrote is saved.";
const ASLEEP = "This page has gone to sleep. Give it to the worker. What you wrote before is saved.";

async function post(form, more = {}) {
  const data = new FormData(form);
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  const options = { method: "POST", body: data, credentials: "same-origin", cache: "no-store", redirect: "follow" };
  return fetch(form.action, options);
}

// The next page takes the place of this one. What is refused is sent again the plain way, so that it is shown.
function leaveNoEntry(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { submitter } = event;
    const pressed = submitter?.name ? { [submitter.name]: submitter.value } : {};
    try {
      const answer = await post(form, { ...pressed, quiet: "1" });
      const { next } = await answer.json();
      window.location.replace(next);
    } catch {
      if (submitter?.name) form.append(hidden(submitter.name, submitter.value));
      form.submit();
    }
  });
}

function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

function keepAsItComes(form) {
  let timer = 0;
  const line = form.querySelector("[data-kept]");
  const say = (words) => line && line.textContent !== words && (line.textContent = words);
  const save = () =>
    post(form, { only_keep: "1" }).then(
      (answer) => say(answer.status === 204 ? SAFE : ASLEEP),
      () => say("There is no connection just now. Keep this page open."),
    );
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  });
}

// Nothing is seen from the first moment on; the server signs out and has the browser forget; then somewhere else.
function wayOut(form) {
  let leaving = false;
  const leave = async () => {
    if (leaving) return;
    leaving = true;
    document.body.hidden = true;
    document.title = "";
    const data = new FormData(form);
    data.set("quiet", "1");
    sessionStorage.clear();
    localStorage.clear();
    const options = { method: "POST", body: data, credentials: "same-origin", cache: "no-store", keepalive: true };
    const answered = fetch(form.action, options).then((answer) => answer.json());
    const late = new Promise((_, fail) => window.setTimeout(fail, PATIENCE));
    const next = await Promise.race([answered, late]).then(
      (answer) => answer.next,
      () => null,
    );
    window.location.replace(next ?? form.dataset.wayOut);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  let pressed = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    pressed = [...pressed.filter((at) => Date.now() - at < WITHIN), Date.now()];
    if (pressed.length >= TIMES) leave();
  });
}

document.querySelectorAll("form[data-leaves-no-entry]").forEach(leaveNoEntry);
document.querySelectorAll("form[data-keeps]").forEach(keepAsItComes);
document.querySelectorAll("form[data-way-out]").forEach(wayOut);
for (const link of document.querySelectorAll("a[data-replaces]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    window.location.replace(link.href);
  });
}
window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
