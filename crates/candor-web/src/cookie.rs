//! The cookies: the session, the mark of a known browser, the chosen language, and the word about what just happened.
//!
//! Owns: their names, flags and formats. Must not know: what a session is worth.

use axum::http::{HeaderMap, HeaderValue, header};

use candor_domain::id::DraftId;

use crate::i18n::{Language, Texts};
use crate::next::local_path;
use crate::part::{ActionButton, Notice, Tone};
use crate::site::Site;

const FLASH: &str = "told";
const LANGUAGE: &str = "lang";
const DEVICE: &str = "known";
const ASKED: &str = "asked";
/// Nobody writes at one draft for longer.
const ASKED_LIVES_S: u32 = 24 * 3600;
/// A browser stays known for a year after its last login.
const DEVICE_LIVES_S: u32 = 365 * 24 * 3600;

/// The session cookie's name: `__Host-` binds it to this host and to HTTPS where there is HTTPS.
pub const fn session_name(site: &Site) -> &'static str {
    if site.is_secure() {
        "__Host-sid"
    } else {
        "sid"
    }
}

/// The session token that a browser sent. A name that comes twice counts as none: one of the two
/// was planted.
pub fn session(site: &Site, headers: &HeaderMap) -> Option<String> {
    value(headers, session_name(site))
}

/// `Set-Cookie` for a new session.
pub fn start_session(site: &Site, token: &str, lives_s: u32) -> HeaderValue {
    cookie(site, session_name(site), token, lives_s)
}

/// `Set-Cookie` that ends the session in the browser.
pub fn end_session(site: &Site) -> HeaderValue {
    cookie(site, session_name(site), "", 0)
}

/// The mark of a browser that somebody logged in from before. It opens nothing.
pub fn device(headers: &HeaderMap) -> Option<String> {
    value(headers, DEVICE)
}

/// `Set-Cookie` that makes a browser known.
pub fn know_device(site: &Site, mark: &str) -> HeaderValue {
    cookie(site, DEVICE, mark, DEVICE_LIVES_S)
}

/// The language that a reader chose in this browser.
pub fn language(headers: &HeaderMap) -> Option<Language> {
    Language::from_code(&value(headers, LANGUAGE)?)
}

/// `Set-Cookie` that remembers the language.
pub fn keep_language(site: &Site, language: Language) -> HeaderValue {
    cookie(site, LANGUAGE, language.code(), DEVICE_LIVES_S)
}

/// The draft whose writer was asked already whether it should go out as it is.
pub fn asked(headers: &HeaderMap) -> Option<DraftId> {
    value(headers, ASKED)?.parse().ok()
}

/// `Set-Cookie` that remembers the question for a day.
pub fn keep_asked(site: &Site, draft: DraftId) -> HeaderValue {
    cookie(site, ASKED, &draft.to_string(), ASKED_LIVES_S)
}

fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(own, _)| *own == name)
        .map(|(_, value)| value.to_owned());
    match (found.next(), found.next()) {
        (Some(value), None) if !value.is_empty() => Some(value),
        _ => None,
    }
}

fn cookie(site: &Site, name: &str, value: &str, lives_s: u32) -> HeaderValue {
    let secure = if site.is_secure() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={lives_s}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).expect("tokens and flashes are plain ASCII without separators")
}

/// What is told on the next page: a text id, and where the way back is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    text: String,
    undo: Option<String>,
}

impl Flash {
    /// Tells a text; its id starts with `done-`.
    pub fn new(text: &'static str) -> Self {
        Self {
            text: text.to_owned(),
            undo: None,
        }
    }

    /// Adds the path that a POST to takes it back.
    #[must_use]
    pub fn with_undo(mut self, path: impl Into<String>) -> Self {
        self.undo = Some(path.into());
        self
    }

    /// `Set-Cookie` for the answer that leads to the next page.
    pub fn set(&self, site: &Site) -> HeaderValue {
        let undo = self.undo.as_deref().unwrap_or_default();
        cookie(site, FLASH, &format!("{}|{undo}", self.text), 60)
    }

    /// `Set-Cookie` for the page that told it.
    pub fn clear(site: &Site) -> HeaderValue {
        cookie(site, FLASH, "", 0)
    }

    /// Reads what the browser brings; whatever we did not write ourselves is ignored.
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let value = value(headers, FLASH)?;
        let (text, undo) = value.split_once('|')?;
        let own =
            text.starts_with("done-") && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        own.then(|| Self {
            text: text.to_owned(),
            undo: local_path(undo).map(str::to_owned),
        })
    }

    /// The notice to show, in the reader's words.
    pub fn notice(&self, t: &Texts) -> Option<Notice> {
        if !t.knows(&self.text) {
            return None;
        }
        let notice = Notice::new(t.get(&self.text), Tone::Good);
        Some(match &self.undo {
            Some(path) => notice.with_undo(ActionButton::post(path, t.get("app-undo"))),
            None => notice,
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{Flash, session, start_session};
    use crate::site::Site;

    fn site(url: &str) -> Site {
        Site::new(url, ([127, 0, 0, 1], 8080).into()).expect("an origin")
    }

    fn brought(cookies: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_str(cookies).expect("a header value");
        headers.insert(header::COOKIE, value);
        headers
    }

    #[test]
    fn over_https_the_session_is_bound_to_the_host() {
        let secure = site("https://help.example.com");
        assert_eq!(
            start_session(&secure, "abc", 60),
            "__Host-sid=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure"
        );
        let brought = brought("sid=planted; __Host-sid=abc");
        assert_eq!(session(&secure, &brought).as_deref(), Some("abc"));
    }

    #[test]
    fn in_a_lan_people_can_log_in_without_https() {
        let plain = site("http://192.168.1.7:8080");
        assert_eq!(
            start_session(&plain, "abc", 60),
            "sid=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"
        );
        assert_eq!(session(&plain, &brought("sid=a; sid=b")), None);
    }

    #[test]
    fn only_our_own_words_are_told() {
        let told = Flash::new("done-closed").with_undo("/tickets/7/closure/removal");
        let set = told.set(&site("http://localhost:8080"));
        let pair = set.to_str().expect("ASCII").split(';').next();
        let read = Flash::read(&brought(pair.expect("a pair")));
        assert_eq!(read, Some(told));
        assert_eq!(Flash::read(&brought("told=<script>|/")), None);
        assert_eq!(Flash::read(&brought("told=app-skip|/")), None);
        let foreign = Flash::read(&brought("told=done-closed|//evil.example"));
        assert_eq!(foreign, Some(Flash::new("done-closed")));
    }
}
