// A page that stands open while its person signs out, and in again: nothing is lost silently, and doing it again works.
const place = () => document.querySelector("#notice");

// Signing in makes the tokens in all open pages stale. The one in the cookie is always the right one.
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
document.addEventListener("submit", (event) => {
  const field = event.target.querySelector("input[name=csrfmiddlewaretoken]");
  if (field && token()) field.value = token();
}, true);
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters } = event.detail;
  if (parameters.csrfmiddlewaretoken && token()) parameters.csrfmiddlewaretoken = token();
});

// What is asked again and again by itself does not say again and again that nobody is signed in.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status === 401 && requestConfig.verb === "get" && place().firstElementChild) event.detail.shouldSwap = false;
});

// An answer that is none, and one that is: 401 and 403 bring a notice of their own.
function unanswered() {
  place().replaceChildren(document.querySelector("#unanswered").content.cloneNode(true));
}
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, unanswered);
document.addEventListener("htmx:afterRequest", (event) => {
  const { status } = event.detail.xhr;
  if ((status >= 200 && status < 400) || status === 409 || status === 422) place().replaceChildren();
});
