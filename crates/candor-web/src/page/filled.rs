//! What a form sent.
//!
//! Owns: reading fields that come once, several times or not at all, and which refusals a form
//! shows beside its fields. Must not know: which fields a form has.

use crate::error::PageError;
use crate::failure::{Failure, Faults, FieldFault};
use crate::i18n::key;
use candor_desk::{Conflict, DeskError};
use serde::Deserialize;
use std::str::FromStr;

/// The fields of a form in their order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Filled(Vec<(String, String)>);

impl Filled {
    /// A form as it would be sent with these values.
    pub(crate) fn with(values: &[(&str, String)]) -> Self {
        let owned = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        Self(owned.collect())
    }

    /// Puts a value into a field that is missing.
    pub(crate) fn fill(&mut self, name: &str, value: &str) {
        if self.text(name).is_empty() {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Puts a value into a field, whatever it held.
    pub(crate) fn put(&mut self, name: &str, value: &str) {
        self.0.retain(|(own, _)| own != name);
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// The text of a field; empty where it is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value)
    }

    /// The text of a field, or nothing where it is empty.
    pub(crate) fn optional(&self, name: &str) -> Option<String> {
        let text = self.text(name).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The value of a field that reads as one.
    pub(crate) fn value<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).trim().parse().ok()
    }

    /// A whole number; one that cannot be read is out of every range.
    pub(crate) fn number(&self, name: &str) -> i64 {
        self.value(name).unwrap_or(i64::MIN)
    }

    /// Every value of a field that comes several times.
    pub(crate) fn all<T: FromStr>(&self, name: &str) -> Vec<T> {
        let found = self.0.iter().filter(|(own, _)| own == name);
        found.filter_map(|(_, value)| value.parse().ok()).collect()
    }
}

/// What a form shows beside its fields; everything else is an error page.
pub(crate) fn faults_of(error: DeskError) -> Result<Faults, PageError> {
    match error {
        DeskError::Conflict(Conflict::Taken(field)) => Ok(Faults(vec![FieldFault::new(
            field,
            key("error-field-taken"),
        )])),
        other => match Failure::from(other) {
            Failure::Invalid(faults) => Ok(Faults(faults)),
            failure => Err(PageError(failure)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::Filled;

    #[test]
    fn a_form_may_send_a_field_once_often_or_never() {
        let form = Filled::with(&[
            ("team", "3".to_owned()),
            ("team", "x".to_owned()),
            ("team", "7".to_owned()),
            ("name", " Ann ".to_owned()),
            ("note", "  ".to_owned()),
        ]);
        assert_eq!(form.all::<i64>("team"), [3, 7]);
        assert_eq!(form.text("name"), " Ann ");
        assert_eq!(form.optional("note"), None);
        assert_eq!(form.value::<i64>("days"), None);
        assert_eq!(form.number("name"), i64::MIN);
    }
}
