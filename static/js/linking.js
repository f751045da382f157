// Who is meant: with a byline or a tag in focus, in the panel or in the text, one key says that it is a different person, and the desk remembers; of a
// country or capital, that the place is meant (l as for location) or who governs there (o as for organisation).
import { lineReached, press, tell } from "./tagging.js";

const PRESSES = {
  d: "[data-different]",
  l: "[data-sense=place]",
  o: "[data-sense=power]",
};

// Before the keys of the page: on a block the same letter dismisses a proposal.
document.addEventListener("keydown", (event) => {
  if (!Object.hasOwn(PRESSES, event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  const named = event.target.closest(".tag-group, .signer") ?? lineReached();
  const button = named?.querySelector(PRESSES[event.key]);
  if (!named || (event.key !== "d" && !button)) return;
  event.preventDefault();
  event.stopPropagation();
  if (!button) tell("Nobody else in the registry bears that name.");
  else if (named.matches(".tag-group")) press(button);
  else button.click();
}, true);
