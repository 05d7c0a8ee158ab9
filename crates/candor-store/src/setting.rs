//! Settings: names with values as text.
//!
//! Owns: the table `setting`. Must not know: which settings there are and which are secret.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::record::Setting;

const SETTING: Sql = Sql::Same("select name, value, salt from setting where name = $1");
const SETTINGS: Sql = Sql::Same("select name, value, salt from setting order by name");
const KEEP_SETTING: Sql = Sql::Same(
    "insert into setting (name, value, salt)
     values ($1, $2, $3)
     on conflict (name) do update set value = excluded.value, salt = excluded.salt",
);

impl Tx<'_> {
    /// A setting as it is stored; `None` where nobody ever set it.
    pub fn setting(&mut self, name: &str) -> Result<Option<Setting>, StoreError> {
        self.query_opt(SETTING, &params![name], read_setting)
    }

    /// Every setting that somebody set, by name.
    pub fn settings(&mut self) -> Result<Vec<Setting>, StoreError> {
        self.query(SETTINGS, &[], read_setting)
    }

    /// Stores a setting.
    pub fn keep_setting(&mut self, setting: &Setting) -> Result<(), StoreError> {
        let values = params![
            setting.name.as_str(),
            setting.value.as_str(),
            setting.salt.as_slice()
        ];
        self.put(KEEP_SETTING, &values)
    }
}

fn read_setting(row: &Row<'_>) -> Result<Setting, StoreError> {
    Ok(Setting {
        name: row.get(0)?,
        value: row.get(1)?,
        salt: row.get(2)?,
    })
}
