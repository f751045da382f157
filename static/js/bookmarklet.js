// The link to drag to the bookmarks. What it does stands in `handOver`, which runs inside any page of any site: it may
// use nothing from here.

function handOver(address) {
  const desk = new URL(address).origin;
  const page = {
    newsroom: "page",
    url: location.href,
    title: document.title,
    html: document.documentElement.outerHTML,
  };
  const opened = window.open(address, "_blank", "width=640,height=600");
  if (!opened) {
    alert("Newsroom: your browser did not let the desk's window open. Allow it, then press the bookmark again.");
    return;
  }
  let listening = true;
  const stop = () => {
    listening = false;
    window.removeEventListener("message", answer);
  };
  const answer = (event) => {
    if (event.source !== opened || event.origin !== desk || event.data?.newsroom !== "ready") return;
    stop();
    opened.postMessage({ ...page, answer: event.data.question }, desk);
  };
  window.addEventListener("message", answer);
  setTimeout(() => {
    if (!listening) return;
    stop();
    alert("Newsroom: the desk's window did not answer. Sign in there and press the bookmark again. If it still does not "
      + "answer, this site cuts windows off from each other: save the page (Ctrl+S) and upload the file.");
  }, 20000);
}

const link = document.querySelector("[data-bookmarklet]");
if (link) {
  const code = `(${handOver})(${JSON.stringify(link.dataset.bookmarklet)});`;
  link.href = `javascript:${encodeURIComponent(code)}`;
  const how = document.querySelector("[data-how]");
  link.addEventListener("click", (event) => {
    event.preventDefault(); // it does its work on other pages
    how.classList.add("notice");
  });
  const copy = document.querySelector("[data-copy]");
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      const said = document.querySelector("[data-copied]");
      try {
        await navigator.clipboard.writeText(link.href);
        said.textContent = "Copied.";
      } catch {
        said.textContent = "Your browser does not let us copy. Drag the button instead.";
      }
    });
  }
}
