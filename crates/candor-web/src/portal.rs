//! The customers' pages.
//!
//! Owns: `/help` and what lies below. Must not know: anything that only staff may see; the desk
//! gives these pages a type of their own that holds nothing else.

mod ask;
mod conversation;
mod home;
mod promises;
pub(crate) mod rating;
mod request;
mod visitor;

pub(crate) use promises::owed_by;

use crate::route::{Admission, RouteBook};
use crate::state::App;
use candor_desk::visitor::MOST_BYTES;

/// What a form with files may weigh: the files, and room for the words and the marks between them.
const FORM_BYTES: usize = MOST_BYTES + 4 * 1024 * 1024;

/// Adds the customers' pages.
pub fn routes(book: &mut RouteBook<App>) {
    let request = Admission::Customer;
    book.get("/help", Admission::Public, home::show)
        .get("/help/ask", Admission::Public, ask::show)
        .post_large("/help/ask", Admission::Public, FORM_BYTES, ask::create)
        .get("/help/promises", Admission::Public, promises::show)
        .get("/help/thanks", Admission::Public, ask::thanks)
        .get("/help/r/{token}", request, request::show)
        .post_large(
            "/help/r/{token}/answers",
            request,
            FORM_BYTES,
            request::answer,
        )
        .get("/help/r/{token}/rating", request, rating::show)
        .post("/help/r/{token}/rating", request, rating::answer)
        .post("/help/r/{token}/settlement", request, request::settle)
        .delete("/help/r/{token}/settlement", request, request::unsettle)
        .get("/help/r/{token}/files/{file}", request, request::file);
}
