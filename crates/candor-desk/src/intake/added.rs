//! What the writer of a mail added, before any verb.
//!
//! Owns: what is folded away, the language and the tone of the rest, and a hash by which mail that
//! repeats itself is noticed. Must not know: tickets.

use super::read::{ReadError, panic_in_words};
use crate::cx::{Cx, Desk, Query};
use crate::error::DeskError;
use crate::tone;
use candor_domain::actor::Actor;
use candor_mail::{IncomingMessage, TrimContext, Trimmed, detect_language, trim_within};
use candor_store::Tx;
use sha2::{Digest, Sha256};

/// Earlier mails of a sender from which a signature is learned.
const EARLIER: i64 = 3;
/// Guesses below this are no better than none.
const LEAST_CONFIDENCE: f64 = 0.4;
/// Letters below which a text says nothing about the language that its writer reads.
const FEWEST_LETTERS: usize = 24;

/// What the writer added.
#[derive(Debug, Clone)]
pub(super) struct Added {
    pub(super) trimmed: Trimmed,
    /// The language of the reply, where it is clear.
    pub(super) language: Option<&'static str>,
    /// Whether the reply is long enough to learn the writer's language from it.
    pub(super) is_telling: bool,
    /// Sender and reply in one hash.
    pub(super) echo: String,
    /// The mood of the reply.
    pub(super) tone: tone::Reading,
}

impl Added {
    fn of(message: &IncomingMessage, context: &TrimContext) -> Self {
        let trimmed = trim_within(message, context);
        let reply = trimmed.reply.as_str();
        let guess = detect_language(reply).filter(|guess| guess.confidence >= LEAST_CONFIDENCE);
        let letters = reply.chars().filter(|c| c.is_alphabetic()).count();
        let sender = message.from.as_ref().map(|from| from.address.to_string());
        let foreign = trimmed.removed.iter().map(|removed| removed.range.clone());
        Self {
            language: guess.map(|guess| guess.code),
            is_telling: letters >= FEWEST_LETTERS,
            echo: echo_of(sender.as_deref().unwrap_or_default(), reply),
            tone: tone::Reading::of_own(&message.text, foreign),
            trimmed,
        }
    }
}

/// Finds it. The message is handed through.
pub(super) async fn find_added(
    desk: &Desk,
    message: IncomingMessage,
) -> Result<(IncomingMessage, Added), ReadError> {
    let sender = message.from.as_ref().map(|from| from.address.to_string());
    let earlier = match sender {
        Some(sender) => desk.ask(&Actor::Mail, TextsOf(sender)).await?,
        None => Vec::new(),
    };
    let texts = &desk.config().texts;
    let context = TrimContext {
        delimiters: [&texts.english, &texts.german]
            .map(|texts| texts.delimiter.clone())
            .to_vec(),
        earlier,
    };
    let finding = tokio::task::spawn_blocking(move || {
        let added = Added::of(&message, &context);
        (message, added)
    });
    finding
        .await
        .map_err(|error| ReadError::Broken(panic_in_words(error)))
}

/// The same for the same words of the same sender, however they are spaced.
fn echo_of(sender: &str, reply: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(sender.as_bytes());
    for word in reply.split_whitespace() {
        hash.update(b" ");
        hash.update(word.as_bytes());
    }
    hex::encode(&hash.finalize()[..16])
}

struct TextsOf(String);

impl Query for TextsOf {
    type Output = Vec<String>;
    fn read(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<Vec<String>, DeskError> {
        Ok(tx.texts_of_sender(&self.0, EARLIER)?)
    }
}

#[cfg(test)]
mod tests {
    use super::echo_of;

    #[test]
    fn a_text_repeats_itself_however_it_is_spaced_and_only_from_the_same_sender() {
        let one = echo_of("kim@post.example", "I am  away\nuntil Monday");
        assert_eq!(one, echo_of("kim@post.example", "I am away until Monday\n"));
        assert_ne!(one, echo_of("eve@else.example", "I am away until Monday"));
        assert_ne!(one, echo_of("kim@post.example", "I am away until Tuesday"));
    }
}
