// What a page says of itself to the sweep of every page: its stops for the Tab key, what is cut off, what its forms send.
(() => {
  const STOPS = "a[href], button, input, select, textarea, summary, iframe, [tabindex]";
  const SHOWN = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderColor", "color", "textDecorationLine"];
  const SENDS = "button:not([type=button], [type=reset]), input[type=submit]";
  const ADDS_A_ROW = "[name=more]";
  let stops = [];
  let before = [];

  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const called = (element) => {
    const words = (element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent || "").trim();
    return `${element.tagName.toLowerCase()} ${element.name || element.id || ""} "${words.replace(/\s+/g, " ").slice(0, 40)}"`;
  };

  // Of a group of radio buttons Tab stops at one: the one that is chosen, else the first.
  function isItsGroupsStop(element) {
    if (element.type !== "radio" || !element.name) return true;
    const group = [...document.querySelectorAll("input[type=radio]")].filter(
      (other) => other.name === element.name && other.form === element.form && !other.matches(":disabled"),
    );
    return element === (group.find((other) => other.checked) ?? group[0]);
  }

  const isStop = (element) =>
    !element.matches(":disabled, [type=hidden]") && element.tabIndex >= 0 && visible(element) && isItsGroupsStop(element);

  function looks(element) {
    const parts = [[element], [element, "::before"], [element, "::after"], [element.parentElement]];
    if (element.labels?.[0]) parts.push([element.labels[0], "::before"]);
    return parts.map(([part, pseudo]) => SHOWN.map((name) => getComputedStyle(part, pseudo)[name]).join()).join("|");
  }

  function isCovered(element) {
    const box = element.getClientRects()[0];
    if (!box) return true;
    const middle = (from, to, end) => (Math.max(from, 0) + Math.min(to, end)) / 2;
    const hit = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    return !hit || !(element.contains(hit) || hit.contains(element) || [...(element.labels ?? [])].some((label) => label.contains(hit)));
  }

  // What scrolls in a region of its own may be wider than the page.
  function scrollsApart(element) {
    for (let place = element.parentElement; place && place !== document.body; place = place.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(place).overflowX) && place.scrollWidth > place.clientWidth) return true;
    }
    return false;
  }

  window.sweep = {
    begin() {
      stops = [...document.querySelectorAll(STOPS)].filter(isStop);
      before = stops.map(looks);
      return stops.map(called);
    },

    // Where the focus is now: which stop, whether one sees it, whether something lies over it.
    here() {
      const element = document.activeElement;
      const stop = stops.indexOf(element);
      if (stop < 0) return { stop, name: called(element) };
      return { stop, name: called(element), plain: looks(element) === before[stop], covered: isCovered(element) };
    },

    sideways() {
      const page = document.scrollingElement;
      return page.scrollWidth > page.clientWidth ? page.scrollWidth : 0;
    },

    cutOff() {
      const width = document.scrollingElement.clientWidth;
      return [...document.querySelectorAll(STOPS)].filter(isStop).filter((element) => {
        const box = element.getBoundingClientRect();
        return (box.left < -1 || box.right > width + 1) && !scrollsApart(element);
      }).map(called);
    },

    // Unfolds what the form is folded into and puts the focus on what sends it; what is sent is caught.
    readyToSend(number) {
      const form = document.querySelectorAll("main form")[number];
      const folded = form.closest("details");
      if (folded) folded.open = true;
      const button = [...form.elements].find((element) => element.matches(SENDS) && !element.matches(ADDS_A_ROW) && visible(element));
      form.noValidate = true;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        this.sent = number;
      }, { once: true, capture: true });
      button?.focus();
      return Boolean(button) && document.activeElement === button;
    },

    sent: -1,
  };
})();
