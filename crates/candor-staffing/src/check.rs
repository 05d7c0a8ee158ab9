//! Edges of what the formulas accept.
//!
//! Owns: the refusal of values that would give NaN, infinity or an endless loop. Must not know: any
//! formula.

use crate::error::StaffingError;

/// The most servers that are counted one by one.
pub(crate) const MOST_SERVERS: u64 = 1_000_000;

/// The largest rate, load or duration that keeps its digits in what follows.
const LARGEST: f64 = 1e12;

/// A number from zero up.
pub(crate) fn not_negative(name: &str, value: f64) -> Result<f64, StaffingError> {
    within(
        name,
        value,
        (0.0..=LARGEST).contains(&value),
        "from 0 to 1e12",
    )
}

/// A number above zero.
pub(crate) fn positive(name: &str, value: f64) -> Result<f64, StaffingError> {
    let fits = (1.0 / LARGEST..=LARGEST).contains(&value);
    within(name, value, fits, "from 1e-12 to 1e12")
}

/// A duration in minutes of either sign, up to 190 years.
pub(crate) fn minutes(name: &str, value: f64) -> Result<f64, StaffingError> {
    within(name, value, value.abs() <= 1e8, "of minutes up to 1e8")
}

/// A part of a whole, both ends included.
pub(crate) fn share(name: &str, value: f64) -> Result<f64, StaffingError> {
    let fits = (0.0..=1.0).contains(&value);
    within(name, value, fits, "between 0 and 1")
}

/// A part of a whole that is neither nothing nor all of it.
pub(crate) fn inner_share(name: &str, value: f64) -> Result<f64, StaffingError> {
    let fits = value > 0.0 && value < 1.0;
    within(name, value, fits, "above 0 and below 1")
}

/// A number of servers.
pub(crate) fn servers(name: &str, value: u64) -> Result<u64, StaffingError> {
    if (1..=MOST_SERVERS).contains(&value) {
        Ok(value)
    } else {
        Err(StaffingError::invalid(
            name,
            value,
            format!("it must be a whole number from 1 to {MOST_SERVERS}"),
        ))
    }
}

fn within(name: &str, value: f64, fits: bool, range: &str) -> Result<f64, StaffingError> {
    if fits {
        Ok(value)
    } else {
        let need = format!("it must be a number {range}");
        let shown = if value.abs() > LARGEST {
            format!("{value:e}")
        } else {
            value.to_string()
        };
        Err(StaffingError::invalid(name, shown, need))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_value_and_what_is_allowed() {
        let refusal = not_negative("load", f64::NAN).unwrap_err().to_string();
        assert_eq!(
            refusal,
            "load is NaN, but it must be a number from 0 to 1e12"
        );
        assert!(positive("aht", 0.0).is_err());
        assert!(positive("aht", f64::INFINITY).is_err());
        assert!(share("goal", 1.0).is_ok());
        assert!(inner_share("goal", 1.0).is_err());
        assert!(servers("agents", 0).is_err());
    }
}
