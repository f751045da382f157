// Words selected by key, one after the other, in a paragraph or pane: arrows move, with Shift they widen the selection.
import { wordRanges } from "./offsets.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

// ``show`` is called after each step, when the selection stands.
export function walker(show) {
  let cursor = null;
  let reached = null; // the paragraph and the word at which the next begins
  let used = false;
  const paragraph = (pane) => pane.closest(".row")?.id;

  function mark() {
    const { pane, words, from, to } = cursor;
    reached = { row: paragraph(pane), to };
    const first = words[Math.min(from, to)];
    const last = words[Math.max(from, to)];
    window
      .getSelection()
      .setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
    show();
  }

  return {
    // What was selected is used, not let go of: the next time begins there.
    use: () => { used = true; },
    stop() {
      if (!used) reached = null;
      cursor = null;
      used = false;
    },
    // Begin with the first word, or go on in the same paragraph; nothing happens where there is no word.
    begin(pane) {
      const words = pane ? wordRanges(pane) : [];
      if (!words.length) return;
      const at = reached?.row === paragraph(pane) ? Math.min(reached.to, words.length - 1) : 0;
      cursor = { words, pane, from: at, to: at };
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
