//! The one HTTP client towards the outside.
//!
//! Owns: what may be reached (no address inside the house unless somebody allowed it), time and
//! size of an answer, no redirects, no proxies. Must not know: what is asked.
//!
//! Addresses are judged inside name resolution, so that a name cannot lead elsewhere after it was
//! judged; an address that stands in the URL itself is judged before.

mod guard;

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Request, StatusCode, Url};

pub use guard::{AllowedNetworks, NotANetwork};

use crate::client_tls;
use guard::GuardedNames;

/// An answer that takes longer is none.
const TIME: Duration = Duration::from_secs(20);
/// A larger answer is not read to its end.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// A client that asks only whom it may. Cloning it is cheap.
#[derive(Clone, Debug)]
pub struct HttpClient {
    client: Client,
    allowed: Arc<AllowedNetworks>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct HttpAnswer {
    /// The status, such as 200.
    pub status: u16,
    /// The type of the body, as it was told.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HttpFailure {
    /// The address is none that may be asked, for this reason.
    #[error("{0}")]
    NotAllowed(String),
    /// Nobody answered, or not in time.
    #[error("no answer: {0}")]
    NoAnswer(String),
    /// The answer is larger than any that is expected.
    #[error("the answer is too large")]
    TooLarge,
}

impl HttpClient {
    /// A client for the public internet and for the `allowed` networks.
    ///
    /// # Errors
    /// `NotAllowed` when further roots are no certificates.
    pub fn new(allowed: AllowedNetworks) -> Result<Self, HttpFailure> {
        let allowed = Arc::new(allowed);
        let tls = client_tls::config(None)
            .map_err(|failure| HttpFailure::NotAllowed(format!("{failure:?}")))?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(GuardedNames(Arc::clone(&allowed))))
            .redirect(Policy::none())
            .no_proxy()
            .timeout(TIME)
            .user_agent(concat!("Candor/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| HttpFailure::NoAnswer(error.to_string()))?;
        Ok(Self { client, allowed })
    }

    /// Asks and reads the answer to its end.
    ///
    /// # Errors
    /// Says why there is no answer; a status such as 404 is an answer.
    pub async fn ask(&self, request: Request) -> Result<HttpAnswer, HttpFailure> {
        let (status, fields, body) = self.ask_whole(request).await?;
        let content_type = fields
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        Ok(HttpAnswer {
            status: status.as_u16(),
            content_type,
            body,
        })
    }

    /// As [`Self::ask`], with every field of the answer's head.
    pub(crate) async fn ask_whole(
        &self,
        request: Request,
    ) -> Result<(StatusCode, HeaderMap, Vec<u8>), HttpFailure> {
        self.judge(request.url())?;
        let mut response = self
            .client
            .execute(request)
            .await
            .map_err(|error| no_answer(&error))?;
        let status = response.status();
        let fields = response.headers().clone();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| no_answer(&error))? {
            if body.len() + piece.len() > LARGEST_ANSWER {
                return Err(HttpFailure::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok((status, fields, body))
    }

    /// Reads an address.
    ///
    /// # Errors
    /// As [`Self::ask`]; also when the text is no address.
    pub async fn read(&self, address: &str) -> Result<HttpAnswer, HttpFailure> {
        self.ask(Request::new(Method::GET, parsed(address)?)).await
    }

    /// Tells an address something as JSON.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn tell(
        &self,
        address: &str,
        body: &serde_json::Value,
    ) -> Result<HttpAnswer, HttpFailure> {
        let mut request = Request::new(Method::POST, parsed(address)?);
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(CONTENT_TYPE, json);
        *request.body_mut() = Some(body.to_string().into());
        self.ask(request).await
    }

    /// The clear is for allowed networks alone; a literal address is judged here, because names
    /// alone are resolved.
    fn judge(&self, url: &Url) -> Result<(), HttpFailure> {
        let refuse = |words: &str| Err(HttpFailure::NotAllowed(format!("{url}: {words}")));
        let literal = url.host_str().and_then(guard::literal);
        match (url.scheme(), literal) {
            ("https", None) => Ok(()),
            ("https", Some(address)) if self.allowed.may_reach(address) => Ok(()),
            ("http", Some(address)) if self.allowed.names(address) => Ok(()),
            ("https", Some(_)) => refuse("this address lies inside the network"),
            ("http", _) => refuse("only https is asked"),
            _ => refuse("this is no address of a server"),
        }
    }
}

fn parsed(address: &str) -> Result<Url, HttpFailure> {
    Url::parse(address)
        .map_err(|error| HttpFailure::NotAllowed(format!("this is no address: {error}")))
}

/// The innermost reason says most; the outer ones repeat the address.
fn no_answer(error: &reqwest::Error) -> HttpFailure {
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    if let Some(blocked) = inner.downcast_ref::<guard::Inside>() {
        return HttpFailure::NotAllowed(blocked.to_string());
    }
    HttpFailure::NoAnswer(inner.to_string())
}
