//! Playing the script through the desk, many steps in one transaction.
//!
//! Owns: translating the script's indices. Must not know: how a step is carried out.

use super::cast::Cast;
use super::script::{Attachment, Deed, Script, Step};
use anyhow::Result;
use candor_desk::Desk;
use candor_desk::history::{PastDeed, PastMail, PastStep, PlayHistory};
use candor_desk::ticket::NewFile;
use candor_desk::tone::Reading;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::TicketId;
use candor_domain::promise::{Ground, read};
use candor_domain::ticket::Change;
use candor_store::search::analyse;
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// Steps in one transaction.
const CHUNK: usize = 400;

/// Plays everything. Returns the tickets by their number in the script.
pub(crate) async fn play(
    desk: &Desk,
    cast: &Cast,
    script: &Script,
) -> Result<HashMap<usize, TicketId>> {
    let mut known: HashMap<usize, TicketId> = HashMap::new();
    let zone = TimeZone::get(script.shop.zone)?;
    for chunk in script.steps.chunks(CHUNK) {
        let mut steps = Vec::with_capacity(chunk.len());
        for step in chunk {
            steps.push(past_step(desk, cast, script, step).await?);
            steps.extend(promise(cast, step, &zone));
        }
        let opened = desk
            .run(
                &Actor::System,
                PlayHistory {
                    known: known.clone(),
                    steps,
                },
            )
            .await?;
        known.extend(opened);
    }
    Ok(known)
}

/// What a reply promises, as if its writer had ticked it.
fn promise(cast: &Cast, step: &Step, zone: &TimeZone) -> Option<PastStep> {
    let Deed::Reply { by, markdown, .. } = &step.deed else {
        return None;
    };
    let ground = Ground {
        now: step.at,
        zone,
        calendar: None,
    };
    let found = read(markdown, &ground)?;
    Some(PastStep {
        ticket: step.ticket,
        at: step.at,
        deed: PastDeed::Promised {
            by: cast.people[*by],
            words: markdown[found.span].to_owned(),
            due: found.due,
        },
    })
}

async fn past_step(desk: &Desk, cast: &Cast, script: &Script, step: &Step) -> Result<PastStep> {
    let changed = |by: usize, change| PastDeed::Changed {
        by: Some(cast.people[by]),
        change,
    };
    let deed = match &step.deed {
        Deed::CustomerMail(mail) => {
            let customer = &script.shop.customers[mail.customer];
            let text = format!("{} {}", mail.subject, mail.body_text);
            PastDeed::CustomerWrote(Box::new(PastMail {
                email: EmailAddress::parse(&customer.email)?,
                name: customer.name.clone(),
                mailbox: cast.mailboxes[mail.mailbox],
                subject: mail.subject.clone(),
                body: mail.body_text.clone(),
                terms: analyse(&text),
                reading: Some(Reading::of_text(&mail.body_text)),
                files: stage(desk, step.ticket, mail.attachment).await?,
            }))
        }
        Deed::Reply { by, markdown, then } => PastDeed::Replied {
            by: cast.people[*by],
            body: markdown.clone(),
            then: *then,
        },
        Deed::Note { by, markdown } => PastDeed::Noted {
            by: cast.people[*by],
            body: markdown.clone(),
        },
        Deed::Assign { by, team, to } => changed(
            *by,
            Change::Assign {
                team: Some(cast.teams[*team as usize]),
                person: to.map(|person| cast.people[person]),
            },
        ),
        Deed::SetKind { by, kind } => changed(*by, Change::Kind(Some(*kind))),
        Deed::SetUrgency { by, urgency } => changed(*by, Change::Urgency(*urgency)),
        Deed::Tag { by, tags } => changed(
            *by,
            Change::Tags(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        ),
        Deed::Move { by, status } => PastDeed::Changed {
            by: by.map(|person| cast.people[person]),
            change: Change::Status(*status),
        },
        Deed::Spam { by } => changed(*by, Change::Spam(true)),
    };
    Ok(PastStep {
        ticket: step.ticket,
        at: step.at,
        deed,
    })
}

async fn stage(desk: &Desk, ticket: usize, attachment: Option<Attachment>) -> Result<Vec<NewFile>> {
    let Some(attachment) = attachment else {
        return Ok(Vec::new());
    };
    let scope = format!("demo/{ticket}");
    let blob = candor_desk::blob::stage(desk, &scope, attachment.bytes.to_vec()).await?;
    Ok(vec![NewFile {
        name: attachment.file_name.to_owned(),
        media_type: attachment.media_type.to_owned(),
        size: attachment.bytes.len() as i64,
        blob,
        content_id: String::new(),
        inline: false,
    }])
}
