// Ctrl/Cmd+K: go anywhere, do anything. The entries are the links of the page's own navigation,
// whatever carries [data-command], and a search for what was typed.
const dialog = document.querySelector("[data-palette]");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("ul");
const own = list ? [...list.children] : [];

function label(link) {
  const copy = link.cloneNode(true);
  for (const aside of copy.querySelectorAll(".num, [aria-hidden]")) aside.remove();
  return copy.textContent.trim();
}

function entryFor(link) {
  const item = document.createElement("li");
  const copy = document.createElement("a");
  copy.textContent = link.dataset.command || label(link);
  if (link.href) copy.href = link.href;
  else copy.href = "#";
  copy.addEventListener("click", (event) => {
    dialog.close();
    if (!link.href) {
      event.preventDefault();
      link.click();
    }
  });
  item.append(copy);
  return item;
}

function searchEntry(text) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `/search?${new URLSearchParams({ q: text })}`;
  link.textContent = list.dataset.searchWords.replace("{words}", () => text);
  item.append(link);
  return item;
}

function show() {
  const text = input.value.trim();
  const sought = text.toLocaleLowerCase();
  const links = [...document.querySelectorAll(".rail .nav a[href], [data-command]")].map(entryFor);
  const found = [...links, ...own].filter((item) => item.textContent.toLocaleLowerCase().includes(sought));
  list.replaceChildren(...found, ...(text ? [searchEntry(text)] : []));
  choose(0);
}

function choose(index) {
  const items = [...list.children];
  items.forEach((item, place) => {
    if (place === index) item.setAttribute("aria-selected", "true");
    else item.removeAttribute("aria-selected");
  });
  items[index]?.scrollIntoView({ block: "nearest" });
}

function move(distance) {
  const items = [...list.children];
  const current = items.findIndex((item) => item.hasAttribute("aria-selected"));
  choose((current + distance + items.length) % items.length);
}

function open() {
  if (dialog.open) return;
  dialog.showModal();
  input.value = "";
  show();
  input.focus();
}

if (dialog) {
  input.addEventListener("input", show);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      list.querySelector("[aria-selected] :is(a, button)")?.click();
    }
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-palette-open]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
}
