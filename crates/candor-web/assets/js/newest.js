// [data-newest]: a thread opens at its newest message, a list at the ticket that is open. An address
// with a target goes there instead. A thread that grows stays at its end if it was there.
const column = document.querySelector("[data-newest]");
const isAtEnd = () => column.scrollHeight - column.scrollTop - column.clientHeight < 160;

document.querySelector("[data-list] [aria-current]")?.scrollIntoView({ block: "nearest" });
if (column) {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!target || target.matches("[data-composer], .composer")) column.scrollTop = column.scrollHeight;
  let wasAtEnd = true;
  document.addEventListener("htmx:beforeSwap", () => { wasAtEnd = isAtEnd(); });
  document.addEventListener("htmx:afterSettle", () => { if (wasAtEnd) column.scrollTop = column.scrollHeight; });
}
