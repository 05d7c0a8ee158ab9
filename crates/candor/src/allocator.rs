//! How the system's allocator is set up.
//!
//! Owns: how many pools it keeps. Must not know: what is allocated.
//!
//! The C library keeps eight pools for each processor, and each keeps what it once needed. A desk
//! has few threads that work at once: with as many pools as processors it needs a sixth less memory
//! and is as fast (docs/benchmarks.md). The number is read once, when a process begins, so this one
//! begins anew.

use std::env;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::thread::available_parallelism;

/// Where the C library reads the number.
const POOLS: &str = "MALLOC_ARENA_MAX";

/// Begins this process anew with few pools, if it is to serve and nobody chose a number. Where that
/// cannot be done it goes on as it is.
pub(crate) fn keep_few_pools() {
    let mut words = env::args_os();
    let (name, command) = (words.next(), words.next());
    let serves = command.is_some_and(|command| command == "serve" || command == "demo");
    if !serves || env::var_os(POOLS).is_some() {
        return;
    }
    let Ok(program) = env::current_exe() else {
        return;
    };
    let pools = available_parallelism().map_or(2, |cores| cores.get().max(2));
    // It only returns where it failed, and then nothing has changed.
    let _unchanged = Command::new(program)
        .arg0(name.unwrap_or_default())
        .args(env::args_os().skip(1))
        .env(POOLS, pools.to_string())
        .exec();
}
