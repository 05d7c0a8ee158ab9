//! One spelling for the many spellings of a word.
//!
//! Owns: case, apostrophes, umlauts, stretched letters, shorthand and the commonest slips.
//! Must not know: rules, sentences.

/// Letters of a word that are looked at; no word of a rule is longer.
const LONGEST: usize = 40;

/// Folds a word as it stands in a text or in a rule.
pub(crate) fn fold(raw: &str) -> String {
    let mut word = String::with_capacity(raw.len().min(LONGEST) + 4);
    let mut run = 0;
    let mut before = '\0';
    for letter in raw.chars().flat_map(char::to_lowercase).take(LONGEST) {
        run = if letter == before { run + 1 } else { 0 };
        before = letter;
        if run >= 2 && letter.is_alphabetic() {
            continue;
        }
        match letter {
            '\u{2019}' | '`' => word.push('\''),
            'ä' => word.push_str("ae"),
            'ö' => word.push_str("oe"),
            'ü' => word.push_str("ue"),
            'ß' => word.push_str("ss"),
            '\u{300}'..='\u{36f}' => {}
            other => word.push(other),
        }
    }
    match SHORTHAND.binary_search_by_key(&word.as_str(), |(short, _)| short) {
        Ok(at) => SHORTHAND[at].1.to_owned(),
        Err(_) => word,
    }
}

/// Written short or wrong, and what is meant. Sorted.
const SHORTHAND: &[(&str, &str)] = &[
    ("accross", "across"),
    ("acount", "account"),
    ("alot", "lots"),
    ("appriciate", "appreciate"),
    ("aren", "aren't"),
    ("arent", "aren't"),
    ("awfull", "awful"),
    ("becasue", "because"),
    ("becuase", "because"),
    ("beleive", "believe"),
    ("cancle", "cancel"),
    ("cant", "can't"),
    ("couldnt", "couldn't"),
    ("cuz", "because"),
    ("definately", "definitely"),
    ("delievery", "delivery"),
    ("didnt", "didn't"),
    ("disapointed", "disappointed"),
    ("disapointing", "disappointing"),
    ("dissapointed", "disappointed"),
    ("dissapointing", "disappointing"),
    ("doesnt", "doesn't"),
    ("dont", "don't"),
    ("finaly", "finally"),
    ("furios", "furious"),
    ("hasnt", "hasn't"),
    ("havent", "haven't"),
    ("helpfull", "helpful"),
    ("helpp", "help"),
    ("im", "i'm"),
    ("imediately", "immediately"),
    ("immediatly", "immediately"),
    ("isnt", "isn't"),
    ("itz", "it's"),
    ("ive", "i've"),
    ("lawer", "lawyer"),
    ("msg", "message"),
    ("nich", "nicht"),
    ("noo", "no"),
    ("noone", "nobody"),
    ("pleasee", "please"),
    ("pls", "please"),
    ("plz", "please"),
    ("realy", "really"),
    ("reciept", "receipt"),
    ("recieve", "receive"),
    ("recieved", "received"),
    ("rediculous", "ridiculous"),
    ("refnud", "refund"),
    ("ridiculus", "ridiculous"),
    ("shoudl", "should"),
    ("shouldnt", "shouldn't"),
    ("soo", "so"),
    ("sooo", "so"),
    ("teh", "the"),
    ("terible", "terrible"),
    ("thanx", "thanks"),
    ("thats", "that's"),
    ("thier", "their"),
    ("thnx", "thanks"),
    ("thx", "thanks"),
    ("tks", "thanks"),
    ("tommorow", "tomorrow"),
    ("tommorrow", "tomorrow"),
    ("tomorow", "tomorrow"),
    ("u", "you"),
    ("unacceptible", "unacceptable"),
    ("unaceptable", "unacceptable"),
    ("ungeduldug", "ungeduldig"),
    ("untill", "until"),
    ("ur", "your"),
    ("urgant", "urgent"),
    ("urgend", "urgent"),
    ("usefull", "useful"),
    ("wasnt", "wasn't"),
    ("wierd", "weird"),
    ("wont", "won't"),
    ("wouldnt", "wouldn't"),
    ("wrte", "wrote"),
    ("ya", "you"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_says_something() {
        for pair in SHORTHAND.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} after {}", pair[1].0, pair[0].0);
        }
        for (short, meant) in SHORTHAND {
            assert_ne!(short, meant);
        }
    }

    #[test]
    fn one_spelling_for_many() {
        assert_eq!(fold("Dont"), "don't");
        assert_eq!(fold("soooooo"), "so");
        assert_eq!(fold("Übel"), "uebel");
        assert_eq!(fold("e\u{301}\u{301}\u{301}cole"), "ecole");
    }
}
