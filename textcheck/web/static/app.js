// Keys for the queue and for one issue. Every key only presses a button or follows a link of the
// page, so whatever works here works by mouse and without this file, too.
"use strict";

(() => {
  let reason = false; // N was pressed: a digit says why

  const rows = () => Array.from(document.querySelectorAll("[data-row]"));
  const current = () => document.querySelector("[data-row][aria-current]") || rows()[0];

  function choose(index) {
    const all = rows();
    if (all.length === 0) return;
    const row = all[Math.max(0, Math.min(index, all.length - 1))];
    all.forEach((other) => other.removeAttribute("aria-current"));
    row.setAttribute("aria-current", "true");
    row.scrollIntoView({ block: "nearest" });
    const link = row.querySelector("[data-key=enter]");
    if (link) link.focus({ preventScroll: true });
    sessionStorage.setItem("row", String(all.indexOf(row)));
  }

  // The row below takes the place of one that was decided: the same number is the next one.
  function begin() {
    if (document.querySelector(".rows")) choose(Number(sessionStorage.getItem("row") || 0));
    if (location.hash === "#other") {
      const note = document.getElementById("note");
      if (note) note.focus();
    }
  }

  function press(key, everywhere) {
    const within = everywhere ? document : current();
    const button = (within && within.querySelector(`[data-key=${key}]`))
      || document.querySelector(`aside [data-key=${key}]`);
    if (!button) return false;
    if (button.tagName === "SELECT") button.focus();
    else button.click();
    return true;
  }

  function step(by) {
    if (document.querySelector(".rows")) {
      choose(rows().indexOf(current()) + by);
      return;
    }
    const link = document.querySelector(by > 0 ? "main .pages a[rel=next]" : "main .pages a[rel=prev]");
    if (link) link.click();
  }

  const actions = {
    KeyJ: () => step(1),
    KeyK: () => step(-1),
    KeyY: () => press("y"),
    KeyN: () => {
      reason = true;
      const no = current() && current().querySelector("details.no");
      if (no) no.open = true;
    },
    KeyZ: () => press("z", true),
    KeyX: () => press("x"),
    KeyA: () => press("a", true),
    KeyE: () => press("e", true),
    Slash: (event) => {
      const wanted = event.shiftKey ? document.querySelector("#keys summary") : document.getElementById("search");
      if (wanted && event.shiftKey) wanted.click();
      else if (wanted) wanted.focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    // With an input method on, event.key is "Process"; event.code still names the key. While it
    // composes, or in a field, the keys are the writer's.
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (reason && digit) {
      reason = false;
      event.preventDefault();
      press(`n${digit[1]}`);
      return;
    }
    const action = actions[event.code];
    if (event.code !== "KeyN") reason = false;
    if (!action) return;
    event.preventDefault();
    action(event);
  });

  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSettle", begin);
})();
