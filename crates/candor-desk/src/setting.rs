//! Settings of the desk.
//!
//! Owns: which settings there are, with their defaults, and that secret ones lie encrypted.
//! Must not know: what they are good for.

mod outgoing;
mod sealed;

pub use outgoing::{ChangeOutgoing, Outgoing, OutgoingSettings};
pub(crate) use outgoing::{tls_of, tls_word};

use crate::cx::Cx;
use crate::error::DeskError;
use crate::journal::record;
use candor_domain::record::Setting;
use candor_store::Tx;
use serde_json::json;

/// A setting: its name, and what counts where nobody set it.
pub(crate) struct Known<'a> {
    pub(crate) name: &'a str,
    pub(crate) default: &'static str,
    pub(crate) secret: bool,
}

const HOST: Known<'static> = Known {
    name: "outgoing.host",
    default: "",
    secret: false,
};
const PORT: Known<'static> = Known {
    name: "outgoing.port",
    default: "587",
    secret: false,
};
const TLS: Known<'static> = Known {
    name: "outgoing.tls",
    default: "starttls",
    secret: false,
};
const USER: Known<'static> = Known {
    name: "outgoing.user",
    default: "",
    secret: false,
};
const PASSWORD: Known<'static> = Known {
    name: "outgoing.password",
    default: "",
    secret: true,
};

/// Encrypts a secret that lies under a name, in a setting or elsewhere in the database.
pub(crate) fn seal_secret(cx: &Cx, name: &str, secret: &str) -> Result<String, DeskError> {
    let random = cx.random(&format!("nonce:{name}"));
    sealed::seal(&cx.keys().secrets, name, secret, &random)
}

/// Decrypts what was encrypted under this name.
pub(crate) fn open_secret(cx: &Cx, name: &str, sealed: &str) -> Result<String, DeskError> {
    sealed::open(&cx.keys().secrets, name, sealed)
}

/// The value of a setting, decrypted.
pub(crate) fn value(tx: &mut Tx<'_>, cx: &Cx, known: &Known<'_>) -> Result<String, DeskError> {
    let Some(kept) = tx.setting(known.name)? else {
        return Ok(known.default.to_owned());
    };
    if known.secret && !kept.value.is_empty() {
        open_secret(cx, known.name, &kept.value)
    } else {
        Ok(kept.value)
    }
}

/// Stores a value when it is another than before.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    cx: &Cx,
    known: &Known<'_>,
    new: &str,
) -> Result<(), DeskError> {
    if value(tx, cx, known)? == new {
        return Ok(());
    }
    let subject = format!("setting:{}", known.name);
    let stored = if known.secret && !new.is_empty() {
        seal_secret(cx, known.name, new)?
    } else {
        new.to_owned()
    };
    let setting = Setting {
        name: known.name.to_owned(),
        value: stored,
        salt: cx.salt(&subject),
    };
    tx.keep_setting(&setting)?;
    record(
        tx,
        cx,
        "setting.changed",
        json!({ "name": known.name }),
        &[&setting],
    )
}
