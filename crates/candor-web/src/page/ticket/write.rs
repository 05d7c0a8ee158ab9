//! Sending replies and writing notes.
//!
//! Owns: what the composer's buttons lead to. Must not know: when a reply goes out, or why not.

use super::given::is_same;
use super::hints::Hints;
use super::written::{Answer, Written};
use super::{Told, page};
use crate::cookie::{self, Flash};
use crate::error::{PageError, PageResult};
use crate::failure::Failure;
use crate::page::Page;
use crate::page::inbox::Spot;
use axum::extract::{Multipart, Path};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use candor_desk::level::{KeepDraftPromise, promise_in};
use candor_desk::ticket::{
    AttachToDraft, DropFile, SaveDraft, SendDraft, TakeBack, ThrowAway, WriteNote, stage_upload,
};
use candor_desk::tone::check_draft;
use candor_desk::{Conflict, DeskError};
use candor_domain::id::{DraftId, TicketId};
use candor_domain::message::{Channel, MessageKind};
use candor_domain::text::StaffText;

/// `POST /tickets/{ticket}/replies`
pub(crate) async fn reply(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
    form: Multipart,
) -> PageResult {
    let written = Written::read(form).await?;
    let spot = Spot::of_form(&headers);
    if let Some(done) = without_sending(&cx, ticket, &spot, &written).await? {
        return Ok(done);
    }
    let draft = keep(&cx, ticket, &written).await?;
    if let Some(answer) = ask_first(&cx, ticket, &spot, &written, (draft, &headers)).await? {
        return Ok(answer);
    }
    if let Some(answer) = hold_to_it(&cx, ticket, &spot, &written, draft).await? {
        return Ok(answer);
    }
    let seen = written.seen;
    match cx.run(SendDraft { draft, seen }).await {
        Ok(_) => Ok(cx.lead_to(&format!("{}#composer", spot.ticket(ticket)), None)),
        Err(error) => refuse(&cx, ticket, &spot, MessageKind::Reply, error).await,
    }
}

/// `POST /tickets/{ticket}/notes`
pub(crate) async fn note(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
    form: Multipart,
) -> PageResult {
    let written = Written::read(form).await?;
    let spot = Spot::of_form(&headers);
    if let Some(done) = without_sending(&cx, ticket, &spot, &written).await? {
        return Ok(done);
    }
    keep(&cx, ticket, &written).await?;
    let note = WriteNote {
        files: Vec::new(),
        ticket,
        body: StaffText::new(written.body),
        channel: Channel::Desk,
    };
    match cx.run(note).await {
        Ok(message) => Ok(cx.lead_to(&format!("{}#message-{message}", spot.ticket(ticket)), None)),
        Err(error) => refuse(&cx, ticket, &spot, MessageKind::Note, error).await,
    }
}

/// The one gentle question before a reply goes out that could hurt, or the better words in place.
/// That it was asked is kept in the writer's own browser, and nowhere else.
async fn ask_first(
    cx: &Page,
    ticket: TicketId,
    spot: &Spot,
    written: &Written,
    (draft, headers): (DraftId, &HeaderMap),
) -> Result<Option<Response>, PageError> {
    let before = cookie::asked(headers) == Some(draft);
    let better = written.answer == Answer::UseBetter;
    if !better && (before || written.answer == Answer::KeepMine) {
        return Ok(None);
    }
    let body = &written.body;
    let Some(found) = check_draft(&cx.app.desk, &cx.actor, ticket, body).await? else {
        return Ok(None);
    };
    if better {
        let better = found.question().and_then(|hint| hint.better.as_ref());
        let body = better.map_or_else(|| body.clone(), |better| better.applied(body));
        keep(cx, ticket, &written.with_body(body)).await?;
        let told = Flash::new("done-better-words");
        let back = format!("{}#composer", spot.ticket(ticket));
        return Ok(Some(cx.lead_to(&back, Some(&told))));
    }
    let Some(question) = Hints::asking(&cx.t, body, &found, written.then.as_str()) else {
        return Ok(None);
    };
    let told = Told {
        kind: Some(MessageKind::Reply),
        refused: None,
        question: Some(question),
    };
    let mut answer = page(cx, ticket, spot, told, StatusCode::OK).await?;
    let mark = cookie::keep_asked(cx.site(), draft);
    answer.headers_mut().append(SET_COOKIE, mark);
    Ok(Some(answer))
}

