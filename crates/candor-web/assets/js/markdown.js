// [data-markdown]: a small toolbar above the textarea it controls. data-wrap="**" puts marks around
// the selection, data-line="- " before each of its lines, data-link makes a link of it.
const fieldOf = (bar) => document.getElementById(bar.getAttribute("aria-controls"));

for (const bar of document.querySelectorAll("[data-markdown]")) bar.hidden = false;

function replace(field, text, from, to) {
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  if (from !== undefined) field.setSelectionRange(from, to);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(field, mark) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const text = value.slice(start, end);
  replace(field, mark + text + mark, start + mark.length, end + mark.length);
}

function lines(field, mark) {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  field.setSelectionRange(start, field.selectionEnd);
  const text = field.value.slice(start, field.selectionEnd);
  replace(field, text.split("\n").map((line) => mark + line).join("\n"));
}

function link(field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const text = value.slice(start, end);
  const address = start + text.length + 3;
  replace(field, `[${text}](https://)`, address, address + 8);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-markdown] button");
  const field = button && fieldOf(button.closest("[data-markdown]"));
  if (!field) return;
  if (button.dataset.wrap) wrap(field, button.dataset.wrap);
  else if (button.dataset.line) lines(field, button.dataset.line);
  else link(field);
});
