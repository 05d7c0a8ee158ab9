//! The OpenAPI document.
//!
//! Owns: what stands in it beside the operations. Must not know: handlers.

use super::{customer, file, people, promise, roster, search, skill, ticket};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Candor",
        description = "The API of the desk. Send a token as `Authorization: Bearer candor_...`; make one with `candor token create --person ADDRESS`. Its scopes are permissions, and it can never do more than its person.\n\nA field or a query parameter that is not in this document is refused and named. A failure is a problem document (RFC 9457). Times are in UTC with microseconds.\n\nFiles travel inside the JSON: `files` is a list of a name and the bytes in base64. 20 files and 36 MiB of JSON are the most for one call.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        ticket::index, ticket::create, ticket::show, ticket::change, ticket::close, ticket::reopen,
        ticket::messages, ticket::message, ticket::reply, ticket::note, ticket::promise, ticket::withdraw, file::show, search::index, promise::queue,
        people::people, people::teams, people::mailboxes, customer::show,
        roster::show, roster::shift::add, roster::shift::show, roster::shift::change, roster::shift::remove, roster::shift::bring_back,
        roster::absence::ask, roster::absence::show, roster::absence::withdraw, roster::absence::restore, roster::absence::decide, roster::absence::ask_again,
        skill::list, skill::add, skill::show, skill::change, skill::remove, skill::bring_back,
    ),
    components(schemas(Problem, ProblemError)),
    modifiers(&Everywhere),
    tags(
        (name = "Tickets", description = "A customer's matter, from the first message to the last."),
        (name = "Messages", description = "What was written in a ticket, and its files."),
        (name = "Customers", description = "Whoever writes to the shop."),
        (name = "Roster", description = "Who works when, and who is away. For leads."),
        (name = "Skills", description = "What not everybody can do, and which tickets need it."),
        (name = "Desk", description = "Whom tickets are given to, and where they come in."),
    )
)]
struct Document;

/// Why a request was not done (RFC 9457).
#[derive(ToSchema)]
#[expect(dead_code, reason = "documents what the error module writes")]
struct Problem {
    /// `urn:candor:problem:` and a word that stays.
    r#type: String,
    /// What happened, in the language of `Accept-Language`.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What to do next.
    detail: String,
    /// The request's name in the log.
    instance: String,
    /// What is wrong with single fields.
    #[schema(required = false)]
    errors: Vec<ProblemError>,
}

/// What is wrong with one field.
#[derive(ToSchema)]
#[expect(dead_code, reason = "documents what the error module writes")]
struct ProblemError {
    /// Its name, such as `customer.email`.
    field: String,
    /// What is wrong with it.
    detail: String,
}

/// The whole document, OpenAPI 3.1.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    env!("CARGO_PKG_VERSION").clone_into(&mut document.info.version);
    document
}

/// What every operation has.
struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        for (path, item) in &mut document.paths.paths {
            for (method, operation) in [
                ("get", &mut item.get),
                ("post", &mut item.post),
                ("put", &mut item.put),
                ("patch", &mut item.patch),
                ("delete", &mut item.delete),
            ] {
                if let Some(operation) = operation {
                    operation.operation_id = Some(operation_id(method, path));
                }
            }
        }
    }
}

/// A name that no other operation has, such as `get_tickets_number_messages`: programs that are made
/// from the document call their functions so.
fn operation_id(method: &str, path: &str) -> String {
    let path = path.trim_start_matches("/api/v1");
    let words = path.split(['/', '{', '}']).filter(|word| !word.is_empty());
    words.fold(method.to_owned(), |id, word| format!("{id}_{word}"))
}
