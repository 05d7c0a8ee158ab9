//! When a certificate is renewed, asked for again, and when somebody hears of trouble.
//!
//! Owns: these three rules. Must not know: storage, who asks.

use super::state::{CertificateSource, CertificateState};
use jiff::{SignedDuration, Timestamp};

/// The first pause after a failure; each further one is twice as long, up to the longest. Let's
/// Encrypt forbids a name for an hour after five failures within one.
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(10);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(12);
/// For how long renewal may fail before somebody hears of it: weeks before the end.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// So long before its end somebody hears of a certificate that nobody renews by itself.
const ENDS_SOON: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The instant from which on a certificate is renewed: at two thirds of its life, which leaves a
/// third for whatever goes wrong.
pub fn renew_at(from: Timestamp, until: Timestamp) -> Timestamp {
    from + (until.duration_since(from) / 3) * 2
}

/// How long it is not asked for again after so many failures in a row.
pub fn pause_after(tries: u32) -> SignedDuration {
    let doublings = tries.saturating_sub(1).min(16);
    (FIRST_PAUSE * (1 << doublings)).min(LONGEST_PAUSE)
}

/// What is wrong with the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateAlarm {
    /// None could be got yet; browsers warn of the self-made one.
    NoneYet,
    /// It has ended; browsers warn.
    Ended(Timestamp),
    /// It cannot be renewed, and ends at that time.
    NotRenewed(Timestamp),
    /// It ends at that time, and nobody renews it by itself.
    EndsSoon(Timestamp),
}

impl CertificateAlarm {
    /// What is to be told at an instant, if anything.
    pub fn of(state: &CertificateState, now: Timestamp) -> Option<Self> {
        let failing = state.failure.as_ref();
        let Some(until) = state.until else {
            return failing.map(|_| Self::NoneYet);
        };
        if until <= now {
            return Some(Self::Ended(until));
        }
        if failing.is_some_and(|failure| now.duration_since(failure.since) >= PATIENCE) {
            return Some(Self::NotRenewed(until));
        }
        let soon = until.duration_since(now) < ENDS_SOON;
        let by_hand = state.source == CertificateSource::Files;
        (by_hand && soon).then_some(Self::EndsSoon(until))
    }
}

#[cfg(test)]
mod tests {
    use super::super::state::CertificateFailure;
    use super::*;
    use jiff::ToSpan;

    fn day(day: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + (24 * day).hours()
    }

    fn state(source: CertificateSource, failing_since: Option<i64>) -> CertificateState {
        CertificateState {
            source,
            from: Some(day(0)),
            until: Some(day(90)),
            failure: failing_since.map(|since| CertificateFailure {
                since: day(since),
                ..CertificateFailure::default()
            }),
            ..CertificateState::default()
        }
    }

    #[test]
    fn a_third_of_its_life_is_left_when_it_is_renewed() {
        assert_eq!(renew_at(day(0), day(90)), day(60));
        assert_eq!(renew_at(day(5), day(11)), day(9));
    }

    #[test]
    fn at_most_four_tries_fall_into_the_first_hour() {
        let mut minutes = 0;
        let mut tries = 1;
        while minutes + pause_after(tries).as_mins() <= 60 {
            minutes += pause_after(tries).as_mins();
            tries += 1;
        }
        assert_eq!(tries, 3);
        assert_eq!(pause_after(40), LONGEST_PAUSE);
    }

    #[test]
    fn trouble_is_told_a_day_after_it_began_and_weeks_before_the_end() {
        let authority = state(CertificateSource::Authority, Some(60));
        assert_eq!(CertificateAlarm::of(&authority, day(60)), None);
        assert_eq!(
            CertificateAlarm::of(&authority, day(61)),
            Some(CertificateAlarm::NotRenewed(day(90)))
        );
        assert_eq!(
            CertificateAlarm::of(&authority, day(90)),
            Some(CertificateAlarm::Ended(day(90)))
        );
        let quiet = state(CertificateSource::Authority, None);
        assert_eq!(CertificateAlarm::of(&quiet, day(89)), None);
        let by_hand = state(CertificateSource::Files, None);
        assert_eq!(
            CertificateAlarm::of(&by_hand, day(80)),
            Some(CertificateAlarm::EndsSoon(day(90)))
        );
    }

    #[test]
    fn the_first_failure_of_the_first_certificate_is_told_at_once() {
        let first = CertificateState {
            from: None,
            until: None,
            ..state(CertificateSource::Authority, Some(0))
        };
        assert_eq!(
            CertificateAlarm::of(&first, day(0)),
            Some(CertificateAlarm::NoneYet)
        );
    }
}
