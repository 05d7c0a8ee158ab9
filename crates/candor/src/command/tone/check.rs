//! `candor tone check`: drafts in, what could hurt out, one JSON object a line.
//!
//! Owns: nothing but the name. Must not know: how a draft is checked.

use super::line_by_line;
use anyhow::Result;
use candor_tone::check::check_line;

/// Answers each line with the findings in its draft.
pub(crate) fn tone_check() -> Result<()> {
    line_by_line(check_line)
}
