// "Add another" without a visit to the server: the last row once more, empty and with the next number.
export function addRows() {
  for (const group of document.querySelectorAll("[data-rows]")) {
    const button = group.querySelector("button[name=more]");
    button?.addEventListener("click", (event) => {
      event.preventDefault();
      // Enter in a field presses the first button of the form by itself: that is not somebody asking for a row.
      if (event.detail === 0 && document.activeElement !== button) return;
      addRow(group)?.querySelector("input, select, textarea")?.focus();
    });
  }
}

// As many rows as these names of controls need.
export function growTo(form, names) {
  for (const group of form.querySelectorAll("[data-rows]")) {
    const numbered = new RegExp(`^${group.dataset.rows}-(\\d+)-`);
    const last = Math.max(-1, ...names.map((name) => Number(name.match(numbered)?.[1] ?? -1)));
    while (rowsOf(group).length <= last && addRow(group));
  }
}

function rowsOf(group) {
  return [...group.querySelectorAll("[data-row]")];
}

function addRow(group) {
  const count = rowsOf(group).length;
  if (count >= Number(group.querySelector("[name$=-MAX_NUM_FORMS]").value)) return null;
  const last = rowsOf(group).at(-1);
  const row = last.cloneNode(true);
  const [from, to] = [count - 1, count].map((number) => `${group.dataset.rows}-${number}-`);
  for (const element of row.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(from)) element.setAttribute(name, value.replaceAll(from, to));
    }
  }
  for (const control of row.querySelectorAll("input, textarea")) {
    if (control.type === "checkbox") control.checked = false;
    else control.value = "";
  }
  for (const choice of row.querySelectorAll("select")) choice.selectedIndex = 0;
  for (const wrong of row.querySelectorAll(".govuk-error-message")) wrong.remove();
  for (const wrong of row.querySelectorAll("[class*='--error']")) {
    wrong.className = wrong.className.replace(/\S+--error/g, "");
  }
  row.querySelector("[data-row-number]").textContent = count + 1;
  last.after(row);
  group.querySelector("[name$=-TOTAL_FORMS]").value = count + 1;
  return row;
}
