// The review page for hands on the keyboard. Every form works without this; here are keys, runs of blocks, selections.
import { runsOf, selected } from "./offsets.js";
import * as focus from "./focus.js";
import * as tagging from "./tagging.js";
import { undo } from "./undo.js";

const desk = document.querySelector(".desk");
const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
document.documentElement.classList.add("js");

// --- Blocks: one has the focus, a run may reach from an anchor to it ---
let current = null;
let anchor = null;
const rows = () => all(".row[data-pk]");
const row = () => (current ? document.getElementById(current) : null);

function goTo(target, { extend = false } = {}) {
  if (!target) return;
  if (extend) anchor ??= current ?? target.id;
  else anchor = null;
  current = target.id;
  for (const other of rows()) other.tabIndex = other === target ? 0 : -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
  showRun();
}

function step(by, options) {
  const list = rows();
  const at = list.indexOf(row());
  goTo(at < 0 ? list[0] : list[Math.min(Math.max(at + by, 0), list.length - 1)], options);
}

function run() {
  if (!anchor || anchor === current) return [];
  const list = rows();
  const ends = [anchor, current].map((id) => list.findIndex((other) => other.id === id)).sort((a, b) => a - b);
  return ends[0] < 0 ? [] : list.slice(ends[0], ends[1] + 1);
}

function showRun() {
  const bar = find("#run");
  const chosen = run();
  for (const other of rows()) other.classList.toggle("in-run", chosen.includes(other));
  if (!bar) return;
  bar.hidden = chosen.length < 2;
  if (bar.hidden) return;
  bar.elements.seen.value = seen();
  bar.elements.first.value = chosen[0].dataset.pk;
  bar.elements.last.value = chosen.at(-1).dataset.pk;
  find("[data-count]", bar).textContent = `${chosen.length} blocks`;
}

function clearSelection() {
  tagging.clear();
  anchor = null;
  showRun();
}

const seen = () => find("#status").dataset.seen;

function send(form, values) {
  const fields = Object.fromEntries(new FormData(form));
  htmx.ajax("POST", form.getAttribute("action"), { source: form, swap: "none", values: { ...fields, ...values } });
}

function decide(values) {
  const bar = find("#run");
  if (bar && !bar.hidden) {
    const kept = row()?.classList.contains("kept");
    const all = values.do === "confirm" ? "confirm" : kept ? "drop" : "keep";
    send(bar, { seen: seen(), kind: values.kind ?? all });
    anchor = null;
    showRun();
    return;
  }
  const form = row() && find(".gutter form", row());
  if (!form) return;
  if (find("#editor [data-why]")) find("#editor").replaceChildren();
  send(form, values);
}

// What is proposed for the block: its button stands in the row.
const answer = (word) => row() && find(`.offer button[value=${word}]`, row())?.click();

function why() {
  const link = row() && find(".because", row());
  if (!link) return;
  if (find(`#editor [data-why="${current}"]`)) {
    find("#editor").replaceChildren();
    row().focus({ preventScroll: true });
  } else link.click();
}

// --- Proofs: show where a fact stands ---
function showProof(link) {
  const [start, end] = link.dataset.mark.split("-").map(Number);
  for (const marked of all(".shown-proof")) marked.classList.remove("shown-proof");
  if (window.matchMedia("(max-width: 900px)").matches) showTab("raw");
  const runs = runsOf(find("#text"), start, end).filter((element) => element.closest(".raw"));
  for (const element of runs) element.classList.add("shown-proof");
  const target = runs[0]?.closest(".row");
  target?.classList.add("open");
  (runs[0] ?? document.getElementById(link.getAttribute("href").slice(1)))?.scrollIntoView({ block: "center" });
}

function showTab(name) {
  desk.dataset.tab = name;
  for (const tab of all(".tabs [data-tab]")) {
    if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
}

function openDialog(name) {
  const dialog = document.getElementById(name);
  if (dialog && !dialog.open) dialog.showModal();
}

function openEditor() {
  const link = row() && find(".gutter .edit", row());
  link?.click();
}

// --- Keys ---
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  J: () => step(1, { extend: true }),
  K: () => step(-1, { extend: true }),
  x: () => decide({ do: row()?.classList.contains("kept") ? "drop" : "keep" }),
  c: () => row() && openDialog("kinds"),
  e: openEditor,
  s: splitHere,
  m: () => decide({ do: "join" }),
  y: () => decide({ do: "confirm" }),
  u: () => next("unsure"),
  p: () => next("proposed"),
  a: () => answer("accept"),
  d: () => answer("dismiss"),
  w: why,
  t: tagging.pick,
  b: () => tagging.step(1),
  B: () => tagging.step(-1),
  r: tagging.sourceRole,
  v: () => find("#confirm-all button")?.click(),
  z: () => undo(send),
  f: () => jump("#facts", "facts", "summary, button"),
  n: () => jump("#notes", "facts", "textarea"),
  h: () => jump("#history", "facts", "button"),
  1: () => showTab("raw"),
  2: () => showTab("clean"),
  3: () => showTab("facts"),
  g: () => window.location.assign("/"),
  "?": () => openDialog("keys"),
};

function splitHere() {
  const found = selected();
  const form = found && find(".gutter form", found.range.startContainer.parentElement.closest(".row"));
  if (!form) return openEditor();
  send(form, { do: "split", at: found.start });
  clearSelection();
}

