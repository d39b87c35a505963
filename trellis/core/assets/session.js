// Warns two minutes before the session ends and lets the worker stay. What is typed is kept either way.
const WARNING = 120;
const SPOKEN = [120, 60, 30];

export function warnBeforeTheEnd({ url, seconds, signInUrl, beforeLeaving }) {
  const dialog = document.getElementById("session-warning");
  if (!dialog || !seconds) return;
  const left = dialog.querySelector("[data-left]");
  const spoken = dialog.querySelector("[data-spoken]");
  let end = Date.now() + seconds * 1000;
  let asking = false;

  const remaining = () => Math.max(0, Math.round((end - Date.now()) / 1000));

  async function ask(method) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    const headers = method === "POST" ? { "X-CSRFToken": token } : {};
    const answer = await fetch(url, { method, headers, credentials: "same-origin", cache: "no-store" });
    if (!answer.ok) throw new Error(`the session could not be asked for: ${answer.status}`);
    end = Date.now() + (await answer.json()).seconds * 1000;
  }

  async function stay() {
    try {
      await ask("POST");
    } catch {
      spoken.textContent = "The connection is lost. What you typed is kept on this computer.";
      return;
    }
    if (remaining() > 0) dialog.close();
    else leave();
  }

  function leave() {
    beforeLeaving();
    const back = encodeURIComponent(window.location.pathname);
    window.location.assign(`${signInUrl || "/"}?next=${back}`);
  }

  function show() {
    const now = remaining();
    left.textContent = inWords(now);
    if (SPOKEN.includes(now)) spoken.textContent = `You will be signed out in ${inWords(now)}.`;
    if (!dialog.open) dialog.showModal();
  }

  // Another tab may have lengthened the session: the server is asked before anyone is warned or sent away.
  async function look() {
    if (asking || remaining() > WARNING) return;
    if (dialog.open && remaining() > 0) return show();
    asking = true;
    await ask("GET").catch(() => {});
    asking = false;
    if (remaining() === 0) leave();
    else if (remaining() <= WARNING) show();
    else if (dialog.open) dialog.close();
  }

  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  window.setInterval(look, 1000);
}

function inWords(seconds) {
  if (seconds >= 60) {
    const minutes = Math.ceil(seconds / 60);
    return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  }
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}
