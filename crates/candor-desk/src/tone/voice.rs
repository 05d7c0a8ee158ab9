//! The voices of the house: which there are, and who speaks with which.
//!
//! Owns: keeping own voices and their places among the settings. Must not know: how a draft is
//! checked against a voice.

use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::people::staff_only;
use crate::setting::{Known, keep, value};
use candor_domain::id::{BrandId, MailboxId};
use candor_domain::mailbox::{Brand, Mailbox};
use candor_domain::permission::Permission;
use candor_store::Tx;
use candor_tone::voice::VoiceProfile;

/// Own voices lie under this name and their number.
const OWN: &str = "voice.own.";
/// Most own voices.
const MOST_OWN: usize = 50;
/// Longest voice as it is stored, in bytes.
const LONGEST: usize = 20_000;
/// The voice of a house that chose none.
const USUAL: &str = "smart-casual";

/// A voice with the word by which it is chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The word in addresses: `fun`, `own-1`.
    pub word: String,
    /// Whether it is the house's own; ours stay as they are.
    pub own: bool,
    /// How it sounds.
    pub profile: VoiceProfile,
}

/// Who speaks with a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoicePlace {
    /// Every mailbox of a brand.
    Brand(BrandId),
    /// One mailbox, whatever its brand does.
    Mailbox(MailboxId),
}

impl VoicePlace {
    fn setting(self) -> String {
        match self {
            Self::Brand(id) => format!("voice.brand.{id}"),
            Self::Mailbox(id) => format!("voice.mailbox.{id}"),
        }
    }
}

const fn known(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: false,
    }
}

fn ours() -> Vec<Voice> {
    let profiles = [
        VoiceProfile::office_professional(),
        VoiceProfile::smart_casual(),
        VoiceProfile::fun(),
    ];
    profiles
        .into_iter()
        .map(|profile| Voice {
            word: profile.name.clone(),
            own: false,
            profile,
        })
        .collect()
}

/// Every voice, ours first.
fn voices(tx: &mut Tx<'_>) -> Result<Vec<Voice>, DeskError> {
    let mut voices = ours();
    for setting in tx.settings()? {
        let Some(number) = setting.name.strip_prefix(OWN) else {
            continue;
        };
        // An empty value is a voice that was taken away.
        if let Ok(profile) = serde_json::from_str::<VoiceProfile>(&setting.value) {
            voices.push(Voice {
                word: format!("own-{number}"),
                own: true,
                profile,
            });
        }
    }
    Ok(voices)
}

/// The voice in which a mailbox speaks: its own, else its brand's, else the usual one.
pub(super) fn voice_of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<VoiceProfile, DeskError> {
    let mut word = value(tx, cx, &known(&VoicePlace::Mailbox(mailbox).setting()))?;
    if word.is_empty()
        && let Some(mailbox) = tx.mailbox(mailbox)?
    {
        word = value(tx, cx, &known(&VoicePlace::Brand(mailbox.brand).setting()))?;
    }
    if let Some(ours) = VoiceProfile::named(&word) {
        return Ok(ours);
    }
    let number = word.strip_prefix("own-").unwrap_or_default();
    let own = tx.setting(&format!("{OWN}{number}"))?;
    let own = own.and_then(|own| serde_json::from_str(&own.value).ok());
    Ok(own.unwrap_or_default())
}

/// Asks for every voice, and who speaks with which.
#[derive(Debug, Clone, Copy)]
pub struct Voices;

/// Every voice, and who speaks with which; an empty word follows the brand, or the usual voice.
#[derive(Debug, Clone)]
pub struct VoicesView {
    /// The voices, ours first.
    pub voices: Vec<Voice>,
    /// Brands with the word of their voice.
    pub brands: Vec<(Brand, String)>,
    /// Mailboxes with the word of their voice.
    pub mailboxes: Vec<(Mailbox, String)>,
}

impl VoicesView {
    /// A voice by its word.
    pub fn named(&self, word: &str) -> Option<&Voice> {
        self.voices.iter().find(|voice| voice.word == word)
    }

    /// The word of the voice of a house that chose none.
    pub fn usual(&self) -> &'static str {
        USUAL
    }
}

impl Query for Voices {
    type Output = VoicesView;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<VoicesView, DeskError> {
        staff_only(cx)?;
        let mut view = VoicesView {
            voices: voices(tx)?,
            brands: Vec::new(),
            mailboxes: Vec::new(),
        };
        for brand in tx.brands()? {
            let word = value(tx, cx, &known(&VoicePlace::Brand(brand.id).setting()))?;
            view.brands.push((brand, word));
        }
        for mailbox in tx.mailboxes()? {
            let word = value(tx, cx, &known(&VoicePlace::Mailbox(mailbox.id).setting()))?;
            view.mailboxes.push((mailbox, word));
        }
        Ok(view)
    }
}

