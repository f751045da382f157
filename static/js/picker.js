// Words chosen for tagging: by selecting them, or with the keyboard one after the other; and the bar that says what they
// become. For a page that does nothing else with a selection; the review page has more to do with one.
import { selected, wordRanges } from "./offsets.js";

export const TYPE_KEYS = { p: "person", o: "organisation", l: "place", e: "event" };

// A finger that taps a button takes the selection away before it lets go: the bar holds what was selected.
export function holdOnTap(bar, hold) {
  if (!bar) return;
  bar.addEventListener("pointerdown", () => hold(true));
  for (const name of ["pointerdown", "mousedown"]) {
    bar.addEventListener(name, (event) => {
      if (!event.target.closest("select, input, label")) event.preventDefault();
    });
  }
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => setTimeout(() => hold(false), 400));
  }
}

export function picker(bar) {
  let cursor = null;
  let holding = false;

  function show() {
    if (!bar || holding) return;
    const found = selected();
    if (!found) {
      if (!bar.contains(document.activeElement)) bar.hidden = true;
      return;
    }
    bar.elements.start.value = found.start;
    bar.elements.end.value = found.end;
    bar.querySelector("[data-words]").textContent = found.text;
    bar.hidden = false;
  }

  function clear() {
    cursor = null;
    holding = false;
    window.getSelection().removeAllRanges();
    if (bar) bar.hidden = true;
  }

  function mark() {
    const { words, from, to } = cursor;
    const first = words[Math.min(from, to)];
    const last = words[Math.max(from, to)];
    window
      .getSelection()
      .setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
    show();
  }

  // Begin with the first word of a paragraph.
  function pick(pane) {
    const words = pane ? wordRanges(pane) : [];
    if (!words.length) return;
    cursor = { words, pane, from: 0, to: 0 };
    mark();
  }

  function move(by, widen) {
    const ahead = getComputedStyle(cursor.pane).direction === "rtl" ? -by : by;
    cursor.to = Math.min(Math.max(cursor.to + ahead, 0), cursor.words.length - 1);
    if (!widen) cursor.from = cursor.to;
    mark();
  }

  // Whether the key was one of choosing words: an arrow, or the letter of a type.
  function key(event, tag) {
    if (!bar || bar.hidden) return false;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (cursor && by) move(by, event.shiftKey);
    else if (TYPE_KEYS[event.key]) tag(TYPE_KEYS[event.key]);
    else return false;
    event.preventDefault();
    return true;
  }

  holdOnTap(bar, (held) => { holding = held; });
  document.addEventListener("selectionchange", show);
  return { clear, key, pick };
}
