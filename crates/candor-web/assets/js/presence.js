// [data-presence="/tickets/7/presence"]: tells the desk that somebody reads or writes here (PUT,
// form-encoded state=reading|writing), often enough that the others see it and rarely enough that
// nobody notices. It ends with the page, or
// fades by itself.
const EVERY_MS = 20_000;
const STILL_WRITING_MS = 30_000;
let wroteAt = -STILL_WRITING_MS;
let told = "";

async function tell() {
  const place = document.querySelector("[data-presence]");
  if (!place || document.hidden) return;
  told = performance.now() - wroteAt < STILL_WRITING_MS ? "writing" : "reading";
  const body = new URLSearchParams({ state: told });
  // Presence is a courtesy: when it cannot be told, nothing else suffers.
  await fetch(place.dataset.presence, { method: "PUT", body }).catch(() => {});
}

document.addEventListener("input", (event) => {
  if (!event.target.closest?.("form[data-composer]")) return;
  wroteAt = performance.now();
  if (told !== "writing") tell();
});
document.addEventListener("visibilitychange", tell);
setInterval(tell, EVERY_MS);
tell();

// Whoever goes to another page is gone at once.
addEventListener("pagehide", () => {
  const place = document.querySelector("[data-presence]");
  if (place) navigator.sendBeacon?.(`${place.dataset.presence}/removal`);
});
