// Brings a list up to date by itself: asks whether anything has changed, a few seconds after the last answer.
// It asks only while the page is looked at, waits longer after a failure, and stops when the session is over.
const EVERY = 5000;
const LONGEST = 60000;

export function keepUpToDate() {
  const list = document.querySelector("[data-live]");
  const said = document.querySelector("[data-live-said]");
  if (!list || !said) return;
  let version = list.dataset.liveVersion;
  let pause = EVERY;
  let timer = 0;
  let over = false;
  let waiting = null;

  const say = (words) => {
    if (said.textContent !== words) said.textContent = words;
  };
  const next = () => {
    window.clearTimeout(timer);
    if (!over) timer = window.setTimeout(look, pause);
  };

  async function look() {
    if (document.hidden) return;
    try {
      const headers = { "If-None-Match": `"${version}"` };
      const options = { headers, credentials: "same-origin", cache: "no-store", redirect: "manual" };
      const answer = await fetch(list.dataset.live, options);
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return stop();
      if (answer.status === 200) take(await answer.text(), answer.headers.get("ETag"));
      else if (answer.status !== 304) throw new Error(`the list could not be asked for: ${answer.status}`);
      else if (pause !== EVERY) say("Up to date again.");
      pause = EVERY;
    } catch {
      pause = Math.min(pause * 2, LONGEST);
      say("The connection is lost. The lists below may be out of date.");
    }
    next();
  }

  function stop() {
    over = true;
    say("You are signed out. The lists below no longer keep themselves up to date.");
  }

  // What somebody is using is not taken from under their hands: it changes when they have gone on.
  function take(markup, mark) {
    version = (mark ?? "").replaceAll('"', "");
    const fresh = document.createElement("div");
    fresh.innerHTML = markup;
    say(news(fresh));
    waiting = fresh;
    if (!inUse()) show();
  }

  function inUse() {
    const chosen = document.getSelection();
    return list.contains(document.activeElement) || (!chosen.isCollapsed && list.contains(chosen.anchorNode));
  }

  function show() {
    if (!waiting) return;
    const held = firstInSight();
    const before = held?.getBoundingClientRect().top;
    list.replaceChildren(...waiting.childNodes);
    waiting = null;
    const same = held && list.querySelector(`[data-live-row="${held.dataset.liveRow}"]`);
    if (same && window.scrollY > 0) window.scrollBy(0, same.getBoundingClientRect().top - before);
  }

  const rows = (of) => [...of.querySelectorAll("[data-live-row]")];
  const firstInSight = () => rows(list).find((row) => row.getBoundingClientRect().top >= 0);

  function news(fresh) {
    const known = new Set(rows(list).map((row) => row.dataset.liveRow));
    const count = rows(fresh).filter((row) => !known.has(row.dataset.liveRow)).length;
    const at = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    if (count) return `${count === 1 ? "1 new report" : `${count} new reports`} at ${at}.`;
    return `Brought up to date at ${at}.`;
  }

  list.addEventListener("focusout", () => window.setTimeout(() => inUse() || show()));
  document.addEventListener("selectionchange", () => inUse() || show());
  document.addEventListener("visibilitychange", () => document.hidden || over || look());
  next();
}
