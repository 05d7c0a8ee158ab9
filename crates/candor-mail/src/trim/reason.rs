//! Why a part of a message was folded away.
//!
//! Owns: the names of the reasons and one plain sentence for each. Must not know: how they are
//! found.

/// Why a part of the text does not count as what the writer added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The line above which an answer was wanted, and what stands below it.
    BelowLine,
    /// The line that says who wrote what is quoted.
    Attribution,
    /// Header fields printed above what is answered.
    QuotedHeader,
    /// A label such as "Original message".
    OriginalLabel,
    /// Lines with quote marks.
    Quote,
    /// Text behind an attribution, a header or a label, without quote marks.
    UnmarkedQuote,
    /// The mail program marked the part as a quote in its HTML.
    MarkedQuote,
    /// The mail program marked the part as a signature in its HTML.
    MarkedSignature,
    /// Text behind a signature mark, or the sender's name with ways to reach them.
    Signature,
    /// A formal closing with the name below it.
    Closing,
    /// A line that a telephone or a mail program appends.
    MobileFooter,
    /// A legal notice, a virus scanner's stamp.
    LegalNotice,
    /// The footer of a mailing list.
    ListFooter,
    /// Lines with which this sender ended an earlier mail too.
    Repeated,
}

impl Reason {
    /// A stable word for logs and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BelowLine => "below_line",
            Self::Attribution => "attribution",
            Self::QuotedHeader => "quoted_header",
            Self::OriginalLabel => "original_label",
            Self::Quote => "quote",
            Self::UnmarkedQuote => "unmarked_quote",
            Self::MarkedQuote => "marked_quote",
            Self::MarkedSignature => "marked_signature",
            Self::Signature => "signature",
            Self::Closing => "closing",
            Self::MobileFooter => "mobile_footer",
            Self::LegalNotice => "legal_notice",
            Self::ListFooter => "list_footer",
            Self::Repeated => "repeated",
        }
    }

    /// The reason in a sentence, for `--explain` and for logs.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::BelowLine => "stands below the line above which an answer was wanted",
            Self::Attribution => "says who wrote what is quoted",
            Self::QuotedHeader => "is the header of the message that is answered",
            Self::OriginalLabel => "announces the message that is answered",
            Self::Quote => "carries quote marks",
            Self::UnmarkedQuote => "follows the announcement of the message that is answered",
            Self::MarkedQuote => "is marked as a quote by the mail program",
            Self::MarkedSignature => "is marked as a signature by the mail program",
            Self::Signature => "is a signature",
            Self::Closing => "is a formal closing with what stands below it",
            Self::MobileFooter => "was appended by a telephone or a mail program",
            Self::LegalNotice => "is a legal notice or a scanner's stamp",
            Self::ListFooter => "is the footer of a mailing list",
            Self::Repeated => "ended an earlier mail of the same sender too",
        }
    }

    /// True for what belongs to the message that is answered.
    pub fn is_quote(self) -> bool {
        matches!(
            self,
            Self::BelowLine
                | Self::Attribution
                | Self::QuotedHeader
                | Self::OriginalLabel
                | Self::Quote
                | Self::UnmarkedQuote
                | Self::MarkedQuote
        )
    }
}
