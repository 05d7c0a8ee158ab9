//! The languages Candor speaks, and the choice among them.
//!
//! Owns: codes and negotiation. Must not know: texts, requests.

/// A language that every text exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// British-neutral English, the language everything falls back to.
    #[default]
    English,
    /// German, polite form.
    German,
}

impl Language {
    /// Every language, in the order people choose from.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The BCP 47 code, as in `<html lang>` and as stored with a person or a customer.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The language's own name for itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Reads a code such as `de`, `de-AT` or `EN_gb`; `None` for a language we do not speak.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(primary.trim()))
    }

    /// Chooses by an `Accept-Language` header: the highest weight that we speak, else English.
    pub fn negotiate(accept_language: &str) -> Self {
        let mut best = (0_u32, Self::default());
        for choice in accept_language.split(',').take(20) {
            let mut parts = choice.split(';');
            let code = parts.next().unwrap_or_default();
            let weight = parts.find_map(weight_in_thousandths).unwrap_or(1000);
            if let Some(language) = Self::from_code(code)
                && weight > best.0
            {
                best = (weight, language);
            }
        }
        best.1
    }
}

/// A weight that cannot be read counts as none: the language is not asked for.
fn weight_in_thousandths(parameter: &str) -> Option<u32> {
    let weight: f64 = parameter.trim().strip_prefix("q=")?.parse().unwrap_or(0.0);
    Some((weight.clamp(0.0, 1.0) * 1000.0).round() as u32)
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_heaviest_language_we_speak_wins() {
        let german = [
            "de",
            "de-AT,en;q=0.8",
            "fr, de;q=0.5, en;q=0.4",
            "en;q=0.2,de;q=0.9",
        ];
        for header in german {
            assert_eq!(Language::negotiate(header), Language::German, "{header}");
        }
        let english = [
            "",
            "*",
            "fr",
            "en-US,de;q=0.9",
            "de;q=0",
            ";;;,q=x",
            "de;q=nan,en",
        ];
        for header in english {
            assert_eq!(Language::negotiate(header), Language::English, "{header}");
        }
    }
}
