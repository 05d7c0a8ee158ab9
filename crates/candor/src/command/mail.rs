//! `candor mail receive`: one raw message on standard input.
//!
//! Owns: sysexits codes. Must not know: what the mail says.
#![expect(clippy::print_stderr, reason = "a command line prints")]

use crate::boot;
use crate::cli::Receive;
use crate::config::Config;
use anyhow::Result;
use candor_desk::DeskError;
use candor_desk::intake::{Envelope, receive};
use std::io::Read;
use std::process::ExitCode;

/// The message is larger than the desk takes (sysexits `EX_DATAERR`).
const DATA_ERROR: u8 = 65;
/// The caller keeps the message and tries again (sysexits `EX_TEMPFAIL`).
const TRY_AGAIN: u8 = 75;
/// Largest message that fits into memory here, in bytes. What is larger than the desk reads
/// (25 MiB) is kept all the same, and a person sees it.
const MAX_MESSAGE: u64 = 256 * 1024 * 1024;

/// Takes in one message. Everything that keeps it from being stored asks the caller to try again,
/// so that no mail is lost to a busy or full disk.
pub(crate) async fn mail_receive(config: &Config, given: &Receive) -> Result<ExitCode> {
    let mut raw = Vec::new();
    if let Err(error) = std::io::stdin()
        .lock()
        .take(MAX_MESSAGE + 1)
        .read_to_end(&mut raw)
    {
        eprintln!("candor: the message could not be read: {error}");
        return Ok(ExitCode::from(TRY_AGAIN));
    }
    if raw.len() as u64 > MAX_MESSAGE {
        eprintln!("candor: the message is larger than {MAX_MESSAGE} bytes");
        return Ok(ExitCode::from(DATA_ERROR));
    }
    let desk = match boot::open(config).await {
        Ok(desk) => desk,
        Err(error) => {
            eprintln!("candor: {error:#}");
            return Ok(ExitCode::from(TRY_AGAIN));
        }
    };
    let envelope = Envelope {
        via: "pipe".to_owned(),
        mail_from: given.sender.clone(),
        // Without an envelope the desk reads the headers, after the mail is safe.
        recipients: given.recipients.clone(),
    };
    match receive(&desk, &envelope, raw).await {
        Ok(_) => Ok(ExitCode::SUCCESS),
        Err(error @ DeskError::TooLarge { .. }) => {
            eprintln!("candor: {error}");
            Ok(ExitCode::from(DATA_ERROR))
        }
        Err(error) => {
            eprintln!("candor: {error}");
            Ok(ExitCode::from(TRY_AGAIN))
        }
    }
}