/// Keeps with the draft what its writer ticked, or asks about a promise that nobody offered: the
/// page had no script, or the hand was faster.
async fn hold_to_it(
    cx: &Page,
    ticket: TicketId,
    spot: &Spot,
    written: &Written,
    draft: DraftId,
) -> Result<Option<Response>, PageError> {
    let found = promise_in(&cx.app.desk, &cx.actor, ticket, &written.body).await?;
    let taken = written.promise.zip(found.as_ref());
    let taken = taken.is_some_and(|(taken, found)| is_same(taken, found));
    let asks = !taken && (!written.offered || written.promise.is_some());
    if let Some(found) = found.as_ref().filter(|_| asks) {
        let told = Told {
            kind: Some(MessageKind::Reply),
            refused: None,
            question: Some(Hints::holding(&cx.t, found, written.then.as_str())),
        };
        return page(cx, ticket, spot, told, StatusCode::OK).await.map(Some);
    }
    let promise = found.filter(|_| taken);
    cx.run(KeepDraftPromise { draft, promise }).await?;
    Ok(None)
}

/// Keeps everything first, so that nothing is lost whatever comes next.
async fn keep(cx: &Page, ticket: TicketId, written: &Written) -> Result<DraftId, Failure> {
    let draft = cx
        .run(SaveDraft {
            ticket,
            kind: written.kind,
            body: written.body.clone(),
            cc: vec![written.cc.clone()],
            then: written.then,
            seen: written.seen,
        })
        .await?;
    for (name, bytes) in &written.files {
        let scope = ticket.subject();
        let file = stage_upload(&cx.app.desk, &scope, (name, bytes.clone()), false).await?;
        cx.run(AttachToDraft {
            ticket,
            kind: written.kind,
            seen: written.seen,
            file,
        })
        .await?;
    }
    Ok(draft)
}

/// What the buttons do that send nothing, and the way back.
async fn without_sending(
    cx: &Page,
    ticket: TicketId,
    spot: &Spot,
    written: &Written,
) -> Result<Option<Response>, Failure> {
    let kind = written.kind;
    let back = match kind {
        MessageKind::Note => format!("{}&write=note#composer", spot.ticket(ticket)),
        _ => format!("{}#composer", spot.ticket(ticket)),
    };
    let told = if written.discard {
        cx.run(ThrowAway { ticket, kind }).await?;
        Some(Flash::new("done-draft-discarded"))
    } else if let Some(file) = written.drop {
        keep(cx, ticket, written).await?;
        cx.run(DropFile { file }).await?;
        None
    } else if written.keep {
        keep(cx, ticket, written).await?;
        Some(Flash::new("done-draft-kept"))
    } else {
        return Ok(None);
    };
    Ok(Some(cx.lead_to(&back, told.as_ref())))
}

/// The page again, with the draft kept and the reason beside it.
async fn refuse(
    cx: &Page,
    ticket: TicketId,
    spot: &Spot,
    kind: MessageKind,
    error: DeskError,
) -> PageResult {
    let (status, refused) = match &error {
        DeskError::Conflict(Conflict::NewerMessage(_)) => {
            (StatusCode::CONFLICT, cx.t.get("composer-newer"))
        }
        DeskError::Conflict(Conflict::Rule(_)) => (StatusCode::CONFLICT, cx.t.get("composer-rule")),
        DeskError::Invalid(fields) => {
            let words = fields.iter().map(|field| cx.t.get(field.id));
            let words: Vec<String> = words.collect();
            (StatusCode::UNPROCESSABLE_ENTITY, words.join(" "))
        }
        _ => return Err(error.into()),
    };
    let told = Told {
        kind: Some(kind),
        refused: Some(refused),
        question: None,
    };
    page(cx, ticket, spot, told, status).await
}

/// `DELETE /drafts/{draft}/sending`: the reply is a draft again.
pub(crate) async fn take_back(
    cx: Page,
    Path(draft): Path<DraftId>,
    headers: HeaderMap,
) -> PageResult {
    let ticket = cx.run(TakeBack { draft }).await?;
    let spot = Spot::of_form(&headers);
    let told = Flash::new("done-taken-back");
    Ok(cx.lead_to(&format!("{}#composer", spot.ticket(ticket)), Some(&told)))
}
