//! Which ticket comes next.
//!
//! Owns: the rules of queue order and what an order loses. Must not know: where tickets are stored.
