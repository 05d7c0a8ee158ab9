//! What somebody unknown may leave here, and what a customer may behind their link.
//!
//! Owns: how often one network may write, how much it may hand over, and the order of it: the brake
//! first, then the files, then the words. Must not know: forms.
//!
//! Nothing here sends a mail: a form that anybody can fill in must not write to anybody.

use crate::auth::Braked;
use crate::customer::learn_language;
use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use crate::ticket::{AnswerOnPage, Answered, NewFile, OpenTicket, stage_upload};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_store::Tx;

/// The most that one network hands over in files before it has rested for an hour, in KiB.
const MOST_KIB: i64 = 60 * 1024;
/// Most files at once.
const MOST_FILES: usize = 10;
/// The most that files at once may weigh.
pub const MOST_BYTES: usize = 15 * 1024 * 1024;

/// A file as it was handed over: its name and its bytes.
pub type Handed = (String, Vec<u8>);

/// Where something came from.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The internet address; empty where unknown.
    pub address: String,
    /// The language of the page that it was written on.
    pub language: String,
}

/// Takes in what somebody wrote in the ask form.
///
/// # Errors
/// `Invalid` names the fields; `SlowDown` when too much came from there.
pub async fn ask(
    desk: &Desk,
    origin: &Origin,
    mut open: OpenTicket,
    files: Vec<Handed>,
) -> Result<(), DeskError> {
    let scope = hex::encode(desk.config().entropy.seed());
    open.files = taken(desk, origin, &scope, files).await?;
    let verb = Ask {
        open,
        language: origin.language.clone(),
    };
    desk.run(&Actor::Visitor, verb).await
}

/// Takes in what a customer wrote on their request page.
///
/// # Errors
/// As [`ask`].
pub async fn answer(
    desk: &Desk,
    customer: &Actor,
    (ticket, body): (TicketId, String),
    origin: &Origin,
    files: Vec<Handed>,
) -> Result<Answered, DeskError> {
    let verb = AnswerOnPage {
        ticket,
        body,
        files: taken(desk, origin, &ticket.subject(), files).await?,
    };
    desk.run(customer, verb).await
}

/// Counts, then stages what was handed over.
async fn taken(
    desk: &Desk,
    origin: &Origin,
    scope: &str,
    files: Vec<Handed>,
) -> Result<Vec<NewFile>, DeskError> {
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    if files.len() > MOST_FILES {
        return Err(DeskError::invalid(
            "files",
            "error-too-many-files",
            "10 files are the most at once",
        ));
    }
    if bytes > MOST_BYTES {
        return Err(DeskError::invalid(
            "files",
            "error-files-large",
            "15 MB are the most at once",
        ));
    }
    let count = CountVisit {
        address: origin.address.clone(),
        bytes,
    };
    desk.run(&Actor::Visitor, count).await?;
    let mut staged = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        staged.push(stage_upload(desk, scope, (&name, bytes), false).await?);
    }
    Ok(staged)
}

/// Counts something that a visitor sends, before it is stored.
struct CountVisit {
    address: String,
    bytes: usize,
}

impl Verb for CountVisit {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        Braked::address("ask", &self.address).count(tx, cx.now())?;
        let kib = self.bytes.div_ceil(1024) as i64;
        Braked::address("files", &self.address).spend(tx, cx.now(), (kib, MOST_KIB))
    }
}

/// Opens the ticket and remembers the language.
struct Ask {
    open: OpenTicket,
    language: String,
}

impl Verb for Ask {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let ticket = self.open.apply(tx, cx)?;
        learn_language(tx, cx, ticket.customer, &self.language)
    }
}
