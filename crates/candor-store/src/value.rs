//! Values on their way into a statement and out of a row.
//!
//! Owns: the four storage classes both engines share, and which Rust types they carry. Must not
//! know: what the values mean.

mod ids;

use std::borrow::Cow;

use jiff::Timestamp;

/// A value for a place in a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// No value.
    Null,
    /// A whole number; also booleans (0 and 1), ids, and instants in microseconds UTC.
    Int(i64),
    /// Text. NUL bytes are left out on the way in: PostgreSQL cannot keep them.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// A set of numbers for `in ($1)` or `not in ($1)`; it may be empty.
    Ids(Vec<i64>),
}

/// Something that a statement takes. Implemented for what columns hold, and for options and
/// references of it.
pub trait ToValue {
    /// The value as the seam carries it.
    fn to_value(&self) -> Value;
}

/// Lists values for a statement: `params![ticket, now, &subject]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        [$($crate::ToValue::to_value(&$value)),*]
    };
}

/// A column as it lies in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column<'a> {
    /// No value.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

/// Something that a column turns into.
pub trait FromValue: Sized {
    /// Reads the column; the error says what was expected.
    fn from_value(column: Column<'_>) -> Result<Self, &'static str>;
}

impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl<T: ToValue> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.to_value()
    }
}

impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value {
        Value::Blob(self.to_vec())
    }
}

impl<const N: usize> From<[u8; N]> for Value {
    fn from(bytes: [u8; N]) -> Self {
        bytes.to_value()
    }
}

macro_rules! to_value {
    ($($type:ty: $value:ident => $made:expr;)*) => {$(
        impl ToValue for $type {
            fn to_value(&self) -> Value {
                let $value = self;
                $made
            }
        }
    )*};
}

to_value! {
    i64: value => Value::Int(*value);
    i32: value => Value::Int(i64::from(*value));
    u32: value => Value::Int(i64::from(*value));
    u16: value => Value::Int(i64::from(*value));
    usize: value => Value::Int(*value as i64);
    bool: value => Value::Int(i64::from(*value));
    Timestamp: value => Value::Int(value.as_microsecond());
    str: value => Value::Text(value.to_owned());
    String: value => Value::Text(value.clone());
    Cow<'_, str>: value => Value::Text(value.clone().into_owned());
    [u8]: value => Value::Blob(value.to_vec());
    Vec<u8>: value => Value::Blob(value.clone());
    [i64]: value => Value::Ids(value.to_vec());
    Vec<i64>: value => Value::Ids(value.clone());
}

macro_rules! into_value {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                value.to_value()
            }
        }
    )*};
}

into_value!(
    i64,
    i32,
    u32,
    u16,
    usize,
    bool,
    Timestamp,
    &str,
    &[u8],
    &String
);

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Blob(value)
    }
}

/// Text without NUL bytes. It runs where values are bound, so that no way in misses it.
pub(crate) fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', ""))
    } else {
        Cow::Borrowed(text)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(column: Column<'_>) -> Result<Self, &'static str> {
        match column {
            Column::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl FromValue for i64 {
    fn from_value(column: Column<'_>) -> Result<Self, &'static str> {
        match column {
            Column::Int(value) => Ok(value),
            _ => Err("a whole number"),
        }
    }
}

impl FromValue for bool {
    fn from_value(column: Column<'_>) -> Result<Self, &'static str> {
        match column {
            Column::Int(value @ (0 | 1)) => Ok(value == 1),
            _ => Err("0 or 1"),
        }
    }
}

impl FromValue for Timestamp {
    fn from_value(column: Column<'_>) -> Result<Self, &'static str> {
        match column {
            Column::Int(value) => {
                Timestamp::from_microsecond(value).map_err(|_| "microseconds within calendar years")
            }
            _ => Err("microseconds"),
        }
    }
}

impl FromValue for String {
    fn from_value(column: Column<'_>) -> Result<Self, &'static str> {
        match column {
            Column::Text(value) => Ok(value.to_owned()),
            _ => Err("text"),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(column: Column<'_>) -> Result<Self, &'static str> {
        match column {
            Column::Blob(value) => Ok(value.to_vec()),
            _ => Err("bytes"),
        }
    }
}

impl<const N: usize> FromValue for [u8; N] {
    fn from_value(column: Column<'_>) -> Result<Self, &'static str> {
        match column {
            Column::Blob(value) => value.try_into().map_err(|_| "bytes of a fixed length"),
            _ => Err("bytes of a fixed length"),
        }
    }
}

macro_rules! small_integers {
    ($($type:ty),*) => {$(
        impl FromValue for $type {
            fn from_value(column: Column<'_>) -> Result<Self, &'static str> {
                match column {
                    Column::Int(value) => value.try_into().map_err(|_| "a smaller whole number"),
                    _ => Err("a whole number"),
                }
            }
        }
    )*};
}

small_integers!(i32, u32, u16, usize);
