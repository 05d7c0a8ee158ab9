//! Whether a mail may act as somebody of the team.
//!
//! Owns: that rule. Must not know: what it would do.

use crate::cx::Cx;
use crate::error::DeskError;
use crate::intake::reason;
use crate::intake::understand::Understand;
use crate::people::access_of;
use candor_domain::permission::Access;
use candor_mail::{MailKind, NamedAddress, StaffRef};
use candor_store::Tx;
use jiff::SignedDuration;

/// The same text of the same sender so often within an hour is a machine's.
const REPEATS: i64 = 3;

impl Understand {
    /// As whom the mail may act, or why as nobody.
    pub(super) fn speaks_for(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        sender: &NamedAddress,
        place: StaffRef,
    ) -> Result<Result<Access, &'static str>, DeskError> {
        let domain = sender.address.domain();
        let checked = self.checked.as_ref();
        let is_sure = checked.is_some_and(|checked| checked.is_surely_of(domain));
        if !is_sure || !self.names_one_sender(domain) {
            return Ok(Err(reason::STAFF_UNVERIFIED));
        }
        let person = tx.person_by_email(&sender.address)?;
        if person.is_none_or(|person| person.id != place.person) {
            return Ok(Err(reason::STAFF_OTHER));
        }
        let Some(access) = access_of(tx, place.person)? else {
            return Ok(Err(reason::STAFF_LEFT));
        };
        if self.mail.verdict.kind != MailKind::Personal {
            return Ok(Err(reason::STAFF_LIST));
        }
        let since = cx.now() - SignedDuration::from_hours(1);
        if tx.echoes_since(&self.mail.added.echo, since)? + 1 >= REPEATS {
            return Ok(Err(reason::STAFF_REPEATS));
        }
        Ok(Ok(access))
    }

    /// Whether one `From` names one sender: whoever checks and whoever reads must mean the same.
    fn names_one_sender(&self, domain: &str) -> bool {
        let headers = &self.mail.message.headers;
        let mut from = headers.iter().filter(|field| field.name == "from");
        let (Some(only), None) = (from.next(), from.next()) else {
            return false;
        };
        let written = only.value.to_ascii_lowercase();
        let mut after = written.split('@').skip(1);
        after.all(|rest| {
            rest.strip_prefix(domain).is_some_and(|rest| {
                !rest.starts_with(|next: char| next.is_alphanumeric() || ".-".contains(next))
            })
        })
    }
}
