// Words to tag, or to be the proof of a source; and the tags in the text, one after the other, by keyboard.
import { rangesOf, selected } from "./offsets.js";
import { TYPE_KEYS, holdOnTap } from "./picker.js";
import { walker } from "./words.js";

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const bar = find("#selection");
const PATIENCE = 200; // milliseconds of rest before the server is asked about a selection
let page = null;

// What review.js lends: row(), rows(), seen(), send(form, values), showTab(name), clearSelection().
export function start(review) {
  page = review;
  document.addEventListener("selectionchange", showSelection);
  // For the mouse; a screen reader hears it behind the words, from the style sheet.
  find("#text").parentElement.addEventListener("pointerover", (event) => {
    const mark = event.target.closest?.("mark.tag");
    if (mark && !mark.title) mark.title = idsOf(mark).map(stateOf).filter(Boolean).join("; ");
  });
  document.addEventListener("focusin", (event) => {
    if (at && !event.target.closest?.("mark.tag, .tag-group")) leave();
  });
  if (!bar) return;
  document.addEventListener("submit", (event) => {
    if (event.target === bar) setTimeout(page.clearSelection);
  });
  holdOnTap(bar, (held) => { holding = held; });
  find(".as-other", bar).open = window.matchMedia("(min-width: 901px)").matches;
  bar.elements.everywhere.addEventListener("change", showPlaces);
}

// --- The bar: what is selected, and what would become of it ---
let holding = false;
let waiting = null;
const walk = walker(showSelection);

function showSelection() {
  if (!bar || holding) return;
  const found = selected();
  if (!found) {
    if (!bar.contains(document.activeElement)) hide();
    return;
  }
  bar.elements.seen.value = page.seen();
  const same = !bar.hidden && Number(bar.elements.start.value) === found.start && Number(bar.elements.end.value) === found.end;
  bar.elements.start.value = found.start;
  bar.elements.end.value = found.end;
  if (!same) {
    forgetPlaces();
    const words = document.createElement("bdi");
    words.className = "chosen-words";
    words.dataset.words = "";
    words.textContent = found.text;
    find("#preview").replaceChildren(words);
    clearTimeout(waiting);
    waiting = setTimeout(ask, PATIENCE);
  }
  bar.hidden = false;
  keepClear(found.range);
}

// Where the bar would lie upon the words, it goes to the top.
function keepClear(range) {
  bar.classList.remove("at-top");
  const words = range.getBoundingClientRect();
  const top = bar.getBoundingClientRect().top;
  const covered = words.bottom - top + 8;
  if (covered <= 0) return;
  const head = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--status-height")) || 0;
  if (words.top > bar.offsetHeight + head + 32) bar.classList.add("at-top");
  else window.scrollBy({ top: covered, behavior: "instant" });
}

function ask() {
  const { start, end } = bar.elements;
  htmx.ajax("GET", bar.dataset.preview, { source: "#preview", target: "#preview", swap: "innerHTML", values: { start: start.value, end: end.value } }).then(showPlaces, () => {});
}

function hide() {
  clearTimeout(waiting);
  forgetPlaces();
  bar.hidden = true;
}

export function clear() {
  walk.stop();
  holding = false;
  window.getSelection().removeAllRanges();
  if (bar) hide();
}

// --- The places of the words, shown in the text before anything is written ---
function forgetPlaces() {
  globalThis.CSS?.highlights?.delete("preview");
  for (const marked of all(".previewed")) marked.classList.remove("previewed");
}

function showPlaces() {
  forgetPlaces();
  const answer = find("[data-preview]", bar);
  if (!answer || bar.hidden) return;
  const found = selected();
  if (found) keepClear(found.range);
  const wanted = bar.elements.everywhere.checked ? answer.dataset.preview : (answer.dataset.here ?? "");
  const spans = wanted.split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
  const ranges = spans.flatMap(([start, end]) => rangesOf(find("#text"), start, end));
  if (globalThis.Highlight && globalThis.CSS?.highlights) CSS.highlights.set("preview", new Highlight(...ranges));
  else for (const range of ranges) range.startContainer.parentElement.classList.add("previewed");
}

// --- Picking words by keyboard ---
export function pick() {
  if (selected()) return bar?.querySelector("button[name=type]")?.focus();
  const at = tagMarks(current());
  if (at.length) {
    const selection = window.getSelection();
    const last = at.at(-1);
    selection.setBaseAndExtent(at[0], 0, last, last.childNodes.length);
    return showSelection();
  }
  const row = page.row();
  const panes = row ? [...all(".clean > .words", row), ...all(".raw > .words", row)] : [];
  if (bar) walk.begin(panes.find((words) => words.offsetParent));
}

// --- The tags in the text ---
let at = null; // the id of the tag that was last reached

const current = () => {
  const here = document.activeElement;
  if (!here?.matches("mark.tag, #tags .tag-group")) return null;
  if (here.matches(".tag-group")) return here.dataset.mentions.split(" ")[0];
  const ids = idsOf(here);
  return ids.includes(at) ? at : ids.at(-1);
};
const idsOf = (mark) => (mark.dataset.ids ?? "").split(" ").filter((id) => id.startsWith("mention-"));
const tagMarks = (id) => (id ? all("mark.tag").filter((mark) => idsOf(mark).includes(id) && mark.offsetParent && mark.closest(where(mark))) : []);
// Of a kept block its clean words count, of a removed one those of raw.
const where = (mark) => (mark.closest(".row")?.matches(".kept") ? ".clean" : ".raw");
const line = (id) => id && find(`#tags [data-mentions~="${id}"]`);

