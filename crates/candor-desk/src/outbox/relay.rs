//! The mail server that the settings name.
//!
//! Owns: from settings to a relay. Must not know: how settings are stored.
