// form[data-composer]: keeps the draft at [data-draft] (PUT, form-encoded), sends on Ctrl/Cmd+Enter,
// takes pasted and dropped files to [data-upload] (POST, multipart) and writes the returned Markdown.
import { toast, words } from "./toast.js";

const PAUSE_MS = 800;
const timers = new WeakMap();

async function keep(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  if (!form.dataset.draft || !form.isConnected) return;
  const said = form.querySelector("[data-draft-state]");
  try {
    const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    const answer = await fetch(form.dataset.draft, { method: "PUT", body, keepalive: true });
    if (!answer.ok) throw new Error(String(answer.status));
    if (said) said.textContent = words("kept");
  } catch {
    const text = words("notKept");
    if (said) said.textContent = text;
    else toast(text);
  }
}

function write(field, text) {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function upload(form, field, files) {
  for (const file of files) {
    const body = new FormData();
    body.append("file", file, file.name);
    try {
      const answer = await fetch(form.dataset.upload, { method: "POST", body });
      if (!answer.ok) throw new Error(String(answer.status));
      const { markdown } = await answer.json();
      if (markdown) write(field, markdown);
      const list = form.querySelector("[data-draft-files]");
      if (list) window.htmx?.trigger(list, "live");
    } catch {
      toast(words("failed"));
    }
  }
}

const composerOf = (event) => event.target.closest?.("form[data-composer]");

document.addEventListener("input", (event) => {
  const form = composerOf(event);
  if (!form?.dataset.draft) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => keep(form), PAUSE_MS));
});

document.addEventListener("keydown", (event) => {
  const form = composerOf(event);
  if (!form || event.isComposing || event.repeat || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[data-send]") ?? undefined);
});

// A form is sent once: a second press while the first is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = composerOf(event);
  if (!form) return;
  if (form.dataset.sending) {
    event.preventDefault();
    return;
  }
  form.dataset.sending = "yes";
  clearTimeout(timers.get(form));
  timers.delete(form);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach((form) => delete form.dataset.sending));

document.addEventListener("paste", (event) => {
  const form = composerOf(event);
  const files = [...(event.clipboardData?.files ?? [])];
  if (!form?.dataset.upload || files.length === 0 || !event.target.matches("textarea")) return;
  event.preventDefault();
  upload(form, event.target, files);
});

document.addEventListener("dragover", (event) => {
  const form = composerOf(event);
  if (!form?.dataset.upload || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  form.classList.add("is-over");
});
document.addEventListener("dragleave", (event) => composerOf(event)?.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  const form = composerOf(event);
  const files = [...(event.dataTransfer?.files ?? [])];
  form?.classList.remove("is-over");
  if (!form?.dataset.upload || files.length === 0) return;
  event.preventDefault();
  upload(form, form.querySelector("textarea"), files);
});

// Chosen files go up at once, as dropped ones do.
document.addEventListener("change", (event) => {
  const form = composerOf(event);
  if (!form?.dataset.upload || !event.target.matches("[data-attach]")) return;
  upload(form, form.querySelector("textarea"), [...event.target.files]);
  event.target.value = "";
});

// What is still waiting when the page goes is kept at once.
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-draft]")) if (timers.has(form)) keep(form);
});
