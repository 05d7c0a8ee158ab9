//! What mail servers write for people.
//!
//! Owns: lists of phrases. Must not know: how they are used.

/// A line that begins the returned message, in lower case.
pub(super) const RETURNED: &[&str] = &[
    "original message",
    "copy of the message",
    "copy of your message",
    "below this line",
    "header of the original",
    "message headers follow",
    "headers of the message",
    "returned message",
    "unsent message",
    "message text follows",
    "original headers",
    "message header follows",
    "undelivered message",
    "rejected message",
];

/// Words of a server that still tries, in lower case.
pub(super) const DELAY: &[&str] = &[
    "will be retried",
    "will continue to be retried",
    "will retry",
    "will keep trying",
    "still trying",
    "not yet been delivered",
    "warning message only",
    "do not need to resend",
    "could not send message for past",
    "delivery attempts will continue",
    "has been delayed",
    "is delayed",
    "delivery delayed",
    "(delay)",
    "temporarily deferred",
    "zustellung verzögert",
    "wird weiter versucht",
    "remise retardée",
    "se ha retrasado",
    "consegna ritardata",
];

/// Words of a server that gave up; they outweigh the others.
pub(super) const GAVE_UP: &[&str] = &[
    "giving up",
    "given up",
    "permanent error",
    "permanent failure",
    "permanent fatal",
    "failed permanently",
    "retry timeout exceeded",
    "was aborted",
    "will be deleted from queue",
];

/// Words of a server whose time ran out while the failure was a passing one (RFC 3463, 4.4.7), in
/// lower case.
pub(super) const EXPIRED: &[&str] = &[
    "retry timeout exceeded",
    "retry time not reached",
    "failing for a long time",
    "delivery time expired",
];
