//! Which mails of a pile belong together.
//!
//! Owns: joining mails that name one another by their ids, in one pass over a pile of any order.
//! Must not know: who may write into which conversation; that is decided for each mail apart.

use std::collections::HashMap;

use crate::{IncomingMessage, MessageId};

/// Ids of one mail that are looked at. Whoever names more wants to join what is not theirs.
const MOST_IDS: usize = 100;

/// A pile of mails that is sorted into conversations while it is read.
#[derive(Debug, Clone, Default)]
pub struct Conversations {
    /// The mail or the unseen mail behind each id.
    known: HashMap<String, usize>,
    /// For each mail one that it belongs to; itself where it leads.
    leader: Vec<usize>,
}

impl Conversations {
    /// Takes a mail in and gives the number by which [`Self::of`] knows it.
    pub fn take(&mut self, message: &IncomingMessage) -> usize {
        let mail = self.leader.len();
        self.leader.push(mail);
        let ids = message
            .message_id
            .iter()
            .chain(&message.in_reply_to)
            .chain(message.references.iter().rev());
        for id in ids.take(MOST_IDS) {
            self.join(mail, id);
        }
        mail
    }

    /// The mail that stands for the conversation of a mail; the same for all of one conversation.
    pub fn of(&mut self, mail: usize) -> usize {
        let mut at = mail;
        while self.leader[at] != at {
            self.leader[at] = self.leader[self.leader[at]];
            at = self.leader[at];
        }
        at
    }

    fn join(&mut self, mail: usize, id: &MessageId) {
        let known = *self.known.entry(id.as_str().to_owned()).or_insert(mail);
        let (one, other) = (self.of(known), self.of(mail));
        // The earlier one leads, so that a pile in another order gives the same groups.
        let (first, second) = (one.min(other), one.max(other));
        self.leader[second] = first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(id: &str, answers: &[&str]) -> IncomingMessage {
        let parse = |id: &&str| MessageId::parse(id);
        IncomingMessage {
            message_id: MessageId::parse(id),
            references: answers.iter().filter_map(parse).collect(),
            ..IncomingMessage::default()
        }
    }

    fn groups(pile: &[IncomingMessage]) -> Vec<usize> {
        let mut sorted = Conversations::default();
        let mails: Vec<usize> = pile.iter().map(|mail| sorted.take(mail)).collect();
        mails.into_iter().map(|mail| sorted.of(mail)).collect()
    }

    #[test]
    fn mails_that_name_one_another_belong_together_in_any_order() {
        let pile = [
            mail("3@a.example", &["1@a.example", "2@a.example"]),
            mail("x@b.example", &[]),
            mail("1@a.example", &[]),
            mail("2@a.example", &["1@a.example"]),
        ];
        assert_eq!(groups(&pile), [0, 1, 0, 0]);
    }

    #[test]
    fn an_answer_to_a_mail_that_is_not_there_still_joins_its_sisters() {
        let pile = [
            mail("2@a.example", &["1@a.example"]),
            mail("", &[]),
            mail("3@a.example", &["1@a.example"]),
        ];
        assert_eq!(groups(&pile), [0, 1, 0]);
    }
}
