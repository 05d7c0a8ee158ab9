//! One spelling for letters that people write in several ways.
//!
//! Owns: the folding of Latin letters. Must not know: languages.

/// Writes a lower-case word without its diacritics: `müller` becomes `muller`.
pub(super) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for letter in word.chars() {
        match plain(letter) {
            Some(letters) => out.push_str(letters),
            None if is_mark(letter) => {}
            None => out.push(letter),
        }
    }
    out
}

/// Writes umlauts the way a foreign keyboard does: `müller` becomes `mueller`. None without any.
pub(super) fn spell_out(word: &str) -> Option<String> {
    if !word.contains(['ä', 'ö', 'ü']) {
        return None;
    }
    let spelled = word
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue");
    Some(fold(&spelled))
}

/// A combining mark that stands after its letter.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_combining_letters_fold_alike() {
        assert_eq!(fold("crème"), fold("cre\u{300}me"));
        assert_eq!(fold("größe"), "grosse");
        assert_eq!(spell_out("größe").as_deref(), Some("groesse"));
        assert_eq!(spell_out("grosse"), None);
    }
}
