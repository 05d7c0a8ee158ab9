//! Live updates: who listens, and what they are told.
//!
//! Owns: following the journal and presence, and one stream of topics for each browser.
//! Must not know: how a page shows what changed.

mod hub;
mod stream;

pub use hub::Hub;

use crate::route::{Admission, RouteBook};
use crate::state::App;

/// Writes the stream into the book.
pub fn routes(book: &mut RouteBook<App>) {
    book.get("/live", Admission::Staff, stream::listen);
}
