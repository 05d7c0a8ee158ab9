//! The brake: when the desk sends too much by itself, all of it stops until a person looks.
//!
//! Owns: when it falls, and releasing it. Must not know: what the mails say, how pages show it.

use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::setting::{Known, keep, value};
use candor_domain::permission::Permission;
use candor_store::Tx;
use jiff::{SignedDuration, Timestamp};

/// Most automatic mails of the whole desk: mails, within minutes.
const MOST: [(i64, i64); 2] = [(100, 10), (400, 60)];

/// Since when it is on, as microseconds; a minus stands before when it was last released.
const BRAKE: Known<'static> = Known {
    name: "automatic.brake",
    default: "0",
    secret: false,
};

/// Since when the brake is on; `None` while it is not.
fn on_since(tx: &mut Tx<'_>, cx: &Cx) -> Result<(Option<Timestamp>, Timestamp), DeskError> {
    let kept: i64 = value(tx, cx, &BRAKE)?.parse().unwrap_or_default();
    let at = Timestamp::from_microsecond(kept.abs()).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(if kept > 0 { (Some(at), at) } else { (None, at) })
}

/// Whether the brake is on; it falls when one more mail would be too many.
pub(super) fn is_on(tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
    let (since, released_at) = on_since(tx, cx)?;
    if since.is_some() {
        return Ok(true);
    }
    for (most, minutes) in MOST {
        let window = cx.now() - SignedDuration::from_mins(minutes);
        if tx.automatic_mails_since(window.max(released_at))? >= most {
            let now = cx.now().as_microsecond().to_string();
            keep(tx, cx, &BRAKE, &now)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Asks since when the brake is on. Nobody but those who look after outgoing mail hears of it.
#[derive(Debug, Clone, Copy)]
pub struct Brake;

impl Query for Brake {
    type Output = Option<Timestamp>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<Timestamp>, DeskError> {
        if cx.may_at_all(Permission::ManageOutgoing).is_err() {
            return Ok(None);
        }
        Ok(on_since(tx, cx)?.0)
    }
}

/// Lets the desk send by itself again.
#[derive(Debug, Clone, Copy)]
pub struct ReleaseBrake;

impl Verb for ReleaseBrake {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        if on_since(tx, cx)?.0.is_none() {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        let released = -cx.now().as_microsecond();
        keep(tx, cx, &BRAKE, &released.to_string())
    }
}
