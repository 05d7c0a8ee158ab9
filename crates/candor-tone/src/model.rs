//! The trained model, read in place.
//!
//! Owns: the file format and the arithmetic. Must not know: how it was trained, what its heads mean
//! to a person.
