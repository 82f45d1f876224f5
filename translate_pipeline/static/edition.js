// Links the two sides of a sentence on hover, focus and tap, moves between sentences with the arrow keys, remembers the chosen view.
"use strict";

const pairOf = (event) => event.target.closest?.("[data-pair]")?.dataset.pair;
const partners = (pair) => document.querySelectorAll(`[data-pair="${CSS.escape(pair)}"]`);
let held = null; // the pair that a tap marked
let shown = null;

function mark(pair) {
  if (pair === shown) return;
  for (const element of document.querySelectorAll("[data-pair].active")) element.classList.remove("active");
  if (pair) for (const element of partners(pair)) element.classList.add("active");
  shown = pair;
}

document.addEventListener("mouseover", (event) => mark(pairOf(event) ?? held));
document.addEventListener("focusin", (event) => mark(pairOf(event) ?? held));
document.addEventListener("focusout", () => mark(held));
document.addEventListener("click", (event) => {
  if (event.target.closest("a, button, input, summary")) return;
  const pair = pairOf(event) ?? null;
  held = pair === held ? null : pair;
  mark(held);
});

// The numbers of a block are one stop of the Tab key; the arrow keys move among all of them.
const references = [...document.querySelectorAll(".ref")];
for (const group of document.querySelectorAll(".refs")) {
  [...group.querySelectorAll(".ref")].slice(1).forEach((reference) => { reference.tabIndex = -1; });
}
document.addEventListener("keydown", (event) => {
  const at = references.indexOf(event.target);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (at < 0 || !step || event.ctrlKey || event.altKey || event.metaKey) return;
  const next = references[at + step];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

// A permanent link whose side is hidden leads to the side that is shown.
function follow() {
  const aim = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!aim?.dataset.pair) return;
  held = aim.dataset.pair;
  mark(held);
  if (!aim.checkVisibility()) [...partners(held)].find((element) => element.checkVisibility())?.scrollIntoView({ block: "center" });
}
window.addEventListener("hashchange", follow);

const views = [...document.querySelectorAll('.views input[name="view"]')];
const KEY = "translate-pipeline-view";
function remembered() {
  try { return localStorage.getItem(KEY); } catch { return null; } // storage may be forbidden: then nothing is remembered
}
const chosen = views.find((view) => view.value === remembered());
if (chosen) chosen.checked = true;
for (const view of views) {
  view.addEventListener("change", () => {
    try { localStorage.setItem(KEY, view.value); } catch { /* as above */ }
  });
}
follow();
