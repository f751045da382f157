// The focus beside the text: after a decision it stays on its line while that asks for something, else goes to the next
// line of the panel that does, else to the next line, else to the panel's heading. Never into the text.
const LINES = "li, .field, .unknown-outlet, .note";
const ASKS = "button[value=confirm], button[value=accept], button[value=deny], button[value=add], button[value=same], .asks button, .bearers button";
const beside = document.querySelector("aside.facts");
const panelsOf = () => [...beside.querySelectorAll(":scope > section")];
const shown = (element) => element?.checkVisibility?.() ?? Boolean(element?.offsetParent);

// The lines of a panel; one within another is a part of it.
const linesOf = (panel) => [...panel.querySelectorAll(LINES)].filter((line) => !line.parentElement.closest(LINES));
const asks = (line) => line.matches(".tag-group.open") || [...line.querySelectorAll(ASKS)].some((button) => !button.closest("details"));

// What a line is known by, for it is another element after the swap.
function namesOf(line) {
  const forms = [...line.querySelectorAll("form")].map((form) => form.getAttribute("action"));
  return [line.id, ...(line.dataset.mentions ?? "").split(" "), ...forms].filter(Boolean);
}

let from = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  from = null;
  const { elt, requestConfig } = event.detail;
  const here = document.activeElement;
  // A key in the text, or on a tag's line, has its own way back.
  if (requestConfig.verb === "get" || ![elt, here].every((one) => beside.contains(one)) || here.matches(".tag-group")) return;
  const panel = elt.closest("section");
  const lines = linesOf(panel);
  const line = lines.find((other) => other.contains(elt));
  const pressed = requestConfig.triggeringEvent?.submitter;
  from = {
    panel: panel.id,
    lines: line ? lines.slice(lines.indexOf(line)).map(namesOf) : [],
    form: line ? "" : elt.getAttribute("action"),
    button: pressed && [pressed.name, pressed.value],
    opened: Boolean(elt.closest("details")),
  };
});

function goTo(element) {
  if (!element.matches("button, summary")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
  return true;
}

// The same button of a form that stands for the panel as a whole, or what opens that form.
function buttonAgain(panel) {
  const forms = [...panel.querySelectorAll("form")].filter((form) => form.getAttribute("action") === from.form);
  const buttons = forms.flatMap((form) => [...form.querySelectorAll("button")]);
  const same = buttons.filter((button) => from.button && button.name === from.button[0] && button.value === from.button[1]);
  const openers = from.opened ? forms.map((form) => form.closest("details")?.querySelector("summary")) : [];
  return [...same, ...openers].find(shown);
}

// Whether the focus that was lost in a swap is back where the work goes on.
export function comeBack() {
  if (!from) return false;
  const panel = document.getElementById(from.panel);
  const now = shown(panel) ? linesOf(panel).filter(shown) : [];
  const [own, ...rest] = from.lines.map((names) => now.find((line) => namesOf(line).some((name) => names.includes(name))));
  const later = rest.filter((line) => line && line !== own);
  const heading = [panel, ...panelsOf()].filter(shown).map((other) => other.querySelector("h2")).find(shown);
  const target = [own, ...later].find((line) => line && asks(line)) ?? later[0] ?? (from.form && shown(panel) ? buttonAgain(panel) : null) ?? heading;
  from = null;
  return target ? goTo(target) : false;
}
