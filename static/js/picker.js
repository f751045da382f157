// Words chosen for tagging: by selecting them, or with the keyboard one after the other; and the bar that shows, before
// anything is written, what they would become and where they stand.
import { rangesOf, selected } from "./offsets.js";
import { walker } from "./words.js";

const TYPE_KEYS = { p: "person", o: "organisation", l: "place", e: "event" };
const PATIENCE = 200; // milliseconds of rest before the server is asked about a selection
const HEADS = "#status, .top, .tabs, .pane-heads"; // what stands above the text, and has controls of its own
const GAP = 8; // pixels

// A finger that taps a button takes the selection away before it lets go: the bar holds what was selected.
function holdOnTap(bar, hold) {
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

// ``bar``: the form, if there is one; ``text``: gives the element in which words are chosen; ``ready``: called before the
// bar is shown.
export function picker(bar, text, ready = () => {}) {
  const words = walker(show);
  const answer = bar?.querySelector("#preview");
  let holding = false;
  let waiting = null;

  function show() {
    if (!bar || holding) return;
    const found = selected();
    if (!found) {
      if (!bar.contains(document.activeElement)) hide();
      return;
    }
    ready();
    const { start, end, part } = bar.elements;
    if (bar.hidden || Number(start.value) !== found.start || Number(end.value) !== found.end) {
      start.value = found.start;
      end.value = found.end;
      part.value = "";
      forgetPlaces();
      const chosen = document.createElement("bdi");
      chosen.className = "chosen-words";
      chosen.dataset.words = "";
      chosen.textContent = found.text;
      answer.replaceChildren(chosen);
      clearTimeout(waiting);
      waiting = setTimeout(ask, PATIENCE);
    }
    bar.hidden = false;
    keepClear(found.range);
  }

  // The bar stands under the text. Where it would lie upon the words, it goes above them, below all that heads the page.
  function keepClear(range) {
    const pane = text().getBoundingClientRect();
    bar.style.setProperty("--bar-left", `${Math.max(pane.left, GAP)}px`);
    bar.style.setProperty("--bar-right", `${Math.max(document.documentElement.clientWidth - pane.right, GAP)}px`);
    bar.classList.remove("at-top");
    const place = range.getBoundingClientRect();
    const covered = place.bottom + GAP - bar.getBoundingClientRect().top;
    if (covered <= 0) return;
    const heads = [...document.querySelectorAll(HEADS)].map((head) => head.getBoundingClientRect().bottom);
    const top = Math.max(0, ...heads) + GAP;
    bar.style.setProperty("--bar-top", `${top}px`);
    if (place.top > top + bar.offsetHeight + GAP) bar.classList.add("at-top");
    else window.scrollBy({ top: covered, behavior: "instant" });
  }

  function ask() {
    const { start, end, part } = bar.elements;
    const values = { start: start.value, end: end.value, part: part.value };
    const asked = { source: "#preview", target: "#preview", swap: "innerHTML", values };
    htmx.ajax("GET", bar.dataset.preview, asked).then(showPlaces, () => {});
  }

  function hide() {
    clearTimeout(waiting);
    forgetPlaces();
    bar.hidden = true;
  }

  function clear() {
    words.stop();
    holding = false;
    window.getSelection().removeAllRanges();
    if (bar) hide();
  }

  // --- The places of the words, shown in the text before anything is written ---
  function forgetPlaces() {
    globalThis.CSS?.highlights?.delete("preview");
    for (const marked of document.querySelectorAll(".previewed")) marked.classList.remove("previewed");
  }

  function showPlaces() {
    forgetPlaces();
    const found = bar.querySelector("[data-preview]");
    if (!found || bar.hidden) return;
    const chosen = selected();
    if (chosen) keepClear(chosen.range);
    const wanted = bar.elements.everywhere.checked ? found.dataset.preview : (found.dataset.here ?? "");
    const spans = wanted.split(" ").filter(Boolean).map((span) => span.split("-").map(Number));
    const ranges = spans.flatMap(([start, end]) => rangesOf(text(), start, end));
    if (globalThis.Highlight && globalThis.CSS?.highlights) CSS.highlights.set("preview", new Highlight(...ranges));
    else for (const range of ranges) range.startContainer.parentElement.classList.add("previewed");
  }

  // Whether the key was one of choosing words: an arrow, the letter of a type, the hyphen for a part of a word.
  function key(event, tag) {
    if (!bar || bar.hidden) return false;
    if (words.key(event)) return true;
    if (event.key === "-") answer.querySelector("[data-part]")?.click();
    else if (TYPE_KEYS[event.key]) {
      words.use();
      tag(TYPE_KEYS[event.key]);
    } else return false;
    return true;
  }

  if (bar) {
    holdOnTap(bar, (held) => { holding = held; });
    bar.addEventListener("submit", words.use);
    bar.elements.everywhere.addEventListener("change", showPlaces);
    answer.addEventListener("click", (event) => {
      const part = event.target.closest("[data-part]");
      if (!part) return;
      event.preventDefault();
      bar.elements.part.value = part.dataset.part;
      ask();
    });
    document.addEventListener("selectionchange", show);
  }
  return { clear, key, pick: words.begin, show };
}
