// Undo the last action: once every answer is in and its panels are swapped, so that the history names what was last.
const underWay = new Set();
let undos = 0;
let send = null;

export function undo(sendForm) {
  send = sendForm;
  undos += 1;
  whenSettled();
}

function whenSettled() {
  if (!undos || underWay.size) return;
  const form = document.querySelector("#history form[data-last]");
  undos = form ? undos - 1 : 0;
  if (form) send(form, { only_last: "on" });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.verb !== "get") underWay.add(event.detail.xhr);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr } = event.detail;
  // What did not go well is for the editor to read first.
  if (underWay.has(xhr) && !(xhr.status >= 200 && xhr.status < 400)) undos = 0;
  // The panels settle on a clock that was set before this one, and runs as long.
  setTimeout(() => {
    underWay.delete(xhr);
    whenSettled();
  }, htmx.config.defaultSettleDelay);
});
