// Drop files and folders anywhere on the box; say which are chosen; show how much is sent. Without this the two inputs do
// the same, but for the places of the files in their folder.
const form = document.querySelector("form.upload");
const box = form?.querySelector("[data-drop]");
const SHOWN = 20;
// What is sent at once; more is sent with a bar.
const SOON = 5 * 1024 * 1024;
let dropped = []; // {file, path}

function byPath(a, b) {
  return a.path < b.path ? -1 : 1;
}

function chosen() {
  const inputs = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  const named = inputs.map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  const folder = named.filter(({ path }) => path.includes("/")).sort(byPath);
  return [...named.filter(({ path }) => !path.includes("/")), ...folder, ...dropped];
}

function size(bytes) {
  const units = ["KB", "MB", "GB"];
  let number = Math.max(bytes / 1024, 0.1);
  let unit = 0;
  while (number >= 1024 && unit < 2) [number, unit] = [number / 1024, unit + 1];
  return `${unit ? number.toFixed(1) : Math.ceil(number)} ${units[unit]}`;
}

function show() {
  const all = chosen();
  const total = all.reduce((sum, { file }) => sum + file.size, 0);
  box.querySelector(".chosen").replaceChildren(...all.slice(0, SHOWN).map(({ file, path }) => {
    const item = document.createElement("li");
    const name = document.createElement("bdi");
    name.textContent = path;
    item.append(name, `, ${size(file.size)}`);
    return item;
  }));
  const more = all.length > SHOWN ? `, of which the first ${SHOWN} are listed` : "";
  box.querySelector(".chosen-count").textContent = all.length ? `${all.length} file${all.length > 1 ? "s" : ""}, ${size(total)}${more}` : "";
  form.querySelector("[data-clear]").hidden = !all.length;
}

function entries(directory) {
  // A reader gives a hundred at a time, and nothing at the end.
  const reader = directory.createReader();
  const all = [];
  return new Promise((done, failed) => {
    const next = () => reader.readEntries((some) => {
      if (!some.length) return done(all);
      all.push(...some);
      next();
    }, failed);
    next();
  });
}

async function files(entry) {
  if (entry.isDirectory) return (await Promise.all((await entries(entry)).map(files))).flat();
  const file = await new Promise((done, failed) => entry.file(done, failed));
  return [{ file, path: entry.fullPath.replace(/^\//, "") }];
}

async function drop(event) {
  event.preventDefault();
  // Both lists are emptied as soon as this handler waits for something.
  const found = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = [...event.dataTransfer.files].map((file) => ({ file, path: file.name }));
  const some = found.length ? (await Promise.all(found.map(files))).flat() : plain;
  dropped = [...dropped, ...some.sort(byPath)];
  show();
}

function send(event) {
  const all = chosen();
  const total = all.reduce((sum, { file }) => sum + file.size, 0);
  // The browser does it by itself, where nothing is large and no place in a folder would be lost.
  if (!dropped.length && total < SOON && !all.some(({ path }) => path.includes("/"))) return;
  event.preventDefault();
  const data = new FormData(form);
  data.delete("files");
  for (const { file, path } of all) data.append(`files/${path}`, file, file.name);
  const request = new XMLHttpRequest();
  const line = form.querySelector(".sending");
  const button = form.querySelector("button.main");
  const say = (words) => { line.querySelector("span").textContent = words; };
  line.hidden = false;
  button.disabled = true;
  request.upload.addEventListener("progress", (now) => {
    line.querySelector("progress").value = now.total ? now.loaded / now.total : 0;
    say(`${size(now.loaded)} of ${size(now.total)} sent`);
  });
  request.addEventListener("load", () => {
    if (request.status < 400) return location.assign(request.responseURL);
    button.disabled = false;
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    return say(page.querySelector(".problem")?.textContent || `It was not taken (${request.status}). Nothing of it is on the desk; try again.`);
  });
  request.addEventListener("error", () => {
    button.disabled = false;
    say("The connection broke off. Nothing of it is on the desk; try again.");
  });
  request.open("POST", form.action);
  request.send(data);
}

if (box) {
  show();
  form.addEventListener("change", show);
  form.addEventListener("submit", send);
  for (const name of ["dragenter", "dragover"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("over"));
  box.addEventListener("drop", drop);
  form.querySelector("[data-clear]").addEventListener("click", () => {
    dropped = [];
    for (const input of form.querySelectorAll("input[type=file]")) input.value = "";
    show();
  });
}
