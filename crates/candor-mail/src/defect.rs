//! What is wrong with a message that was read all the same.
//!
//! Owns: the names of the defects. Must not know: whether anybody minds.

/// Something in a message that broke a rule or a limit. The message was read as far as possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Defect {
    /// Not one header line was found.
    NoHeaders,
    /// The `From` header is missing or holds no address.
    NoSender,
    /// More than one `From` header; the first with an address counts.
    ManyFromHeaders,
    /// The `From` header breaks the grammar; the address was recovered.
    BrokenFrom,
    /// A header held bytes outside ASCII without saying in which charset.
    RawHeaderBytes,
    /// The header block was longer than the limit; the rest was not read.
    HeadersTooLong,
    /// More recipients than the limit; the rest was not read.
    TooManyRecipients,
    /// Parts nested deeper than the limit; the rest is kept as one attachment.
    NestedTooDeeply,
    /// More parts than the limit; the rest was not read.
    TooManyParts,
    /// A `multipart` part without a boundary or whose boundary never occurs.
    NoBoundary,
    /// A part ended without its closing boundary.
    Truncated,
    /// Base64 or quoted-printable that does not decode; the bytes are kept as they came.
    BadEncoding,
    /// A charset that is unknown or does not fit the bytes; another was tried.
    BadCharset,
    /// A `winmail.dat` that could be opened in part or not at all; it is kept.
    BrokenTnef,
    /// The date is missing or unreadable.
    BadDate,
    /// A text or HTML body was longer than the limit and is cut.
    BodyTooLong,
}

impl Defect {
    /// A stable word for logs and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoHeaders => "no_headers",
            Self::NoSender => "no_sender",
            Self::ManyFromHeaders => "many_from_headers",
            Self::BrokenFrom => "broken_from",
            Self::RawHeaderBytes => "raw_header_bytes",
            Self::HeadersTooLong => "headers_too_long",
            Self::TooManyRecipients => "too_many_recipients",
            Self::NestedTooDeeply => "nested_too_deeply",
            Self::TooManyParts => "too_many_parts",
            Self::NoBoundary => "no_boundary",
            Self::Truncated => "truncated",
            Self::BadEncoding => "bad_encoding",
            Self::BadCharset => "bad_charset",
            Self::BrokenTnef => "broken_tnef",
            Self::BadDate => "bad_date",
            Self::BodyTooLong => "body_too_long",
        }
    }
}