const tagsInText = () => [...new Set(all("mark.tag").filter((mark) => mark.offsetParent && mark.closest(where(mark))).flatMap(idsOf))];

export function step(by) {
  const ids = tagsInText();
  if (!ids.length) return;
  const from = ids.indexOf(current() ?? at);
  let to = from + by;
  if (from < 0) to = by > 0 ? firstIn(ids) : ids.length - 1;
  reach(ids[(to + ids.length) % ids.length]);
}

function firstIn(ids) {
  const row = page.row();
  const here = row ? all("mark.tag", row).flatMap(idsOf) : [];
  return Math.max(ids.findIndex((id) => here.includes(id)), 0);
}

function reach(id) {
  const marks = tagMarks(id);
  if (!marks.length) return false;
  at = id;
  inPanel = false;
  unmark();
  for (const mark of marks) mark.classList.add("at-tag");
  // Only while it is reached: a mouse could not begin a selection within what it can focus.
  marks[0].tabIndex = -1;
  marks[0].focus({ preventScroll: true });
  marks[0].scrollIntoView({ block: "nearest" });
  say(id, marks);
  return true;
}

function say(id, marks) {
  const spoken = find("#tag-said");
  spoken.hidden = false;
  // What changes in a region that is there already is what a screen reader announces.
  requestAnimationFrame(() => {
    find("[data-words]", spoken).textContent = marks.map((mark) => mark.textContent).join("");
    find("[data-state]", spoken).textContent = stateOf(id);
  });
}

// What a tag says, as its line in the panel says it.
const stateOf = (id) => [".tag-type", ".state"].map((part) => line(id)?.querySelector(part)?.textContent).filter(Boolean).join(", ");

function unmark() {
  for (const mark of all(".at-tag")) {
    mark.classList.remove("at-tag");
    mark.removeAttribute("tabindex");
  }
}

export function leave() {
  unmark();
  find("#tag-said").hidden = true;
  at = null;
}

// After the text was swapped: back to the tag that was decided on, or to the one that stands where it stood.
let after = [];
let inPanel = false;
export function comeBack() {
  if (!at) return false;
  const there = inPanel ? (id) => line(id)?.offsetParent : (id) => tagMarks(id).length;
  const next = [at, ...after].find(there);
  if (!next) return false;
  if (!inPanel) return reach(next);
  line(next).focus();
  return true;
}

function decide(word) {
  const id = current();
  const button = line(id)?.querySelector(`button[name=do][value=${word}]`);
  if (!button) return;
  inPanel = document.activeElement.matches(".tag-group");
  const ids = inPanel ? all("#tags .tag-group").map((other) => other.dataset.mentions.split(" ")[0]) : tagsInText();
  const here = ids.indexOf(id);
  after = [...ids.slice(here + 1), ...ids.slice(0, here).reverse()];
  at = id;
  button.click();
}

// From a tag in the text to its line in the tags panel.
function showTag(id) {
  const target = line(id);
  if (!target) return;
  page.showTab("facts");
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}

// --- Keys and clicks that are ours; whether they were ---
export function onKey(event) {
  if (walk.key(event)) return true;
  if (TYPE_KEYS[event.key] && (walk.walking() || (bar && !bar.hidden))) {
    page.send(bar, { type: TYPE_KEYS[event.key] });
    page.clearSelection();
    return true;
  }
  const id = current();
  if (!id || selected()) return false;
  if (event.key === "Enter" && document.activeElement.matches("mark.tag")) return Boolean(showTag(id)) || true;
  if (event.key === "y" || event.key === "x") {
    decide(event.key === "y" ? "confirm" : "reject");
    return true;
  }
  return false;
}

export function onClick(event) {
  const on = (selector) => event.target.closest(selector);
  if (on("[data-source]")) addSource();
  else if (on("[data-restriction]")) addSelected(on("[data-restriction]").dataset.restriction, { constraint: find("[data-constraint]", bar).value });
  else if (on("[data-move]")) addSelected(on("[data-move]").dataset.move, { do: "move" });
  else if (on("mark.tag") && !selected()) showTag(idsOf(on("mark.tag")).at(-1));
  else return false;
  return true;
}

// --- The selected words as something else: a source, a restriction, the place of a tag that lost its own ---
export function sourceRole() {
  if (bar && !bar.hidden) {
    find(".as-other", bar).open = true;
    find("[data-role]", bar).focus();
  }
}

export function addSource() {
  addSelected(find("[data-source]", bar).dataset.source, { role: find("[data-role]", bar).value, name: "" });
}

function addSelected(address, values) {
  const { start, end, csrfmiddlewaretoken } = bar.elements;
  const sent = { do: "add", start: start.value, end: end.value, seen: page.seen(), csrfmiddlewaretoken: csrfmiddlewaretoken.value };
  htmx.ajax("POST", address, { source: bar, swap: "none", values: { ...sent, ...values } });
  page.clearSelection();
}
