//! Work on threads that may block.
//!
//! Owns: handing it over. Must not know: what it is.

use std::any::Any;

use crate::error::{ErrorKind, StoreError};

type Erased = Box<dyn FnOnce() -> Box<dyn Any + Send> + Send>;

/// Runs work on a thread that may block. Its type is hidden on the way: the runtime's task would be
/// compiled anew for every verb and every query.
pub(crate) async fn on_thread<T: Send + 'static>(
    op: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, StoreError> {
    let erased: Erased = Box::new(move || Box::new(work()));
    match tokio::task::spawn_blocking(erased).await {
        Ok(done) => Ok(*done.downcast().expect("the work's own type comes back")),
        Err(error) => Err(StoreError::with(op, ErrorKind::Broken, error)),
    }
}
