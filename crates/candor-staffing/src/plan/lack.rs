//! What a roster lacks.
//!
//! Owns: the lacks as values, and their English words. Must not know: how they are found.

use jiff::civil::Date;
use std::fmt;

/// What a roster lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortage {
    /// The first lacks, by time.
    pub lacks: Vec<Lack>,
    /// How many more there are.
    pub more: usize,
}

/// One thing that a roster lacks.
#[derive(Debug, Clone, PartialEq)]
pub enum Lack {
    /// Too few people can be there at some time.
    People {
        /// On which day.
        date: Date,
        /// From when, `HH:MM` on the wall.
        from: String,
        /// Until when.
        to: String,
        /// So many are needed.
        need: u32,
        /// What they have to know.
        skill: Option<String>,
        /// So many can be there.
        there: u32,
        /// Who could have a shift then.
        able: Vec<String>,
    },
    /// A week needs more work than its people have hours.
    Hours {
        /// The first day of the week.
        week: Date,
        /// Hours that are needed.
        need: f64,
        /// Hours that the people have.
        have: f64,
    },
    /// Somebody would not get the hours that they are to have.
    Idle {
        /// Who.
        person: String,
        /// The first day of the week.
        week: Date,
        /// Hours that they are to have.
        least: f64,
        /// Hours that they can have.
        most: f64,
    },
}

impl fmt::Display for Shortage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, lack) in self.lacks.iter().enumerate() {
            let between = if place == 0 { "" } else { "; " };
            write!(f, "{between}{lack}")?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::People {
                date,
                from,
                to,
                need,
                skill,
                there,
                able,
            } => {
                let date = date.strftime("%a %-d %b");
                write!(f, "{date} {from}-{to} needs {need}")?;
                if let Some(skill) = skill {
                    write!(f, " with {skill}")?;
                }
                write!(f, ", but only {there} can be there (")?;
                if able.is_empty() {
                    return write!(f, "nobody has a shift then)");
                }
                write!(f, "able then: {})", able.join(", "))
            }
            Self::Hours { week, need, have } => write!(
                f,
                "the week of {week} needs at least {need:.1} hours of work, but the people have {have:.1}"
            ),
            Self::Idle {
                person,
                week,
                least,
                most,
            } => write!(
                f,
                "{person} is to work at least {least} hours in the week of {week}, but {most:.1} are the most"
            ),
        }
    }
}
