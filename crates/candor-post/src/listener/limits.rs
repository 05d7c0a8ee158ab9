//! What one sender may ask of the listener.
//!
//! Owns: the table of limits with its defaults. Must not know: how each is enforced.

use std::time::Duration;

/// Limits of the SMTP way in. The defaults suit a shop that receives its mail directly.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Largest message in bytes; above it 552 5.3.4.
    pub message_bytes: usize,
    /// Largest header section in bytes; above it 552 5.3.4.
    pub header_bytes: usize,
    /// Recipients of one message; above it 452 4.5.3 for each further one.
    pub recipients: usize,
    /// Length of one command line in bytes; above it 500 5.5.6.
    pub command_bytes: usize,
    /// Connections at one time; above it 421 4.3.2.
    pub connections: usize,
    /// Connections at one time from one address; above it 421 4.7.0.
    pub connections_per_address: usize,
    /// Bytes of all messages in memory at one time; above it 452 4.3.1.
    pub memory_bytes: usize,
    /// Commands that were wrong before the connection ends with 421 4.7.0.
    pub bad_commands: usize,
    /// Unknown recipients before the connection ends with 421 4.7.0.
    pub unknown_recipients: usize,
    /// Commands since the last message that led to none before the connection ends.
    pub idle_commands: usize,
    /// Time for one command line to arrive, and for the sender to take a reply.
    pub command_time: Duration,
    /// Silence allowed within a message.
    pub data_pause: Duration,
    /// Time for a whole message to arrive.
    pub data_time: Duration,
    /// Time for one TLS handshake.
    pub handshake_time: Duration,
    /// Time for one connection, however busy.
    pub session_time: Duration,
    /// Time that messages under way have left after shutdown began.
    pub shutdown_time: Duration,
}

const MIB: usize = 1 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes: 25 * MIB,
            header_bytes: MIB / 2,
            recipients: 1000,
            command_bytes: 4096,
            connections: 500,
            connections_per_address: 100,
            memory_bytes: 256 * MIB,
            bad_commands: 20,
            unknown_recipients: 100,
            idle_commands: 100,
            command_time: Duration::from_mins(5),
            data_pause: Duration::from_mins(3),
            data_time: Duration::from_mins(15),
            handshake_time: Duration::from_secs(30),
            session_time: Duration::from_hours(2),
            shutdown_time: Duration::from_secs(30),
        }
    }
}
