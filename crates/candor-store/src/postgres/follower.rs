//! Follows the journal's positions and, with the lease, gives them.
//!
//! Owns: one connection and one task. Must not know: what entries mean.

use std::sync::Arc;

use crate::store::Shared;

/// Runs until it is dropped.
pub(crate) struct Follower {}

impl Follower {
    pub(crate) fn start(_config: tokio_postgres::Config, _shared: Arc<Shared>) -> Self {
        Self {}
    }
    pub(crate) fn start_sequencer(&self) {}
}
