//! One ticket: its page, its parts, everything that is done to it.
//!
//! Owns: routes and the page with its columns. Must not know: rules; the desk has them.

mod change;
mod composer;
mod draft;
mod file;
mod given;
mod happening;
mod head;
pub(crate) mod hints;
mod mail_log;
mod mail_words;
mod message;
mod new;
mod origin;
mod presence;
mod promise;
mod side;
mod thread;
pub(crate) mod tone;
mod urgency;
pub(crate) mod words;
mod write;
mod written;

pub(crate) use mail_log::{came_by, log_chip, log_row};
pub(crate) use mail_words::{cause, fold, language_name, told};
pub(crate) use message::size_words;
pub(crate) use words::status_key;

use crate::error::{PageResult, render, render_with};
use crate::layout::{AppFrame, Columns, Section};
use crate::page::inbox::{Asked, ListColumn, Spot};
use crate::page::{Page, Rail};
use crate::part::Notice;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use candor_desk::DeskError;
use candor_desk::ticket::{MarkRead, TicketScreen, TicketScreenView};
use candor_domain::id::TicketId;
use candor_domain::message::MessageKind;
use candor_domain::permission::Permission;
use composer::Composer;
use head::Head;
use side::Side;
use thread::Thread;

/// What a reply with its files may weigh. Mail servers rarely take more.
const UPLOAD_LIMIT_BYTES: usize = 26 * 1024 * 1024;

/// Writes the ticket and what is done to it into the book.
pub fn routes(book: &mut RouteBook<App>) {
    let read = Admission::Permission(Permission::ReadTickets);
    let answer = Admission::Permission(Permission::Reply);
    let note = Admission::Permission(Permission::Note);
    book.get("/tickets/new", answer, new::show)
        .post_large("/tickets", answer, UPLOAD_LIMIT_BYTES, new::create)
        .get("/tickets/{ticket}", read, show)
        .get("/tickets/{ticket}/head", read, head_part)
        .get("/tickets/{ticket}/thread", read, thread_part)
        .get("/tickets/{ticket}/composer", read, composer_part)
        .get("/tickets/{ticket}/tone", read, tone::card_part)
        .get("/tickets/{ticket}/ear", read, tone::ear_part)
        .get("/tickets/{ticket}/urgency", read, urgency::part)
        .post("/tickets/{ticket}/hints", answer, hints::check)
        .put("/tickets/{ticket}/presence", read, presence::set)
        .delete("/tickets/{ticket}/presence", read, presence::leave)
        .put("/tickets/{ticket}/draft", read, draft::keep)
        .post_large(
            "/tickets/{ticket}/draft/files",
            read,
            UPLOAD_LIMIT_BYTES,
            draft::upload,
        )
        .get("/tickets/{ticket}/draft/files", read, draft::files)
        .post_large(
            "/tickets/{ticket}/replies",
            answer,
            UPLOAD_LIMIT_BYTES,
            write::reply,
        )
        .post_large(
            "/tickets/{ticket}/notes",
            note,
            UPLOAD_LIMIT_BYTES,
            write::note,
        )
        .delete("/drafts/{draft}/sending", answer, write::take_back)
        .post(
            "/tickets/{ticket}/level",
            Admission::Permission(Permission::Change),
            promise::set,
        )
        .post(
            "/tickets/{ticket}/urgency/decision",
            Admission::Permission(Permission::Change),
            urgency::decide,
        )
        .delete(
            "/tickets/{ticket}/urgency/decision",
            Admission::Permission(Permission::Change),
            urgency::take_back,
        )
        .post(
            "/tickets/{ticket}/promises/{cycle}/withdrawal",
            answer,
            given::withdraw,
        )
        .get("/attachments/{file}", read, file::attachment)
        .get("/messages/{message}/html", read, file::html)
        .get("/messages/{message}/raw", read, file::raw)
        .get("/messages/{message}/source", read, mail_log::source)
        .get("/tickets/{ticket}/mail", read, mail_log::log);
    change::routes(book);
}

