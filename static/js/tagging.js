// Words to tag, or to be the proof of a source; and the tags in the text, one after the other, by keyboard.
import { selected } from "./offsets.js";
import { picker } from "./picker.js";

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const bar = find("#selection");
const words = picker(bar, () => find("#text"), () => { bar.elements.seen.value = page.seen(); });
let page = null;

// What review.js lends: row(), rows(), seen(), send(form, values), showTab(name), clearSelection().
export function start(review) {
  page = review;
  // For the mouse; a screen reader hears it behind the words, from the style sheet.
  find("#text").parentElement.addEventListener("pointerover", (event) => {
    const mark = event.target.closest?.("mark.tag");
    if (mark && !mark.title) mark.title = titleOf(mark);
  });
  document.addEventListener("focusin", (event) => {
    if (!at || event.target.closest?.("mark.tag")) return;
    if (line(at)?.contains(event.target)) sign("at-line");
    else leave();
  });
  document.addEventListener("submit", (event) => {
    if (event.target === bar) setTimeout(page.clearSelection);
  });
}

export const clear = words.clear;

// --- Picking words by keyboard ---
export function pick() {
  if (selected()) return bar?.querySelector("button[name=type]")?.focus();
  const at = tagMarks(current());
  if (at.length) {
    const selection = window.getSelection();
    const last = at.at(-1);
    selection.setBaseAndExtent(at[0], 0, last, last.childNodes.length);
    return words.show();
  }
  const row = page.row();
  const panes = row ? [...all(".clean > .words", row), ...all(".raw > .words", row)] : [];
  if (bar) words.pick(panes.find((pane) => pane.offsetParent));
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
  sign("at-tag");
  // Only while it is reached: a mouse could not begin a selection within what it can focus.
  marks[0].tabIndex = -1;
  marks[0].focus({ preventScroll: true });
  marks[0].scrollIntoView({ block: "nearest" });
  say(id);
  return true;
}

// The reached tag in the text: ringed where the focus is on it, marked quietly where it is on its line.
function sign(name) {
  unmark();
  for (const mark of tagMarks(at)) mark.classList.add(name);
  find("[data-line]", find("#tag-said")).hidden = name === "at-line";
}

function unmark() {
  for (const mark of all(".at-tag, .at-line")) {
    mark.classList.remove("at-tag", "at-line");
    mark.removeAttribute("tabindex");
  }
}

// --- What is said of the reached tag, and of what was decided ---
function say(id, done = "") {
  const spoken = find("#tag-said");
  const part = (name) => find(`[data-${name}]`, spoken) ?? {};
  const many = mentions(id).length;
  spoken.hidden = false;
  // What changes in a region that is there already is what a screen reader announces.
  requestAnimationFrame(() => {
    part("done").textContent = done;
    part("words").textContent = wordsOf(id);
    part("state").textContent = stateOf(id);
    part("all").textContent = many > 1 ? `all ${many} mentions` : "";
    part("keys").hidden = !id;
    part("yes").hidden = !deciding(id, "confirm");
    part("one").hidden = many < 2;
    part("other").hidden = !line(id)?.querySelector("[data-different]");
  });
}

export const tell = (sentence) => say(at, sentence);

const mentions = (id) => line(id)?.dataset.mentions.trim().split(" ") ?? [];
const wordsOf = (id) => tagMarks(id).map((mark) => mark.textContent).join("");

// What a tag says, as the panel says it: where its mentions differ, of this one.
const stateOf = (id) => {
  const state = line(id)?.querySelector(`[data-alone="${id}"] .state`) ?? line(id)?.querySelector(".state");
  return [line(id)?.querySelector(".tag-type"), state].map((part) => part?.textContent).filter(Boolean).join(", ");
};

function titleOf(mark) {
  const ids = idsOf(mark).filter((id) => line(id));
  return ids.map((id) => (ids.length > 1 && wordsOf(id) ? `“${wordsOf(id)}”: ${stateOf(id)}` : stateOf(id))).join("; ");
}

export function leave() {
  unmark();
  find("#tag-said").hidden = true;
  at = null;
}

// --- Decisions by key; after the text was swapped, back to the tag, or to the one that stands where it stood ---
let after = [];
let inPanel = false;
let before = null; // the head of the history when a decision was sent
const lastEntry = () => find("#history .history li");

export function comeBack() {
  if (!at) return false;
  const there = inPanel ? (id) => line(id)?.offsetParent : (id) => tagMarks(id).length;
  const next = [at, ...after].find(there);
  const entry = lastEntry();
  const done = before !== null && entry && entry.textContent !== before ? find("bdi", entry).textContent : "";
  before = null;
  if (next && inPanel) {
    at = next;
    line(next).focus();
  } else if (next) reach(next);
  if (done) say(next, `${done}.`);
  return Boolean(next);
}

// The button that says it of all mentions of the name, or of this one alone.
function deciding(id, word, alone = false) {
  const where = alone && mentions(id).length > 1 ? `[data-alone="${id}"] ` : "";
  return line(id)?.querySelector(`${where}button[name=do][value=${word}]`);
}

// Press a button of a tag's line, and know where to go on.
export function press(button) {
  const id = current() ?? button.closest(".tag-group").dataset.mentions.split(" ")[0];
  inPanel = !document.activeElement.matches("mark.tag");
  const ids = inPanel ? all("#tags .tag-group").map((other) => other.dataset.mentions.split(" ")[0]) : tagsInText();
  const here = ids.indexOf(id);
  after = [...ids.slice(here + 1), ...ids.slice(0, here).reverse()];
  at = id;
  before = lastEntry()?.textContent ?? "";
  button.click();
}

// The line of the tag that has the focus in the text.
export const lineReached = () => (document.activeElement?.matches("mark.tag") ? line(current()) : null);

// From a tag in the text to its line in the tags panel.
function showTag(id) {
  const target = line(id);
  if (!target) return;
  at = id;
  page.showTab("facts");
  target.scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
}

// --- Keys and clicks that are ours; whether they were ---
const DECISIONS = { y: "confirm", x: "reject" };

export function onKey(event) {
  if (words.key(event, tagAs)) return true;
  const id = current();
  // A key that comes while the answer is put in its place is meant for the tag, not for the block behind it.
  if (!id && before !== null && document.activeElement === document.body) return "yxYXd".includes(event.key);
  if (!id || selected()) return false;
  const inText = document.activeElement.matches("mark.tag");
  if (event.key === "Enter" && inText) return Boolean(showTag(id)) || true;
  const word = DECISIONS[event.key.toLowerCase()];
  if (!word) return false;
  // In the panel a line is all its mentions: which one is meant can be said in the text, or at each mention alone.
  const alone = event.key !== event.key.toLowerCase();
  const button = !alone || inText ? deciding(id, word, alone) : null;
  if (button) press(button);
  return true;
}

function tagAs(type) {
  page.send(bar, { type });
  page.clearSelection();
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
