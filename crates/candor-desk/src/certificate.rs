//! The certificate under which pages are served.
//!
//! Owns: what is known of it, when it is renewed and asked for again, who hears that this fails,
//! and that keys lie encrypted where several nodes share them. Must not know: TLS, the dialogue with
//! the authority; the binary speaks.

mod plan;
mod secret;
mod state;

pub use plan::{CertificateAlarm, pause_after, renew_at};
pub use secret::{
    CertificateSecret, ChallengeAnswer, DropChallenges, KeepCertificateSecret,
    LeaveCertificateLease, PutChallenge, TakeCertificateLease,
};
pub use state::{
    CertificateAlarms, CertificateFailure, CertificateIssued, CertificateOf, CertificateSource,
    CertificateState, KeepCertificateState, TryCertificateAgain,
};
