//! What may stand in a text's placeholder.
//!
//! Owns: the step from Rust values to Fluent's. Must not know: which text asks.

use fluent_bundle::FluentValue;

/// A value for a placeholder: words or a number. Numbers choose plural forms and are grouped in the
/// reader's style.
pub trait Argument {
    /// The value as Fluent knows it.
    fn value(&self) -> FluentValue<'_>;
}

impl Argument for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}

impl Argument for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Argument for $number {
            fn value(&self) -> FluentValue<'_> {
                FluentValue::from(*self)
            }
        }
    )*};
}
numbers!(i32, i64, u8, u16, u32, u64, usize);
