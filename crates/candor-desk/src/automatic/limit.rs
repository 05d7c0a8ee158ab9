//! How many automatic mails are too many.
//!
//! Owns: the tables of counts and minutes. Must not know: what the mails say, where they are kept.

use candor_domain::id::TicketId;
use jiff::{SignedDuration, Timestamp};

/// Most automatic mails about one ticket to one address: mails, within minutes.
const ABOUT_A_TICKET: [(usize, i64); 5] = [(10, 10), (15, 30), (25, 60), (50, 180), (100, 600)];
/// The same over all tickets.
const IN_ALL: [(usize, i64); 5] = [(30, 10), (60, 30), (120, 60), (240, 180), (360, 600)];
/// An address is told once in this time that its mail arrived (RFC 3834, 2).
const ONCE_IN: SignedDuration = SignedDuration::from_hours(24);

/// As far back as the limits look.
pub(super) fn horizon(now: Timestamp) -> Timestamp {
    now - ONCE_IN
}

/// Whether an address had one within a day.
pub(super) fn had_one_today(sent: &[(Timestamp, TicketId)], now: Timestamp) -> bool {
    sent.iter().any(|(at, _)| *at > now - ONCE_IN)
}

/// Whether one more would be too many for an address.
pub(super) fn is_too_many(
    sent: &[(Timestamp, TicketId)],
    ticket: TicketId,
    now: Timestamp,
) -> bool {
    let within = |minutes: i64, about: Option<TicketId>| {
        let since = now - SignedDuration::from_mins(minutes);
        let counts = |(at, of): &&(Timestamp, TicketId)| {
            *at > since && about.is_none_or(|ticket| *of == ticket)
        };
        sent.iter().filter(counts).count()
    };
    let about = |&(most, minutes): &(usize, i64)| within(minutes, Some(ticket)) >= most;
    let in_all = |&(most, minutes): &(usize, i64)| within(minutes, None) >= most;
    ABOUT_A_TICKET.iter().any(about) || IN_ALL.iter().any(in_all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn sent(count: i64, every_seconds: i64, tickets: i64) -> Vec<(Timestamp, TicketId)> {
        let one = |number: i64| {
            let before = SignedDuration::from_secs(number * every_seconds);
            (NOW - before, TicketId(number % tickets))
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn the_eleventh_mail_in_ten_minutes_about_a_ticket_is_too_many() {
        assert!(!is_too_many(&sent(9, 1, 1), TicketId(0), NOW));
        assert!(is_too_many(&sent(10, 1, 1), TicketId(0), NOW));
        // Ten in ten minutes, about ten tickets, are not.
        assert!(!is_too_many(&sent(10, 1, 10), TicketId(0), NOW));
    }

    #[test]
    fn slow_streams_are_caught_by_the_longer_windows() {
        // One every two minutes: never ten in ten minutes, but fifteen in half an hour.
        assert!(is_too_many(&sent(15, 119, 1), TicketId(0), NOW));
        // One every six minutes: the hundred in ten hours.
        assert!(!is_too_many(&sent(99, 361, 1), TicketId(0), NOW));
        assert!(is_too_many(&sent(100, 359, 1), TicketId(0), NOW));
    }

    #[test]
    fn over_all_tickets_there_is_a_limit_too() {
        assert!(!is_too_many(&sent(29, 1, 30), TicketId(99), NOW));
        assert!(is_too_many(&sent(30, 1, 30), TicketId(99), NOW));
    }
}
