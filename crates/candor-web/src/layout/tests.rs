use askama::Template;
use jiff::tz::TimeZone;

use super::{AppFrame, Columns, PlainFrame, PortalFrame, RailLink, Section, Viewer};
use crate::i18n::{Language, Texts};
use crate::part::{
    ActionButton, AttachmentLink, Avatar, Body, Chip, EventLine, Field, MessageCard, Notice,
    Pending, Tone,
};

fn words(language: Language) -> Texts {
    let zone = TimeZone::get("Europe/Berlin").expect("the zone exists");
    let now = "2026-11-23T09:50:00Z".parse().expect("an instant");
    Texts::new(language, zone, now)
}

fn link(label: &str, href: &str, count: &str) -> RailLink {
    RailLink {
        label: label.to_owned(),
        href: href.to_owned(),
        count: Some(count.to_owned()),
        current: false,
    }
}

fn app_frame(language: Language, columns: Columns) -> AppFrame {
    AppFrame {
        title: "Two bags missing from the box".to_owned(),
        shop: "Harbour & Pine".to_owned(),
        viewer: Viewer {
            name: "Ayla Yılmaz".to_owned(),
            may_promise: true,
            may_configure: true,
        },
        section: Section::Inbox,
        columns,
        position: 7,
        inbox_count: Some("34".to_owned()),
        warnings: Some(("2".to_owned(), "2 warnings".to_owned())),
        lists: vec![
            link("Mine", "/inbox?list=mine", "7"),
            link("Nobody has it yet", "/inbox?list=unassigned", "9"),
        ],
        notice: Some(Notice::new("Closed.", Tone::Good)),
        t: words(language),
    }
}

