//! The last mails that reach the demo shop, as real mail: one that quotes, one of a machine, one
//! that came back.
//!
//! Owns: their bytes, and handing them in at the door like any other mail. Must not know: how they
//! are understood.

use anyhow::{Result, bail};
use candor_desk::Desk;
use candor_desk::Stretch;
use candor_desk::automatic::{Acknowledgement, ChangeAcknowledgement};
use candor_desk::intake::{Envelope, receive, understand_job};
use candor_desk::postmaster::Unconnected;
use candor_desk::ticket::{ListPage, TicketView, View, WhichList};
use candor_desk::worker::{JobOutcome, JobRun};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_domain::message::{Message, MessageKind};
use jiff::ToSpan;
use std::sync::Arc;

/// Tickets that are looked through for three that fit.
const LOOKED_THROUGH: usize = 30;

/// Our last answer to a customer who has not written since.
struct Answered {
    view: View,
    ours: Message,
}

/// Lets three mails come in, and switches the acknowledgement of new mail on.
pub(crate) async fn deliver(desk: &Desk, mailbox: MailboxId) -> Result<()> {
    let mut answered = waiting(desk).await?.into_iter();
    if let Some(one) = answered.next() {
        hand_in(desk, &one, one.view.address(), quoting(desk, &one)).await?;
    }
    if let Some(one) = answered.next() {
        hand_in(desk, &one, "", away(desk, &one)).await?;
    }
    if let Some(one) = answered.next() {
        hand_in(desk, &one, "", came_back(&one)).await?;
    }
    let to = Acknowledgement {
        on: true,
        text: String::new(),
    };
    let change = ChangeAcknowledgement { mailbox, to };
    Ok(desk.run(&Actor::System, change).await?)
}

/// Tickets that wait for their customers, the newest first.
async fn waiting(desk: &Desk) -> Result<Vec<Answered>> {
    let list = ListPage {
        list: WhichList::Waiting,
        customer: None,
        stretch: Stretch::Top,
        limit: LOOKED_THROUGH,
    };
    let mut found = Vec::new();
    for row in desk.ask(&Actor::System, list).await?.rows {
        let view = TicketView { ticket: row.id };
        let view = desk.ask(&Actor::System, view).await?;
        let newest = view.messages.last().map(|one| one.message.clone());
        let ours = newest.filter(|one| one.kind == MessageKind::Reply && !one.mail_id.is_empty());
        if let Some(ours) = ours.filter(|_| !view.address().is_empty()) {
            found.push(Answered { view, ours });
        }
    }
    Ok(found)
}

async fn hand_in(desk: &Desk, one: &Answered, sender: &str, mail: String) -> Result<()> {
    let envelope = Envelope {
        via: "smtp".to_owned(),
        mail_from: sender.to_owned(),
        recipients: vec![one.view.mailbox.address.to_string()],
    };
    let raw = mail.replace('\n', "\r\n").into_bytes();
    let receipt = receive(desk, &envelope, raw).await?;
    let job = JobRun {
        payload: receipt.incoming.to_string(),
        attempt: 1,
    };
    match understand_job(desk.clone(), job, Arc::new(Unconnected)).await {
        JobOutcome::Done => Ok(()),
        JobOutcome::Retry { reason, .. } | JobOutcome::GiveUp(reason) => bail!(reason),
    }
}

fn is_german(one: &Answered) -> bool {
    one.view.customer.language.as_deref() == Some("de")
}

/// The header of an answer to our mail.
fn header(desk: &Desk, one: &Answered, name: &str, prefix: &str) -> String {
    let (view, ours) = (&one.view, &one.ours);
    format!(
        "From: \"{}\" <{}>\nTo: {}\nMessage-ID: <{name}.{}@mail.example>\nIn-Reply-To: {}\n\
         Date: {}\nSubject: {prefix}: {}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n",
        view.customer_name().replace('"', ""),
        view.address(),
        view.mailbox.address,
        ours.id,
        ours.mail_id,
        desk.now().strftime("%a, %d %b %Y %H:%M:%S +0000"),
        view.ticket.subject,
    )
}

/// An answer with our own mail below it, as most mail programs write it.
fn quoting(desk: &Desk, one: &Answered) -> String {
    let quoted: Vec<String> = one
        .ours
        .body
        .lines()
        .map(|line| format!("> {line}"))
        .collect();
    let day = desk.now().strftime("%Y-%m-%d");
    let (text, above, end) = if is_german(one) {
        (
            "Vielen Dank, das hilft mir sehr. Ich probiere es heute Abend aus und melde mich.",
            format!("Am {day} schrieb {}:", one.view.brand.name),
            "Von meinem iPhone gesendet",
        )
    } else {
        (
            "Thank you, that helps a lot. I will try it tonight and let you know.",
            format!("On {day}, {} wrote:", one.view.brand.name),
            "Sent from my iPhone",
        )
    };
    let header = header(desk, one, "answer", "Re");
    format!(
        "{header}\n{text}\n\n{end}\n\n{above}\n{}\n",
        quoted.join("\n")
    )
}

/// A machine answers that somebody is away for two weeks.
fn away(desk: &Desk, one: &Answered) -> String {
    let back = desk.now() + (14 * 24).hours();
    let (prefix, text) = if is_german(one) {
        let day = back.strftime("%d.%m.%Y");
        let text = format!("Ich bin nicht im Büro und ab dem {day} wieder erreichbar.");
        ("Automatische Antwort", text)
    } else {
        let day = back.strftime("%-d %B %Y");
        let text = format!("I am out of the office and will be back on {day}.");
        ("Automatic reply", text)
    };
    let header = header(desk, one, "away", prefix);
    format!("{header}Auto-Submitted: auto-replied\n\n{text}\n")
}

/// A mail server reports that there is no such address.
fn came_back(one: &Answered) -> String {
    let (address, to) = (one.view.address(), &one.view.mailbox.address);
    let (id, ours) = (one.ours.id, &one.ours.mail_id);
    format!(
        "From: Mail Delivery System <mailer-daemon@mail.example>\nTo: {to}\n\
         Message-ID: <report.{id}@mail.example>\nSubject: Undelivered Mail Returned to Sender\n\
         MIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=report\n\n\
         --report\nContent-Type: text/plain\n\n\
         Your message could not be delivered to one or more recipients.\n\
         --report\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mail.example\n\n\
         Final-Recipient: rfc822; {address}\nAction: failed\nStatus: 5.1.1\n\
         Diagnostic-Code: smtp; 550 5.1.1 <{address}>: user unknown\n\
         --report\nContent-Type: text/rfc822-headers\n\n\
         Message-ID: {ours}\n\n--report--\n"
    )
}
