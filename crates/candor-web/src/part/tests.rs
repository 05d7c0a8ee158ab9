use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{
    ActionButton, AttachmentLink, Avatar, Body, Chip, Choice, ConfirmDialog, DnsRecord, EmptyState,
    EventLine, Field, MessageCard, Notice, Pager, Pending, Tone,
};
use crate::failure::{Faults, FieldFault};
use crate::i18n::{Language, Texts};

const HOSTILE: &str = r#"<img src=x onerror="alert(1)">'&"#;

fn words() -> Texts {
    Texts::new(Language::English, TimeZone::UTC, Timestamp::UNIX_EPOCH)
}

fn message(text: &str) -> MessageCard {
    MessageCard {
        anchor: "message-3".to_owned(),
        author: text.to_owned(),
        avatar: Avatar::customer(text),
        stamp: words().stamp(Timestamp::UNIX_EPOCH),
        is_note: false,
        chips: vec![Chip::new(text)],
        body: Body::Text(text.to_owned()),
        attachments: vec![AttachmentLink {
            name: text.to_owned(),
            size: "2 kB".to_owned(),
            href: "/attachments/9".to_owned(),
        }],
        pending: Some(Pending {
            leaves_at_ms: 10_000,
            words: text.to_owned(),
            undo: ActionButton::delete("/messages/3", text),
        }),
    }
}

/// Every part with the same text in each of its places.
fn every_part(text: &str) -> Vec<String> {
    let faults = Faults(vec![FieldFault::new("name", "error-invalid-what")]);
    let field = |field: Field| field.value(text).hint(text).faults(&faults, &words());
    vec![
        Avatar::note(text).to_string(),
        Chip::toned(text, Tone::Warn).to_string(),
        Notice::new(text, Tone::Good)
            .with_undo(ActionButton::post(text, text))
            .to_string(),
        DnsRecord {
            title: text.to_owned(),
            chip: Chip::new(text),
            words: text.to_owned(),
            kind: Some((text.to_owned(), text.to_owned())),
            name_label: text.to_owned(),
            name: text.to_owned(),
            wanted_label: text.to_owned(),
            wanted: text.to_owned(),
            found_label: text.to_owned(),
            found: vec![text.to_owned()],
        }
        .to_string(),
        EmptyState::new(text, text)
            .with_step(text, text)
            .to_string(),
        ConfirmDialog {
            name: "delete".to_owned(),
            opener: text.to_owned(),
            title: text.to_owned(),
            words: text.to_owned(),
            action: ActionButton::post(text, text).danger(),
            cancel: text.to_owned(),
        }
        .to_string(),
        Pager {
            label: text.to_owned(),
            newer: Some((text.to_owned(), text.to_owned())),
            older: Some((text.to_owned(), text.to_owned())),
        }
        .to_string(),
        ActionButton::post(text, text).value("v", text).to_string(),
        field(Field::text("name", text)).to_string(),
        field(Field::area("name", text, 4)).to_string(),
        field(Field::choice("name", text, vec![Choice::new(text, text)])).to_string(),
        field(Field::tick("name", text, true)).to_string(),
        message(text).to_string(),
        EventLine {
            words: text.to_owned(),
            stamp: words().stamp(Timestamp::UNIX_EPOCH),
            undo: Some(ActionButton::post(text, text)),
        }
        .to_string(),
    ]
}

#[test]
fn no_part_lets_markup_through() {
    for html in every_part(HOSTILE) {
        assert!(!html.contains("<img"), "{html}");
        assert!(!html.contains("onerror=\""), "{html}");
    }
}

#[test]
fn no_part_needs_an_inline_style_or_script() {
    for html in every_part("plain") {
        assert!(!html.contains(" style="), "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains(" on"), "{html}");
    }
}

#[test]
fn a_field_says_what_is_wrong_to_everybody() {
    let faults = Faults(vec![FieldFault::new("email", "error-invalid-what")]);
    let html = Field::email("email", "E-mail")
        .value("ann@")
        .hint("We write to this address.")
        .required()
        .autocomplete("email")
        .faults(&faults, &words())
        .to_string();
    assert!(html.contains(r#"<label for="field-email">E-mail</label>"#));
    assert!(
        html.contains(
            r#"aria-describedby="field-email-fault field-email-hint" aria-invalid="true" required"#
        ),
        "{html}"
    );
    assert!(html.contains(r#"<p class="fault" id="field-email-fault">Something in the form"#));
}

#[test]
fn a_password_is_never_shown_again() {
    let html = Field::password("password", "Password").value("geheim");
    assert!(!html.to_string().contains("geheim"));
}

#[test]
fn a_choice_keeps_what_was_chosen() {
    let choices = vec![Choice::new("en", "English"), Choice::new("de", "Deutsch")];
    let html = Field::choice("language", "Language", choices)
        .value("de")
        .to_string();
    assert!(
        html.contains(r#"<option value="de" selected>Deutsch"#),
        "{html}"
    );
    assert!(html.contains(r#"<option value="en">English"#), "{html}");
}

#[test]
fn taking_away_works_without_a_script() {
    let html = ActionButton::delete("/tickets/7/closure", "Reopen")
        .key('e')
        .to_string();
    assert_eq!(
        html,
        "<form class=\"action\" method=\"post\" action=\"/tickets/7/closure/removal\">\
         <button class=\"btn\" data-key=\"e\">Reopen <kbd aria-hidden=\"true\">E</kbd></button>\n</form>"
    );
}

#[test]
fn initials_are_found_in_every_name() {
    let cases = [
        ("Amira Haddad", "AH"),
        ("ayla", "AY"),
        ("Jean-Luc de la Tour", "JT"),
        ("“Bo” Özil", "BÖ"),
        ("", "?"),
        ("…", "?"),
        ("ß", "SS"),
    ];
    for (name, initials) in cases {
        assert_eq!(super::badge::initials(name), initials, "{name}");
    }
}

#[test]
fn a_mail_stays_in_its_sandbox() {
    let html = MessageCard {
        body: Body::Frame {
            src: "/messages/3/html".to_owned(),
            title: "The mail as sent".to_owned(),
        },
        ..message("Ann")
    }
    .to_string();
    assert!(html.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));
    assert!(!html.contains("allow-scripts") && !html.contains("allow-same-origin"));
}
