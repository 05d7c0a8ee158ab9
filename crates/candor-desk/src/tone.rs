//! Tone: how customers feel, and what in a draft could hurt.
//!
//! Owns: reading what customers wrote, the mood of their conversations, private hints to whoever
//! writes, the voice of the house. Must not know: how a text is read (`candor-tone` does), pages.
//!
//! Only customers are read. What a check of a draft finds goes to its writer and nowhere else: no
//! row, no entry, no line of a log.

mod fold;
mod hint;
mod read;
mod view;
mod voice;

pub use candor_tone::check::{CheckKind, Rewrite};
pub use candor_tone::cue::CueKind;
pub use candor_tone::mood::{MoodLevel, Trend};
pub use candor_tone::voice::{EmojiPolicy, Formality, HousePhrase, VoiceProfile};
pub(crate) use fold::{fold, keep_new};
pub use hint::{DraftHints, Hint, HintsWanted, SwitchHints, check_draft, check_sample};
pub use read::{READ_JOB, Reading, read_job, read_waiting};
pub(crate) use view::tone_of;
pub use view::{CueSeen, MoodSeen, ToneSeen, TurnSeen};
pub use voice::{DropVoice, KeepVoice, UseVoice, Voice, VoicePlace, Voices, VoicesView};
