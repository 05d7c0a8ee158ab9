//! Getting in and out: login, logout, forgotten password, invitation, first run.
//!
//! Owns: the pages at the door. Must not know: how passwords are kept.

mod login;

use crate::route::{Admission, RouteBook};
use crate::state::App;

/// Writes the pages at the door into the book.
pub fn routes(book: &mut RouteBook<App>) {
    book.get("/login", Admission::Public, login::show)
        .post("/login", Admission::Public, login::create)
        .post("/logout", Admission::Public, login::remove);
}
