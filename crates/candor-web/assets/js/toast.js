// Short messages at the foot of the page, announced to screen readers. The words come from the
// page ([data-toasts] carries them), so that they are in the reader's language.
const shelf = document.querySelector("[data-toasts]");

/** The reader's words for `name`, with `{key}` replaced by the value given. */
export function words(name, values = {}) {
  let text = shelf?.dataset[name] ?? "";
  for (const [key, value] of Object.entries(values)) text = text.replace(`{${key}}`, () => value);
  return text;
}

/** Shows a text for a while; `stay` keeps it until the returned function is called. */
export function toast(text, { stay = false } = {}) {
  if (!shelf || !text) return () => {};
  const line = document.createElement("div");
  line.className = "toast";
  line.textContent = text;
  shelf.append(line);
  const remove = () => line.remove();
  if (!stay) setTimeout(remove, 6000);
  return remove;
}

document.addEventListener("htmx:responseError", () => toast(words("failed")));

let offline = null;
addEventListener("offline", () => { offline ??= toast(words("offline"), { stay: true }); });
addEventListener("online", () => {
  if (!offline) return;
  offline();
  offline = null;
  toast(words("again"));
});
