// Starts every behaviour of the staff pages. Each binds itself to data- attributes and does nothing
// where its attribute is missing; pages work without any of them.
import "./toast.js";
import "./menu.js";
import "./keyboard.js";
import "./palette.js";
import "./composer.js";
import "./countdown.js";
import "./live.js";
import "./presence.js";
import "./markdown.js";
import "./newest.js";
import "./hints.js";
