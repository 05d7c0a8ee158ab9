// The customers' pages need no more than this.
import "./menu.js";
import "./composer.js";
