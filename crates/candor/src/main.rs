//! Candor: a customer-service desk in one binary.
//!
//! Owns: the command line and the wiring of all crates. Must not know: rules of the desk.

mod bench;
mod boot;
mod cli;
mod command;
mod config;
mod courier;
mod demo;
mod doorkeeper;
mod doors;
mod fetcher;
mod hook;
mod keys;
mod metrics;
mod past_mail;
mod postmaster;
mod serve;
mod sign_in;

use std::process::ExitCode;

fn main() -> ExitCode {
    rustls::crypto::ring::default_provider()
        .install_default()
        .expect("nothing chose another provider before");
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return cli::complain(&anyhow::Error::new(error)),
    };
    runtime.block_on(cli::run())
}
