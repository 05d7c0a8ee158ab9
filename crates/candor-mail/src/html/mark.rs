//! What mail programs say in their HTML about quotes and signatures.
//!
//! Owns: which element of which program means what. Must not know: the text inside.

/// What an element says about the text in it, or behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Up to the first quote inside: who wrote it.
    Introduction,
    /// All of it is what is answered.
    Quote,
    /// From here on stands what is answered.
    Rest,
    /// A signature.
    Signature,
}

impl Mark {
    /// The value that carries the mark through serialised HTML.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Introduction => "i",
            Self::Quote => "q",
            Self::Rest => "r",
            Self::Signature => "s",
        }
    }

    pub(super) fn from_str(value: &str) -> Option<Self> {
        let all = [Self::Introduction, Self::Quote, Self::Rest, Self::Signature];
        all.into_iter().find(|mark| mark.as_str() == value)
    }
}

/// Class names: Gmail, Thunderbird, Yahoo, Proton, Tutanota, Zoho, Fastmail, Front.
const CLASSES: &[(&str, Mark)] = &[
    ("gmail_quote", Mark::Introduction),
    ("gmail_quote_container", Mark::Introduction),
    ("gmail_attr", Mark::Introduction),
    ("moz-cite-prefix", Mark::Introduction),
    ("protonmail_quote", Mark::Introduction),
    ("tutanota_quote", Mark::Quote),
    ("yahoo_quoted", Mark::Quote),
    ("zmail_extra", Mark::Introduction),
    ("zmail_extra_hr", Mark::Rest),
    ("ms-outlook-mobile-reference-message", Mark::Quote),
    ("front-blockquote", Mark::Quote),
    ("gmail_signature", Mark::Signature),
    ("moz-signature", Mark::Signature),
    ("protonmail_signature_block", Mark::Signature),
    ("applemailsignature", Mark::Signature),
    ("tutanota_signature", Mark::Signature),
];

/// Identities: Outlook in its shapes, Apple, Yahoo, Samsung, Roundcube, Zimbra.
const IDS: &[(&str, Mark)] = &[
    ("divrplyfwdmsg", Mark::Rest),
    ("appendonsend", Mark::Rest),
    ("stopspelling", Mark::Rest),
    ("mail-editor-reference-message-container", Mark::Quote),
    ("ms-outlook-mobile-body-separator-line", Mark::Rest),
    ("olk_src_body_section", Mark::Quote),
    ("reply-intro", Mark::Introduction),
    ("replyforwardheader", Mark::Rest),
    ("zwchr", Mark::Rest),
    ("quoted_original", Mark::Quote),
    ("signature", Mark::Signature),
    ("applemailsignature", Mark::Signature),
    ("ms-outlook-mobile-signature", Mark::Signature),
    ("composer_signature", Mark::Signature),
    ("mobile-signature", Mark::Signature),
];

/// The mark that an element carries by its attributes, whose names are in lower case.
pub(super) fn of(name: &str, attributes: &[(String, &str)]) -> Option<Mark> {
    attributes
        .iter()
        .find_map(|(key, value)| match key.as_str() {
            "class" => value
                .split_ascii_whitespace()
                .find_map(|class| listed(CLASSES, class)),
            "id" => by_id(value.trim()),
            "style" if name == "div" => is_outlook_line(value).then_some(Mark::Rest),
            // GMX and WEB.DE.
            "name" if value.eq_ignore_ascii_case("quote") => Some(Mark::Quote),
            "data-marker" if value.eq_ignore_ascii_case("__HEADERS__") => Some(Mark::Rest),
            "data-marker" if value.eq_ignore_ascii_case("__QUOTED_TEXT__") => Some(Mark::Quote),
            "data-smartmail" if value.eq_ignore_ascii_case("gmail_signature") => {
                Some(Mark::Signature)
            }
            _ => None,
        })
}

fn by_id(id: &str) -> Option<Mark> {
    if id
        .get(..12)
        .is_some_and(|start| start.eq_ignore_ascii_case("yahoo_quoted"))
    {
        return Some(Mark::Quote);
    }
    listed(IDS, id)
}

fn listed(names: &[(&str, Mark)], name: &str) -> Option<Mark> {
    let found = names
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, mark)| *mark)
}

/// Outlook for Windows and Windows Mail draw a line above the header fields of what is answered:
/// `border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm`.
fn is_outlook_line(style: &str) -> bool {
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .take(400)
        .collect();
    let line = style.contains("border-top:solid") || style.contains("border-top-style:solid");
    let padding = style.contains("padding:3.0pt0")
        || style.contains("padding:3pt0")
        || style.contains("padding-top:5px");
    line && padding && style.contains("border")
}
