//! The desk's own words in the reader's language.
//!
//! Owns: text ids of statuses, kinds, urgencies, channels. Must not know: where they stand.

use crate::i18n::key;
use candor_domain::message::Channel;
use candor_domain::ticket::{Kind, Status, Urgency};

/// Where a ticket stands.
pub(crate) const fn status_key(status: Status) -> &'static str {
    match status {
        Status::New => key("status-new"),
        Status::Open => key("status-open"),
        Status::Waiting => key("status-waiting"),
        Status::OnHold => key("status-on-hold"),
        Status::Solved => key("status-solved"),
        Status::Closed => key("status-closed"),
    }
}

/// What the customer wants.
pub(crate) const fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Inquiry => key("kind-inquiry"),
        Kind::Complaint => key("kind-complaint"),
        Kind::Feedback => key("kind-feedback"),
    }
}

/// How much time there is.
pub(crate) const fn urgency_key(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Urgent => key("urgency-urgent"),
        Urgency::Normal => key("urgency-normal"),
        Urgency::CanWait => key("urgency-can-wait"),
    }
}

/// How a message came, where it is worth a word.
pub(crate) const fn channel_key(channel: Channel) -> Option<&'static str> {
    match channel {
        Channel::Mail | Channel::Desk => None,
        Channel::Form => Some(key("channel-form")),
        Channel::Page => Some(key("channel-page")),
        Channel::Api => Some(key("channel-api")),
        Channel::Phone => Some(key("channel-phone")),
    }
}
