// form[data-hints]: while somebody types, fetches what could hurt in the text (POST, form-encoded)
// into [data-hints-out]; [data-use] puts the better words in place. Typing never waits for it.
const PAUSE_MS = 600;
const running = new WeakMap();

async function check(form, field) {
  const out = form.querySelector("[data-hints-out]");
  running.get(form)?.abort();
  const run = new AbortController();
  running.set(form, run);
  const body = new URLSearchParams({ body: field.value });
  for (const [name, value] of new FormData(form)) if (name !== field.name && typeof value === "string") body.append(name, value);
  body.set("body", field.value);
  try {
    const answer = await fetch(form.dataset.hints, { method: "POST", body, headers: { "hx-request": "true" }, signal: run.signal });
    if (answer.ok) out.innerHTML = await answer.text();
  } catch {
    // No hint is better than a stopped pen.
  }
}

const timers = new WeakMap();

function soon(form, field, pause) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => check(form, field), pause));
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-hints]");
  if (!form) return;
  const field = form.querySelector("textarea[data-checked]");
  if (field) soon(form, field, PAUSE_MS);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-use]");
  const form = button?.closest("form[data-hints]");
  const field = form?.querySelector("textarea[data-checked]");
  if (!field) return;
  const { start, end, old, new: words } = button.dataset;
  // What was typed since then stays as it is.
  if (field.value.slice(Number(start), Number(end)) !== old) return check(form, field);
  field.focus();
  field.setRangeText(words, Number(start), Number(end), "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  soon(form, field, 0);
});