fn messages(t: &Texts) -> Vec<MessageCard> {
    let at = |time: &str| {
        let instant = format!("2026-11-23T{time}:00Z");
        t.stamp(instant.parse().expect("an instant"))
    };
    let said = |author: &str, avatar: Avatar, time: &str, text: &str| MessageCard {
        anchor: format!("message-{time}"),
        author: author.to_owned(),
        avatar,
        stamp: at(time),
        is_note: false,
        chips: Vec::new(),
        body: Body::Text(text.to_owned()),
        attachments: Vec::new(),
        pending: None,
    };
    let amira = Avatar::customer("Amira Haddad");
    vec![
        MessageCard {
            attachments: vec![AttachmentLink {
                name: "box-from-above.jpg".to_owned(),
                size: "340 kB".to_owned(),
                href: "/attachments/9".to_owned(),
            }],
            ..said(
                "Amira Haddad",
                amira,
                "08:12",
                "Hello, my order arrived this morning but two of the six bags are simply not in the box.\n\nThey were a birthday present for tomorrow. Not great, honestly.",
            )
        },
        MessageCard {
            is_note: true,
            chips: vec![Chip::toned("note, staff only", Tone::Warn)],
            ..said(
                "Emil, Warehouse",
                Avatar::note("Emil"),
                "09:05",
                "Found: the other two are still on shelf B4. Courier can take them before 13:00.",
            )
        },
        MessageCard {
            pending: Some(Pending {
                leaves_at_ms: 4_000_000_000_000,
                words: "Leaves in a moment".to_owned(),
                undo: ActionButton::delete("/messages/4", "Undo"),
            }),
            ..said(
                "Ayla",
                Avatar::staff("Ayla Yılmaz"),
                "09:40",
                "Hi Amira, I’m sorry, a birthday makes it matter more. You ordered six and we packed four.",
            )
        },
    ]
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{% extends "layout/app.html" %}
{% block list %}<section class="list" aria-label="Tickets" data-list>
  <div class="bar"><h2>Mine, next first</h2><span class="row"><a class="btn" href="/tickets/new" data-key="c">New <kbd aria-hidden="true">C</kbd></a></span></div>
  <a class="ticket" href="/tickets/1" data-entry aria-current="true"><span class="row spread"><span class="who unread">Amira Haddad</span><span class="promise due"><meter min="0" max="100" value="22" aria-label="time left"></meter>reply in 18 min</span></span><span class="subject">Two bags missing from the box</span><span class="row meta"><span class="chip bad">upset</span><span class="chip">Club · urgent</span>10:31</span></a>
  <a class="ticket" href="/tickets/2" data-entry><span class="row spread"><span class="who">Donaudampfschifffahrtsgesellschaft Kaffeehandel</span><span class="promise kept">reply in 1 h 40</span></span><span class="subject">Charged €24 but the page said €20.40</span><span class="row meta"><span class="chip warn">price differs</span>yesterday</span></a>
</section>{% endblock %}
{% block body %}<main class="main" id="main" tabindex="-1">
  <div class="bar"><a class="back btn quiet" href="/inbox" aria-label="Back to the list">‹</a><div class="stack tight grow"><h1>Two bags missing from the box</h1><span class="soft">#4182 · complaint · open · urgent · Ayla, Support</span></div>
    <div class="actions"><span class="chip">Jonas is reading</span><a class="btn context-toggle" href="#about">About Amira</a><details class="menu"><summary class="btn" data-key="a">Assign <kbd aria-hidden="true">A</kbd></summary><ul><li><button class="as-link">Ben</button></li></ul></details>{{ solve }}</div></div>
  <div class="thread">{% for message in messages %}{{ message }}{% endfor %}{{ event }}</div>
  <form class="composer" method="post" action="/tickets/1/replies" data-composer>
    <div class="to">To Amira Haddad · from help@harbour-pine.example</div>
    <textarea name="body" aria-label="Reply" data-key="r" rows="4">Amira, your two bags are found. You choose: our courier brings them today by 17:00, or we refund them now.</textarea>
    <footer><span class="row"><button type="button" class="btn quiet">Attach</button><button type="button" class="btn quiet" data-key="n">Note</button></span><span class="split"><button class="btn primary" data-send>Send, then wait <kbd aria-hidden="true">Ctrl ↵</kbd></button><details class="menu up"><summary class="btn primary" aria-label="Other ways to send">▾</summary><ul><li><button class="as-link">Send and solve</button></li></ul></details></span></footer>
  </form>
</main>{% endblock %}
{% block side %}<aside class="side" id="about" aria-label="About the customer"><a class="btn quiet side-close" href="#main">Close</a>
  <section class="card"><div class="row"><span class="avatar" aria-hidden="true">AH</span><div class="stack tight"><b>Amira Haddad</b><span class="soft">Club · customer since 2021</span></div></div><dl class="facts"><dt>Asked before</dt><dd>6 times</dd></dl></section>
</aside>{% endblock %}"##
)]
struct Thread {
    frame: AppFrame,
    solve: ActionButton,
    messages: Vec<MessageCard>,
    event: EventLine,
}

fn thread(language: Language) -> Thread {
    let frame = app_frame(language, Columns::Main);
    let t = &frame.t;
    Thread {
        solve: ActionButton::post("/tickets/1/solution", "Solve").key('e'),
        messages: messages(t),
        event: EventLine {
            words: "Given to Ayla".to_owned(),
            stamp: t.stamp("2026-11-22T09:45:00Z".parse().expect("an instant")),
            undo: Some(ActionButton::post("/x", "Undo").quiet()),
        },
        frame,
    }
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{% extends "layout/app.html" %}
{% block page %}<h1>Settings</h1><div class="settings"><nav aria-label="Settings"><a href="/settings" aria-current="page">Brand</a><a href="/settings/people">People</a><a href="/settings/mailboxes">Mailboxes</a><a href="/settings/mail">Outgoing mail</a></nav>
<div><section class="card"><h2>Brand</h2><form class="form" method="post">{% for field in fields %}{{ field }}{% endfor %}<div class="row end"><button class="btn primary">Save</button></div></form></section>
<section class="card flush"><ul class="rows"><li><span class="grow"><b>Ben</b><br><span class="soft">lead · Support</span></span><button class="btn">Change</button></li></ul></section></div></div>{% endblock %}"##
)]
struct Settings {
    frame: AppFrame,
    fields: Vec<Field>,
}

