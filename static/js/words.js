// Words selected by key, one after the other, in a paragraph or pane: arrows move, with Shift they widen the selection.
import { wordRanges } from "./offsets.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

// ``show`` is called after each step, when the selection stands.
export function walker(show) {
  let cursor = null;

  function mark() {
    const { words, from, to } = cursor;
    const first = words[Math.min(from, to)];
    const last = words[Math.max(from, to)];
    window
      .getSelection()
      .setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
    show();
  }

  return {
    walking: () => Boolean(cursor),
    stop: () => { cursor = null; },
    // Begin with the first word; nothing happens where there is none.
    begin(pane) {
      const words = pane ? wordRanges(pane) : [];
      if (!words.length) return;
      cursor = { words, pane, from: 0, to: 0 };
      mark();
    },
    // Whether the key was one of walking.
    key(event) {
      const by = STEPS[event.key];
      if (!cursor || !by) return false;
      const ahead = getComputedStyle(cursor.pane).direction === "rtl" ? -by : by;
      cursor.to = Math.min(Math.max(cursor.to + ahead, 0), cursor.words.length - 1);
      if (!event.shiftKey) cursor.from = cursor.to;
      mark();
      return true;
    },
  };
}
