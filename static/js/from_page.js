// The window that the bookmarklet opened. It asks the window that opened it for the page, once, and shows what arrived.
// Whoever opened it may be hostile: one message is taken, of one shape, and its address must be of the site that sent it.

const MOST = 64 * 1024 * 1024; // characters; more is not even looked at
const SETTLE = 600; // ms until the button works: a click meant for another window must not land on it
const form = document.querySelector("[data-from-page]");
const state = document.querySelector("[data-state]");
const question = [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(16)).join("-");

function refuse(sentence) {
  state.textContent = sentence;
  state.className = "problem";
}

// The page in a message, a sentence when it is one that we refuse, or null when it is none.
function pageOf({ data, origin }) {
  if (data === null || typeof data !== "object" || data.newsroom !== "page" || data.answer !== question) return null;
  const { url, title, html } = data;
  if (![url, title, html].every((value) => typeof value === "string")) return null;
  if (html.length > MOST) return "The page is too large to be handed over. Save it in your browser and upload the file.";
  if (!/^https?:\/\//.test(url) || url.length > 2000 || !URL.canParse(url)) {
    return "Only pages with a web address can be brought in.";
  }
  if (new URL(url).origin !== origin) return "The address is not of the site that handed the page over. Nothing was taken.";
  return { url, title: title.trim().slice(0, 300), html };
}

// Without what nobody reads: a page of a few screens may carry megabytes of it. Linked data is kept, it is evidence.
function lighter(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const node of page.querySelectorAll("script:not([type='application/ld+json']), style, svg, template")) node.remove();
  return page.documentElement.outerHTML;
}

// A byte order mark says more surely than the page's own words in what its bytes are written now.
const bytesOf = (html) => new Blob(["\ufeff", html], { type: "text/html" });

function show(page) {
  let bytes = bytesOf(page.html);
  if (bytes.size > Number(form.dataset.limit)) {
    bytes = bytesOf(lighter(page.html));
    form.querySelector("[data-lighter]").hidden = false;
  }
  const kilobytes = Math.ceil(bytes.size / 1024);
  form.querySelector("[data-title]").textContent = page.title || "(without a title)";
  form.querySelector("[data-address]").textContent = page.url;
  form.querySelector("[data-size]").textContent = kilobytes < 1024 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
  form.hidden = false;
  if (bytes.size > Number(form.dataset.limit)) {
    refuse("The page is too large for the desk. Copy its text and paste it on the upload page.");
    return;
  }
  const files = new DataTransfer();
  files.items.add(new File([bytes], "page.html", { type: "text/html" }));
  form.elements.page.files = files.files;
  form.elements.url.value = page.url;
  form.elements.title.value = page.title;
  state.textContent = "This arrived. Is it the page that you want on the desk?";
  setTimeout(() => { form.querySelector("button").disabled = false; }, SETTLE);
}

function receive(event) {
  if (event.source !== window.opener) return;
  const page = pageOf(event);
  if (page === null) return;
  window.removeEventListener("message", receive);
  if (typeof page === "string") refuse(page);
  else show(page);
}

if (form && window.opener) {
  window.addEventListener("message", receive);
  // Whoever opened us is not known yet: the question says nothing but that we are here.
  window.opener.postMessage({ newsroom: "ready", question }, "*");
}
