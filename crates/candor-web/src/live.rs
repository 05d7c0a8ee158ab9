//! Live updates: who listens, and what they are told.
//!
//! Owns: following the journal and presence, and one stream of topics for each browser.
//! Must not know: how a page shows what changed.

/// Who listens for changes. Cloning it is cheap.
#[derive(Clone)]
pub struct Hub {}
