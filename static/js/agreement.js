// Settling differences by key. Every form works without this.
const list = () => [...document.querySelectorAll("#settle li.difference[id]")];
let current = null;

function goTo(target) {
  if (!target) return;
  current = target.id;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
}

function step(by) {
  const places = list();
  const at = places.findIndex((place) => place.id === current);
  goTo(places[at < 0 ? 0 : Math.min(Math.max(at + by, 0), places.length - 1)]);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    step(event.key === "j" ? 1 : -1);
    return;
  }
  const root = event.key === "a" ? document.querySelector("#settle") : document.getElementById(current);
  const button = [...(root?.querySelectorAll("button[data-key]") ?? [])].find((other) => other.dataset.key === event.key);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("focusin", (event) => {
  current = event.target.closest?.("#settle li.difference[id]")?.id ?? current;
});

// After a decision: on to the next that is open, or stay where it was made.
let decided = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  decided = Boolean(current && event.target.closest("#settle"));
});
document.addEventListener("htmx:afterSettle", () => {
  if (!decided) return;
  decided = false;
  const places = list();
  const at = places.findIndex((place) => place.id === current);
  const open = (place) => place.classList.contains("open");
  goTo(places.slice(at + 1).find(open) ?? places.find(open) ?? places[at]);
});
