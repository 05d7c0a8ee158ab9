// One stream of changes for all tabs of a browser. The tab that holds the lock reads the stream at
// body[data-live-stream] and tells the others. Each `changed` event carries topics, such as
// "counts" or "ticket:7"; a part with data-live="ticket:7" then fetches itself anew through htmx
// (hx-get, hx-trigger="live").
const address = document.body.dataset.liveStream;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("candor-live") : null;
const waiting = new Set();
const AGAIN_MS = 15_000;
let soon = null;
let lost = false;
// The journal's position that this tab knows of, for tabs that come later.
let known = Number(new URLSearchParams(address?.split("?")[1]).get("since"));
const shown = known;

function matches(element, topics) {
  return element.dataset.live.split(" ").some((topic) => topics.has(topic));
}

// A part in which somebody has opened a menu or a dialog waits until it is closed.
const isBusy = (element) => element.querySelector("dialog[open], :popover-open, details.menu[open]");

function refresh() {
  soon = null;
  const topics = new Set(waiting);
  waiting.clear();
  for (const element of document.querySelectorAll("[data-live]")) {
    if (!topics.has("*") && !matches(element, topics)) continue;
    if (isBusy(element)) element.dataset.live.split(" ").forEach((topic) => waiting.add(topic));
    else window.htmx?.trigger(element, "live");
  }
  if (waiting.size > 0) soon = setTimeout(refresh, 2000);
}

// Somebody may open a menu while the answer is on its way.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig?.triggeringEvent?.type !== "live" || !isBusy(detail.elt)) return;
  detail.shouldSwap = false;
  note(detail.elt.dataset.live.split(" "));
});

// Changes come in bursts: one refresh for all of them, and none in a tab that nobody sees.
function note(topics) {
  for (const topic of topics) waiting.add(topic);
  if (!document.hidden) soon ??= setTimeout(refresh, 120);
}

function read() {
  const stream = new EventSource(address);
  stream.addEventListener("changed", (event) => {
    const { topics } = JSON.parse(event.data);
    known = Math.max(known, Number(event.lastEventId));
    note(topics);
    channel?.postMessage(topics);
  });
  // The browser tries again by itself, except after an answer that is no stream (a restart, a logout).
  stream.addEventListener("error", () => {
    lost = true;
    if (stream.readyState === EventSource.CLOSED) setTimeout(read, AGAIN_MS);
  });
  stream.addEventListener("open", () => {
    // Whatever happened while the line was cut: look at everything once.
    if (lost) {
      note(["*"]);
      channel?.postMessage(["*"]);
    }
    lost = false;
  });
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && waiting.size > 0) refresh();
});

if (address && "EventSource" in window) {
  channel?.addEventListener("message", ({ data }) => {
    if (Array.isArray(data)) note(data);
    else if (data.shown < known) channel.postMessage(["*"]);
  });
  // Without locks (plain HTTP in a LAN) each tab reads its own stream.
  if (navigator.locks && channel) navigator.locks.request("candor-live", () => new Promise(read));
  else read();
  // A tab that was drawn before the newest change, and loaded after it was told, asks for it.
  channel?.postMessage({ shown });
}
