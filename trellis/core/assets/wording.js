// Advice on words, beside the field while somebody types. It only advises; when the hub cannot be asked there is none.
// A field with the child's own words (data-own-words) is left alone.
const PAUSE = 900;
const SHORTEST = 6;
const REST = 60_000;
const FIELDS = "form textarea.govuk-textarea:not([data-own-words])";

export function adviseOnWords(url) {
  if (!url) return;
  for (const field of document.querySelectorAll(FIELDS)) advise(field, url);
  // Here the advice stands beside the field: it is not wanted again after saving.
  for (const name of document.querySelectorAll("input[name=advise_on]")) name.remove();
}

function advise(field, url) {
  const place = document.createElement("div");
  place.className = "trellis-nudges";
  place.id = `${field.id}_wording`;
  place.hidden = true;
  const spoken = document.createElement("p");
  spoken.className = "govuk-visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  field.after(place, spoken);
  let timer = 0;
  let asking = null;
  let restUntil = 0;

  async function ask() {
    asking?.abort();
    if (Date.now() < restUntil) return;
    if (field.value.trim().length < SHORTEST) return show([]);
    asking = new AbortController();
    const token = field.form.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "X-CSRFToken": token },
        body: new URLSearchParams({ text: field.value }),
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        signal: asking.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      show((await answer.json()).advice);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      restUntil = Date.now() + REST;
      show([]);
    }
  }

  function show(advice) {
    const each = advice.filter((one, at) => advice.findIndex((other) => other.wrong === one.wrong) === at);
    place.replaceChildren(...each.map(line));
    place.hidden = each.length === 0;
    describe(field, place);
    const words = each.length ? `Advice on wording below the field: ${each.map((one) => one.better).join(". ")}` : "";
    if (spoken.textContent !== words) spoken.textContent = words;
  }

  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, PAUSE);
  });
}

function line(one) {
  const found = document.createElement("strong");
  found.textContent = `“${one.text}”`;
  const made = document.createElement("p");
  made.append(found, ` ${one.wrong} Better: ${one.better}`);
  return made;
}

function describe(field, place) {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== place.id);
  if (!place.hidden) ids.push(place.id);
  if (ids.length) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}
