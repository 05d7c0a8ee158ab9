//! The words by which a customer is found while somebody types.
//!
//! Owns: the table `customer_word` and how a text becomes comparable words.
//! Must not know: the search in messages.

use crate::{Sql, StoreError, Tx, params};
use candor_domain::customer::Customer;
use candor_domain::id::CustomerId;
use std::collections::BTreeSet;

const DROP_WORDS: Sql = Sql::Same("delete from customer_word where customer_id = $1");
const INSERT_WORDS: Sql = Sql::Same("insert into customer_word (word, customer_id) values");
const BY_WORD: Sql = Sql::Same(
    "select distinct customer_id
       from customer_word
      where word >= $1 and word < $2
      order by customer_id desc
      limit $3",
);
const WORDS_OF: Sql = Sql::Same("select word from customer_word where customer_id = $1");

/// Longest word that is kept, in characters.
const LONGEST_WORD: usize = 64;

/// A text in the form in which lists are sorted: lower case, without accents.
pub fn folded(text: &str) -> String {
    let mut form = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match without_accent(c) {
            Some(plain) => form.push_str(plain),
            None => form.push(c),
        }
    }
    form
}

/// The words of a text: runs of letters and digits, folded and cut.
pub fn words_of(text: &str) -> Vec<String> {
    folded(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect()
}

/// The letters that European names are written with, as their plain neighbours. Others stay as
/// they are and are found as they are written.
fn without_accent(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ä' => "a",
        'ç' | 'ć' | 'č' | 'ĉ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ĺ' | 'ļ' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' | 'ö' => "o",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        '\u{300}'..='\u{36f}' => "",
        _ => return None,
    })
}

impl Tx<'_> {
    /// Writes the words of a customer anew: of the name, the identities and the organization.
    pub fn index_customer(&mut self, customer: &Customer) -> Result<(), StoreError> {
        let mut words: BTreeSet<String> = words_of(&customer.name).into_iter().collect();
        for identity in self.identities_of(customer.id)? {
            words.extend(words_of(&identity.value));
        }
        if let Some(organization) = customer.organization
            && let Some(organization) = self.organization(organization)?
        {
            words.extend(words_of(&organization.name));
        }
        self.put(DROP_WORDS, &params![customer.id])?;
        let rows: Vec<_> = words
            .into_iter()
            .map(|word| params![word, customer.id].to_vec())
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        self.insert_many(INSERT_WORDS, &rows)
    }

    /// Customers with a word that begins so, at most `limit` of them, the newest.
    pub(super) fn customers_by_word(
        &mut self,
        beginning: &str,
        limit: i64,
    ) -> Result<Vec<CustomerId>, StoreError> {
        // Both engines compare byte by byte here, and no letter sorts behind the last one.
        let end = format!("{beginning}\u{10ffff}");
        self.query(BY_WORD, &params![beginning, end, limit], |row| row.get(0))
    }

    /// Every word of a customer.
    pub(super) fn customer_words(&mut self, id: CustomerId) -> Result<Vec<String>, StoreError> {
        self.query(WORDS_OF, &params![id], |row| row.get(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_their_accents_are_typed() {
        assert_eq!(words_of("Zoë Müller-Strauß"), ["zoe", "muller", "strauss"]);
        assert_eq!(words_of("ZOE\u{308} "), ["zoe"]);
        assert_eq!(
            words_of("amira@haddad.example"),
            ["amira", "haddad", "example"]
        );
        assert_eq!(words_of("李雷 !"), ["李雷"]);
    }
}
