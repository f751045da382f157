// Drop files anywhere on the box; say which ones are chosen. Without this the file input does the same.
const box = document.querySelector("[data-drop]");
const input = box?.querySelector("input[type=file]");
const list = box?.querySelector(".chosen");

function show() {
  list.replaceChildren(...[...input.files].map((file) => {
    const item = document.createElement("li");
    const kilobytes = Math.ceil(file.size / 1024);
    item.textContent = `${file.name}, ${kilobytes < 1024 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`}`;
    return item;
  }));
}

if (box) {
  show();
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      box.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) files.items.add(file);
    input.files = files.files;
    show();
  });
}