#[derive(Template)]
#[template(path = "page/ticket/show.html")]
struct TicketPage {
    frame: AppFrame,
    list: ListColumn,
    told: Option<Notice>,
    presence: String,
    head: Head,
    thread: Thread,
    composer: Composer,
    side: Side,
}

/// What the composer shows beside the draft.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Reply or note; the reply where nothing is said.
    pub(crate) kind: Option<MessageKind>,
    /// Why it was not sent.
    pub(crate) refused: Option<String>,
    /// The one question before it goes out.
    pub(crate) question: Option<hints::Hints>,
}

/// `GET /tickets/{ticket}`
async fn show(cx: Page, Path(ticket): Path<TicketId>, Query(asked): Query<Asked>) -> PageResult {
    let told = Told {
        kind: (asked.write.as_deref() == Some("note")).then_some(MessageKind::Note),
        refused: None,
        question: None,
    };
    page(&cx, ticket, &asked.spot(), told, StatusCode::OK).await
}

/// The page, also for a form that was refused.
pub(crate) async fn page(
    cx: &Page,
    ticket: TicketId,
    spot: &Spot,
    told: Told,
    status: StatusCode,
) -> PageResult {
    let list = Some(spot.page());
    let mut screen = cx.ask(TicketScreenView { ticket, list }).await?;
    mark_read(cx, &screen).await?;
    let inbox = screen.inbox.take().ok_or(DeskError::NotFound("list"))?;
    let rail = Rail {
        counts: &inbox.counts,
        open: Some(spot.list),
    };
    let title = format!("#{ticket} {}", screen.view.ticket.subject);
    let mut frame = cx.frame(&title, Section::Inbox, Columns::Main, &rail);
    let notice = match frame.notice.take() {
        None => crate::page::settings::alert(cx).await?,
        told => told,
    };
    let page = TicketPage {
        told: notice,
        list: ListColumn::new(cx, spot, Some(ticket), (inbox.page, &inbox.due)),
        presence: format!("/tickets/{ticket}/presence"),
        head: Head::new(cx, &screen, spot),
        thread: Thread::new(cx, &screen),
        composer: Composer::new(cx, &screen, spot, told),
        side: Side::new(cx, &screen, spot),
        frame,
    };
    render_with(status, &page).map(|response| cx.told(response))
}

async fn mark_read(cx: &Page, screen: &TicketScreen) -> Result<(), DeskError> {
    let ticket = &screen.view.ticket;
    match ticket.last_public_message.filter(|_| screen.unread) {
        Some(message) => {
            let ticket = ticket.id;
            cx.note(MarkRead { ticket, message }).await
        }
        None => Ok(()),
    }
}

async fn screen(cx: &Page, ticket: TicketId) -> Result<TicketScreen, DeskError> {
    cx.ask(TicketScreenView { ticket, list: None }).await
}

/// `GET /tickets/{ticket}/head`, for htmx.
async fn head_part(cx: Page, Path(ticket): Path<TicketId>, headers: HeaderMap) -> PageResult {
    let spot = Spot::of_part(&headers).unwrap_or_else(|| Asked::default().spot());
    render(&Head::new(&cx, &screen(&cx, ticket).await?, &spot))
}

/// `GET /tickets/{ticket}/thread`, for htmx. Whoever sees the thread change has read it.
async fn thread_part(cx: Page, Path(ticket): Path<TicketId>) -> PageResult {
    let screen = screen(&cx, ticket).await?;
    mark_read(&cx, &screen).await?;
    render(&Thread::new(&cx, &screen))
}

/// `GET /tickets/{ticket}/composer`, for htmx, while a reply is on its way.
async fn composer_part(cx: Page, Path(ticket): Path<TicketId>, headers: HeaderMap) -> PageResult {
    let spot = Spot::of_part(&headers).unwrap_or_else(|| Asked::default().spot());
    let screen = screen(&cx, ticket).await?;
    render(&Composer::new(&cx, &screen, &spot, Told::default()))
}
