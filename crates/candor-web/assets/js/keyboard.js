// Single keys outside text fields. `data-key="r"` on a button or link makes the key press it,
// on a field it makes the key focus it. J, K and O walk the entries of [data-list].
const typing = (element) => element.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const entries = () => [...document.querySelectorAll("[data-list] [data-entry]")].filter((entry) => entry.checkVisibility?.() ?? true);

let pressed = null;

function step(distance) {
  const all = entries();
  if (all.length === 0) return;
  const focused = all.indexOf(document.activeElement);
  const current = focused >= 0 ? focused : all.findIndex((entry) => entry.hasAttribute("aria-current"));
  const next = current < 0 ? (distance > 0 ? 0 : all.length - 1) : Math.min(Math.max(current + distance, 0), all.length - 1);
  all[next].focus();
  all[next].scrollIntoView({ block: "nearest" });
}

function openEntry() {
  const entry = document.activeElement?.matches?.("[data-entry]") ? document.activeElement : entries().find((one) => one.hasAttribute("aria-current")) ?? entries()[0];
  entry?.click();
}

function press(target) {
  if (target.matches("input:not([type=button], [type=submit]), textarea, select")) {
    target.focus();
    return;
  }
  if (target.matches("summary")) {
    target.click();
    target.parentElement.querySelector("input:not([type=hidden]), select, button, a")?.focus();
    return;
  }
  // What leaves the page or changes something is pressed once, however long the key is held.
  if (target === pressed) return;
  if (target.matches("a[href], [type=submit], button:not([type])")) pressed = target;
  target.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !"jk".includes(event.key)) return;
  if (event.defaultPrevented || typing(event.target) || document.querySelector("dialog[open], :popover-open")) return;
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    step(event.key === "j" ? 1 : -1);
  } else if (event.key === "o") {
    event.preventDefault();
    openEntry();
  } else if (event.key.length === 1) {
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]:not(:disabled)`);
    if (!target) return;
    event.preventDefault();
    press(target);
  }
});

// A page that comes back from the browser's memory, or a part that was refreshed, may be pressed again.
addEventListener("pageshow", () => { pressed = null; });
document.addEventListener("htmx:afterSettle", () => { pressed = null; });