/// Adds a voice of the house, or changes one.
#[derive(Debug, Clone)]
pub struct KeepVoice {
    /// Its word; `None` for a new one.
    pub word: Option<String>,
    /// How it sounds.
    pub profile: VoiceProfile,
}

impl Verb for KeepVoice {
    /// Its word.
    type Output = String;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<String, DeskError> {
        cx.may_at_all(Permission::ManageBrand)?;
        let profile = self.checked()?;
        let number = match &self.word {
            Some(word) => own_number(tx, word)?,
            None => next_number(tx)?,
        };
        let stored = serde_json::to_string(&profile).expect("a profile becomes JSON");
        let mut check = Check::default();
        check.text("phrases", &stored, LONGEST);
        check.done()?;
        keep(tx, cx, &known(&format!("{OWN}{number}")), &stored)?;
        Ok(format!("own-{number}"))
    }
}

impl KeepVoice {
    fn checked(&self) -> Result<VoiceProfile, DeskError> {
        let mut check = Check::default();
        let mut profile = self.profile.clone();
        profile.name = check.name("name", &profile.name);
        check.between("warmth", profile.warmth.into(), (0, 3));
        check.between("humour", profile.humour.into(), (0, 3));
        check.between("longest_words", profile.longest_words as i64, (20, 2000));
        check.between("reading_ease", profile.reading_ease as i64, (0, 100));
        profile
            .phrases
            .retain(|phrase| !phrase.avoid.trim().is_empty());
        check.done()?;
        let makes_sense = profile.validate();
        makes_sense.map_err(|error| DeskError::Internal(error.to_string()))?;
        Ok(profile)
    }
}

/// The number of an own voice that is there.
fn own_number(tx: &mut Tx<'_>, word: &str) -> Result<i64, DeskError> {
    let gone = || DeskError::NotFound("voice");
    let number: i64 = word
        .strip_prefix("own-")
        .and_then(|number| number.parse().ok())
        .ok_or_else(gone)?;
    let setting = tx.setting(&format!("{OWN}{number}"))?.ok_or_else(gone)?;
    (!setting.value.is_empty())
        .then_some(number)
        .ok_or_else(gone)
}

/// A number that no voice ever had.
fn next_number(tx: &mut Tx<'_>) -> Result<i64, DeskError> {
    let settings = tx.settings()?;
    let own = settings.iter().filter_map(|setting| {
        let number: i64 = setting.name.strip_prefix(OWN)?.parse().ok()?;
        Some((number, setting.value.is_empty()))
    });
    let own: Vec<(i64, bool)> = own.collect();
    if own.iter().filter(|(_, gone)| !gone).count() >= MOST_OWN {
        return Err(DeskError::invalid(
            "name",
            "error-too-many-voices",
            "50 voices are the most",
        ));
    }
    Ok(own.iter().map(|(number, _)| *number).max().unwrap_or(0) + 1)
}

/// Takes an own voice away. Who spoke with it speaks as the brand does, or as usual.
#[derive(Debug, Clone)]
pub struct DropVoice {
    /// Its word.
    pub word: String,
}

impl Verb for DropVoice {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageBrand)?;
        let number = own_number(tx, &self.word)?;
        let places = tx.settings()?;
        let places = places.iter().filter(|setting| {
            setting.value == self.word
                && (setting.name.starts_with("voice.brand.")
                    || setting.name.starts_with("voice.mailbox."))
        });
        for place in places {
            keep(tx, cx, &known(&place.name), "")?;
        }
        keep(tx, cx, &known(&format!("{OWN}{number}")), "")
    }
}

/// Chooses who speaks with which voice.
#[derive(Debug, Clone)]
pub struct UseVoice {
    /// Who.
    pub place: VoicePlace,
    /// The voice's word; empty follows the brand, or the usual voice.
    pub word: String,
}

impl Verb for UseVoice {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageBrand)?;
        match self.place {
            VoicePlace::Brand(id) => {
                tx.brand(id)?.ok_or(DeskError::NotFound("brand"))?;
            }
            VoicePlace::Mailbox(id) => {
                tx.mailbox(id)?.ok_or(DeskError::NotFound("mailbox"))?;
            }
        }
        let there = self.word.is_empty() || voices(tx)?.iter().any(|voice| voice.word == self.word);
        if !there {
            return Err(DeskError::NotFound("voice"));
        }
        keep(tx, cx, &known(&self.place.setting()), &self.word)
    }
}