// The next block of a class, from the top again after the last.
function next(name) {
  const list = rows();
  const at = list.indexOf(row());
  const wanted = (other) => other.classList.contains(name);
  const target = list.slice(at + 1).find(wanted) ?? list.find(wanted);
  if (target && desk.dataset.tab === "facts") showTab("clean");
  goTo(target);
}

function jump(selector, tab, control) {
  showTab(tab);
  const section = find(selector);
  section.scrollIntoView({ block: "start" });
  find(control, section)?.focus({ preventScroll: true });
}

function onKey(event) {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (event.key === "Enter" && event.target.matches("[data-role]")) {
    event.preventDefault();
    tagging.addSource();
    return;
  }
  if (event.key === "Escape") {
    const draft = [...find("#editor").querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
    if (draft && !window.confirm("Throw away what you wrote?")) return;
    if (typing) event.target.blur();
    clearSelection();
    tagging.leave();
    find("#editor").replaceChildren();
    row()?.focus({ preventScroll: true });
    return;
  }
  const kinds = find("#kinds");
  if (kinds?.open) {
    const button = all("[data-key]", kinds).find((other) => other.dataset.key === event.key);
    if (button) {
      event.preventDefault();
      button.click();
    }
    return;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
  if (tagging.onKey(event)) {
    event.preventDefault();
    return;
  }
  const action = KEYS[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
}

document.addEventListener("keydown", onKey);

// A click with Shift widens the run from the block that had the focus before the click moved it.
let shiftFrom = null;
document.addEventListener("pointerdown", (event) => {
  shiftFrom = event.shiftKey ? (anchor ?? current) : null;
}, true);

document.addEventListener("focusin", (event) => {
  const target = event.target.closest?.(".row[data-pk]");
  if (target && target.id !== current) {
    current = target.id;
    if (event.target === target) anchor = null;
    showRun();
  }
});

document.addEventListener("click", (event) => {
  const on = (selector) => event.target.closest(selector);
  const proof = on("[data-mark]");
  if (proof) {
    event.preventDefault();
    showProof(proof);
  } else if (on("[data-open]")) openDialog(on("[data-open]").dataset.open);
  else if (on("[data-fold]")) on(".row").classList.add("open");
  else if (on("[data-close]")) document.getElementById(on("[data-close]").dataset.close).replaceChildren();
  else if (on("[data-clear]")) clearSelection();
  else if (on("[data-go]")) {
    event.preventDefault();
    next(on("[data-go]").dataset.go);
  }
  else if (on(".tabs [data-tab]")) {
    event.preventDefault();
    showTab(on("[data-tab]").dataset.tab);
  } else if (on("[data-kinds]")) {
    event.preventDefault();
    goTo(on(".row"));
    openDialog("kinds");
  } else if (on("[data-kind]")) {
    find("#kinds").close();
    decide({ do: "kind", kind: on("[data-kind]").dataset.kind });
  } else if (tagging.onClick(event)) return;
  else if (event.shiftKey && on(".row[data-pk]") && !on("a, button, input")) {
    window.getSelection().removeAllRanges();
    anchor = shiftFrom;
    goTo(on(".row"), { extend: true });
  }
});

// --- Drafts: what is typed in a panel outlives the panel's being swapped, and so do opened details ---
let drafts = [];
let sent = null;
const place = (field) => `${field.form?.getAttribute("action")} ${field.name}`;
const fields = (root) => all("input:not([type=hidden]), textarea, select", root).filter((field) => field.form);
const changed = (field) =>
  field.matches("[type=checkbox]") ? field.checked !== field.defaultChecked : field.matches("select") ? [...field.options].some((option) => option.selected !== option.defaultSelected) : field.value !== field.defaultValue;

document.addEventListener("htmx:beforeRequest", (event) => {
  sent = event.detail.elt;
});
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  for (const field of fields(event.detail.target)) {
    if (field.form !== sent && changed(field)) drafts.push([place(field), field.matches("[type=checkbox]") ? field.checked : field.value]);
  }
});
document.addEventListener("htmx:oobAfterSwap", () => {
  for (const [where, value] of drafts.splice(0)) {
    const field = fields(document).find((other) => place(other) === where);
    if (!field) continue;
    field[typeof value === "boolean" ? "checked" : "value"] = value;
    field.closest("details")?.setAttribute("open", "");
  }
});

// --- After a panel was swapped: the focus goes back to the block, a closed editor stays closed ---
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  // A lost race has both versions in the message; a form that was refused stays open with what was typed.
  const done = event.detail.xhr.status < 400 || event.detail.xhr.status === 409;
  if (done && form.matches?.("[data-closes]")) find("#editor").replaceChildren();
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "editor") {
    (find("[data-focus]", event.target) ?? find("select", event.target))?.focus();
    return;
  }
  const lost = !document.activeElement || document.activeElement === document.body;
  if (lost && focus.comeBack()) return;
  if (lost && tagging.comeBack()) return;
  if (lost && row()) row().focus({ preventScroll: true });
  showRun();
});

tagging.start({ row, rows, seen, send, showTab, clearSelection });

new ResizeObserver(measure).observe(find("#status"));
document.addEventListener("htmx:oobAfterSwap", measure);
function measure() {
  const status = find("#status");
  const height = getComputedStyle(status).position === "sticky" ? status.offsetHeight : 0;
  document.documentElement.style.setProperty("--status-height", `${height}px`);
}
measure();
