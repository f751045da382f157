// Tagging blind: paragraphs and words by key, selections by mouse and touch. Every form works without this.
import { selected } from "./offsets.js";
import { picker } from "./picker.js";

const bar = document.querySelector("#selection");
const words = picker(bar, () => document.querySelector("#blind-text"));
const rows = () => [...document.querySelectorAll("#blind-text .row")];
let current = null;

function step(by) {
  const list = rows();
  const at = list.findIndex((row) => row.id === current);
  const target = list[at < 0 ? 0 : Math.min(Math.max(at + by, 0), list.length - 1)];
  current = target?.id;
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "nearest" });
}

function tagAs(type) {
  const fields = Object.fromEntries(new FormData(bar));
  htmx.ajax("POST", bar.getAttribute("action"), { source: bar, swap: "none", values: { ...fields, type } });
  words.clear();
}

function chooseWords() {
  if (selected()) bar.querySelector("button[name=type]").focus();
  else words.pick(document.getElementById(current)?.querySelector(".words"));
}

const KEYS = { j: () => step(1), k: () => step(-1), t: chooseWords };

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    words.clear();
    document.getElementById(current)?.focus({ preventScroll: true });
    return;
  }
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (words.key(event, tagAs)) event.preventDefault();
  else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

document.addEventListener("focusin", (event) => {
  current = event.target.closest?.("#blind-text .row")?.id ?? current;
});

// From a tag in the text to its line in the list.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-clear]")) words.clear();
  const mark = event.target.closest("mark.tag");
  if (!mark || selected()) return;
  const line = (mark.dataset.ids ?? "")
    .split(" ")
    .map((id) => document.querySelector(`#blind-tags [data-blind~="${CSS.escape(id)}"]`))
    .find(Boolean);
  line?.scrollIntoView({ block: "center" });
  line?.focus({ preventScroll: true });
});

document.addEventListener("submit", (event) => {
  if (event.target === bar) setTimeout(words.clear);
});

document.addEventListener("htmx:afterSettle", () => {
  if (!document.activeElement || document.activeElement === document.body) {
    document.getElementById(current)?.focus({ preventScroll: true });
  }
});
