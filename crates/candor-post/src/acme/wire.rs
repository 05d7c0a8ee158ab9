//! The dialogue's HTTP, through the one guarded client.
//!
//! Owns: translating requests and answers. Must not know: what they say.

use crate::http::HttpClient;
use bytes::Bytes;
use instant_acme::{BodyWrapper, BytesResponse, Error};
use std::pin::Pin;

/// The guarded client in the library's words.
pub(super) struct Wire(HttpClient);

impl Wire {
    pub(super) fn boxed(http: &HttpClient) -> Box<dyn instant_acme::HttpClient> {
        Box::new(Self(http.clone()))
    }
}

impl instant_acme::HttpClient for Wire {
    fn request(
        &self,
        request: http::Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let http = self.0.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            // The library reads bodies of answers alone; a request's is one all the same.
            let mut body = BytesResponse::from(http::Response::new(body)).body;
            let body = body.into_bytes().await.map_err(Error::Other)?;
            let request = http::Request::from_parts(head, body);
            let request =
                reqwest::Request::try_from(request).map_err(|error| Error::Other(error.into()))?;
            let answered = http.ask_whole(request).await;
            let (status, fields, body) = answered.map_err(|none| Error::Other(none.into()))?;
            let mut answer = http::Response::new(());
            (*answer.status_mut(), *answer.headers_mut()) = (status, fields);
            let (parts, ()) = answer.into_parts();
            let body = Box::new(Bytes::from(body));
            Ok(BytesResponse { parts, body })
        })
    }
}
