// Where a selection lies in raw, in code points. The one place that knows that JavaScript counts UTF-16 units.

const codePoints = (text) => [...text].length;

function run(node) {
  return (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.("[data-s]");
}

// The raw offset of a point in the page. In a replaced run there is no finer place than its two ends.
function rawOffset(node, offset, atEnd) {
  const element = run(node);
  if (!element) return null;
  const start = Number(element.dataset.s);
  const end = Number(element.dataset.e);
  if ("x" in element.dataset) return atEnd ? end : start;
  if (node.nodeType !== Node.TEXT_NODE) return offset === 0 ? start : end;
  return start + codePoints(node.data.slice(0, offset));
}

const bare = (text) => text.replace(/\s+/g, "");

// {start, end, text} of the selection, or null when it does not lie in the words of one block.
export function selected() {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const words = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest?.(".words");
  // Three clicks select a line to the beginning of the next one, a finger begins before the first letter: what is left
  // of the selection within one block counts, if nothing was selected beyond it.
  const [first, last] = [words(range.startContainer), words(range.endContainer)];
  const pane = first ?? last;
  if (!pane?.closest(".row")) return null;
  const runs = pane.querySelectorAll("[data-s]");
  if (pane !== first) range.setStart(runs[0], 0);
  if (pane !== last) range.setEnd(runs[runs.length - 1], 1);
  if (range.collapsed || (first !== last && bare(range.toString()) !== bare(selection.toString()))) return null;
  const start = rawOffset(range.startContainer, range.startOffset, false);
  const end = rawOffset(range.endContainer, range.endOffset, true);
  const text = range.toString().trim();
  return start === null || end === null || start >= end || !text ? null : { start, end, text, range };
}

// The UTF-16 offset of a code point in a text.
const unitOf = (text, point) => [...text].slice(0, point).join("").length;

// What shows raw [start, end) as ranges of the page: in the clean words of kept blocks, in raw where a block is removed.
export function rangesOf(root, start, end) {
  const found = [];
  for (const element of runsOf(root, start, end)) {
    const block = element.closest(".row");
    const raw = block?.querySelector(":scope > .raw") && !block.matches(".kept");
    if (!element.firstChild || !element.closest(raw ? ".raw > .words" : ".clean > .words")) continue;
    const text = element.firstChild;
    const from = Number(element.dataset.s);
    const whole = "x" in element.dataset;
    const range = document.createRange();
    range.setStart(text, whole ? 0 : unitOf(text.data, Math.max(start - from, 0)));
    range.setEnd(text, whole ? text.data.length : unitOf(text.data, Math.min(end - from, codePoints(text.data))));
    found.push(range);
  }
  return found;
}

// Runs that show any of the raw characters in [start, end).
export function runsOf(root, start, end) {
  return [...root.querySelectorAll("[data-s]")].filter(
    (element) => Number(element.dataset.s) < end && Number(element.dataset.e) > start,
  );
}

// The words of a pane as ranges, for choosing them with the keyboard.
export function wordRanges(pane) {
  const ranges = [];
  const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
  const texts = [];
  let length = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    texts.push({ node, start: length });
    length += node.data.length;
  }
  const all = texts.map(({ node }) => node.data).join("");
  const point = (at, atEnd) => {
    const entry = texts.findLast(({ start }) => (atEnd ? start < at : start <= at));
    return [entry.node, at - entry.start];
  };
  for (const match of all.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const range = document.createRange();
    range.setStart(...point(match.index, false));
    range.setEnd(...point(match.index + match[0].length, true));
    ranges.push(range);
  }
  return ranges;
}