fn fields() -> Vec<Field> {
    use crate::failure::{Faults, FieldFault};
    use crate::part::Choice;
    let faults = Faults(vec![FieldFault::new("email", "error-invalid-what")]);
    vec![
        Field::text("name", "Name")
            .value("Harbour & Pine")
            .required(),
        Field::email("email", "Address")
            .value("help@")
            .hint("Customers see it.")
            .faults(&faults, &words(Language::English)),
        Field::choice("language", "Language", vec![Choice::new("en", "English")]),
        Field::area("signature", "Signature", 4),
        Field::tick("tell", "Tell customers when nobody is in", true).hint("Once a day at most."),
    ]
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "layout/plain.html" %}{% block page %}<h1>Log in</h1><form class="form" method="post">{% for field in fields %}{{ field }}{% endfor %}<button class="btn primary">Log in</button></form>{% endblock %}"#
)]
struct Login {
    frame: PlainFrame,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "layout/portal.html" %}{% block page %}<section class="hero"><h1>How can we help?</h1><p class="soft">An answer takes about 40 minutes right now.</p></section><section class="card narrow"><form class="form" method="post">{% for field in fields %}{{ field }}{% endfor %}<button class="btn primary">Ask</button></form></section>{% endblock %}"#
)]
struct Ask {
    frame: PortalFrame,
    fields: Vec<Field>,
}

fn every_page(language: Language) -> Vec<(&'static str, String)> {
    let t = words(language);
    let settings = Settings {
        frame: AppFrame {
            section: Section::Settings,
            ..app_frame(language, Columns::Wide)
        },
        fields: fields(),
    };
    let login = Login {
        frame: PlainFrame::new("Log in", "Harbour & Pine", t.clone()),
        fields: vec![
            Field::email("email", "E-mail"),
            Field::password("password", "Password"),
        ],
    };
    let ask = Ask {
        frame: PortalFrame {
            title: "Ask us".to_owned(),
            shop: "Harbour & Pine Coffee".to_owned(),
            links: vec![link("Ask us", "/help/ask", "")],
            languages: vec![("de".to_owned(), "Deutsch".to_owned(), "?lang=de".to_owned())],
            notice: None,
            t,
        },
        fields: fields(),
    };
    let render = |page: Result<String, askama::Error>| page.expect("the template renders");
    vec![
        ("thread", render(thread(language).render())),
        ("settings", render(settings.render())),
        ("login", render(login.render())),
        ("ask", render(ask.render())),
    ]
}

#[test]
fn every_frame_can_be_walked_by_landmarks() {
    for language in Language::ALL {
        for (name, html) in every_page(language) {
            let count = |needle: &str| html.matches(needle).count();
            assert_eq!(count("<h1"), 1, "{name}");
            assert_eq!(count("<main"), 1, "{name}");
            assert_eq!(count("id=\"main\""), 1, "{name}");
            assert!(html.contains(&format!("<html lang=\"{}\"", language.code())));
            assert_eq!(
                count("<nav"),
                count("<nav aria-label=") + count("<nav class="),
                "{name}"
            );
        }
    }
}

#[test]
fn no_frame_breaks_the_content_policy() {
    for (name, html) in every_page(Language::English) {
        assert!(!html.contains(" style="), "{name}");
        assert!(!html.contains("<style"), "{name}");
        assert!(!html.contains(" onclick"), "{name}");
        for script in html.split("<script").skip(1) {
            assert!(script.contains("src=\"/assets/"), "{name}");
            assert!(script.contains("></script>"), "{name}");
        }
    }
}

#[test]
fn ids_are_unique_on_every_page() {
    for (name, html) in every_page(Language::German) {
        let mut ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}");
    }
}
