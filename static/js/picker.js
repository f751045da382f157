// Words chosen for tagging: by selecting them, or with the keyboard one after the other; and the bar that says what they
// become. For a page that does nothing else with a selection; the review page has more to do with one.
import { selected } from "./offsets.js";
import { walker } from "./words.js";

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
  const words = walker(show);
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
    words.stop();
    holding = false;
    window.getSelection().removeAllRanges();
    if (bar) bar.hidden = true;
  }

  // Whether the key was one of choosing words: an arrow, or the letter of a type.
  function key(event, tag) {
    if (!bar || bar.hidden) return false;
    if (!words.key(event)) {
      if (!TYPE_KEYS[event.key]) return false;
      tag(TYPE_KEYS[event.key]);
    }
    event.preventDefault();
    return true;
  }

  holdOnTap(bar, (held) => { holding = held; });
  document.addEventListener("selectionchange", show);
  return { clear, key, pick: words.begin };
}
