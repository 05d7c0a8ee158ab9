// [data-leaves-at="<ms since 1970>"]: tells every second how long a held-back reply can still be
// taken back, then says that it is on its way. Live parts replace it with the sent message.
import { words } from "./toast.js";

function tick() {
  for (const element of document.querySelectorAll("[data-leaves-at]")) {
    const seconds = Math.ceil((Number(element.dataset.leavesAt) - Date.now()) / 1000);
    element.textContent = seconds > 0 ? words("leaves", { seconds }) : words("left");
    const undo = seconds <= 0 && element.parentElement.querySelector("button");
    if (undo) undo.disabled = true;
  }
}

tick();
setInterval(tick, 1000);
document.addEventListener("htmx:afterSettle", tick);
