//! Reading one message.
//!
//! Owns: putting model and lexicon together into a sentiment, a label and named heads. Must not
//! know: conversations, drafts.
