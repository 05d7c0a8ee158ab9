//! Candor: a customer-service desk in one binary.
//!
//! Owns: the command line and the wiring of all crates. Must not know: rules of the desk.

mod allocator;
mod bench;
mod boot;
mod certificate;
mod cli;
mod command;
mod config;
mod courier;
mod demo;
mod doorkeeper;
mod doors;
mod fetcher;
mod holiday_feed;
mod hook;
mod https;
mod keys;
mod metrics;
mod past_mail;
mod postmaster;
mod serve;
mod sign_in;

use std::process::ExitCode;

fn main() -> ExitCode {
    allocator::keep_few_pools();
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
