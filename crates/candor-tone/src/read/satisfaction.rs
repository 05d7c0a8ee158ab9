//! How content somebody seems after each turn of a dialog.
//!
//! Owns: the running estimate over turns. Must not know: tickets, mood lines shown to people.

use super::Reading;

/// Who wrote a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The customer.
    User,
    /// Our side.
    Agent,
}

/// A dialog as it unfolds.
#[derive(Debug, Clone, Default)]
pub struct Dialog {
    last: f32,
}

impl Dialog {
    /// Takes the next turn and estimates how content the customer is, -1 to 1.
    pub fn turn(&mut self, role: Role, _text: &str, reading: &Reading) -> f32 {
        if role == Role::User {
            self.last = reading.sentiment;
        }
        self.last
    }
}
