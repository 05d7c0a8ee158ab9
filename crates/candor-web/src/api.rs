//! The API for programs: `/api/v1`.
//!
//! Owns: its routes, how requests are read strictly and answers written. Must not know: rules; it
//! calls the verbs that the pages call.
//!
//! Bodies are JSON with exactly the fields that are documented: an unknown one is refused and
//! named together with the nearest right one. Lists are `{"items": [...], "next_cursor": ...}`.
//! Failures are problem documents (RFC 9457). A `POST` with an `Idempotency-Key` happens once.

mod caller;
mod customer;
mod docs;
mod document;
mod fields;
mod file;
mod params;
mod people;
mod promise;
mod respond;
mod roster;
mod search;
mod shape;
mod skill;
mod ticket;
mod upload;

pub use document::openapi;

use crate::route::{Admission, RouteBook};
use crate::state::App;
use candor_domain::permission::Permission;

/// What a body with files may weigh: 25 MiB of files in base64, and a text.
const FILES_BODY_BYTES: usize = 36 * 1024 * 1024;

/// Adds the API's routes.
pub fn routes(book: &mut RouteBook<App>) {
    let read = Admission::Api(Permission::ReadTickets);
    let reply = Admission::Api(Permission::Reply);
    let note = Admission::Api(Permission::Note);
    let change = Admission::Api(Permission::Change);
    let customers = Admission::Api(Permission::ReadCustomers);
    book.get("/api/v1/tickets", read, ticket::index)
        .post_large("/api/v1/tickets", reply, FILES_BODY_BYTES, ticket::create)
        .get("/api/v1/tickets/{number}", read, ticket::show)
        .patch("/api/v1/tickets/{number}", read, ticket::change)
        .post("/api/v1/tickets/{number}/closure", change, ticket::close)
        .delete("/api/v1/tickets/{number}/closure", change, ticket::reopen)
        .get("/api/v1/tickets/{number}/messages", read, ticket::messages)
        .get(
            "/api/v1/tickets/{number}/messages/{id}",
            read,
            ticket::message,
        )
        .post_large(
            "/api/v1/tickets/{number}/replies",
            reply,
            FILES_BODY_BYTES,
            ticket::reply,
        )
        .post_large(
            "/api/v1/tickets/{number}/notes",
            note,
            FILES_BODY_BYTES,
            ticket::note,
        )
        .post("/api/v1/tickets/{number}/promises", reply, ticket::promise)
        .post(
            "/api/v1/tickets/{number}/promises/{id}/withdrawal",
            reply,
            ticket::withdraw,
        )
        .get("/api/v1/attachments/{id}", read, file::show)
        .get("/api/v1/search", read, search::index)
        .get("/api/v1/queue", read, promise::queue)
        .get("/api/v1/people", read, people::people)
        .get("/api/v1/teams", read, people::teams)
        .get("/api/v1/mailboxes", read, people::mailboxes)
        .get("/api/v1/customers/{id}", customers, customer::show)
        .get("/api/v1/openapi.json", Admission::Public, docs::document)
        .get("/api/docs", Admission::Public, docs::show);
    roster::routes(book);
    skill::routes(book);
}
