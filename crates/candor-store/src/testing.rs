//! Fresh stores for tests, on the engine that the environment chooses.
//!
//! Owns: throw-away databases. Must not know: what is tested.
