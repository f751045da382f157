// Who is meant: with a tag or a byline in focus, one key says that it is a different person, and the desk remembers.

const DIFFERENT = "d";

// Before the keys of the page: on a block the same letter dismisses a proposal.
document.addEventListener("keydown", (event) => {
  if (event.key !== DIFFERENT || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]")) return;
  const named = event.target.closest(".tag-group, .signer");
  if (!named) return;
  event.preventDefault();
  event.stopPropagation();
  named.querySelector("[data-different]")?.click();
}, true);
