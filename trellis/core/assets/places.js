// On a narrow screen the list of places folds behind the Menu button.
export function foldPlaces() {
  const button = document.querySelector("[data-menu]");
  const places = document.getElementById("places");
  if (!button || !places) return;

  const narrow = window.matchMedia("(max-width: 860px)");
  const show = (open) => {
    places.classList.toggle("trellis-places--folded", narrow.matches && !open);
    button.setAttribute("aria-expanded", String(open));
  };
  const fit = () => {
    button.hidden = !narrow.matches;
    show(false);
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  narrow.addEventListener("change", fit);
  fit();
}
