//! Tone: hear the customer, and catch the reply that would hurt.
//!
//! Owns: reading one message (sentiment, feelings, tone), checking a draft, the house voice, the
//! mood of a conversation. Must not know: tickets, storage, clocks, networks, who wrote a text.
//!
//! A text is never refused: whatever comes in, a reading comes out, in time proportional to a
//! bounded part of the text.

pub mod check;
pub mod cue;
pub mod features;
pub mod lines;
pub mod model;
pub mod mood;
pub mod phrase;
pub mod read;
pub mod vader;
pub mod voice;

/// Counts the versions of everything that a reading depends on: the model, the cue rules, the word
/// lists, how they are put together. Raised with each change of them, so that what was read before
/// can be read again. A test holds it to the files.
pub const VERSION: i64 = 4;
