//! Files of messages.
//!
//! Owns: `/api/v1/attachments/{id}`. Must not know: where bytes lie.

use super::caller::{Caller, Number};
use crate::download;
use crate::error::ApiResult;
use axum::response::Response;
use candor_desk::blob;
use candor_desk::ticket::FileOf;
use candor_domain::id::AttachmentId;

/// Downloads a file
#[utoipa::path(
    get,
    path = "/api/v1/attachments/{id}",
    tag = "Messages",
    params(("id" = i64, Path, description = "The file's number")),
    responses((status = 200, description = "Its bytes", content_type = "application/octet-stream")),
    security(("token" = ["tickets.read"]))
)]
pub(super) async fn show(caller: Caller, id: Number<AttachmentId>) -> ApiResult<Response> {
    let file = caller.ask(FileOf { file: id.0 }).await?.0;
    let bytes = blob::read(&caller.app.desk, &file.blob).await?;
    Ok(download::file(bytes, &file.name, None))
}
