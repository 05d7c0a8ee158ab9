//! A certificate authority of our own, which speaks ACME (RFC 8555) over plain HTTP on loopback.
//!
//! It takes each nonce once, looks at the desk's own port for the answer to its challenge, and signs
//! what it is asked to sign. Signatures of requests are not checked.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, PublicKeyData,
    SignatureAlgorithm, date_time_ymd,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use x509_cert::der::Decode as _;

/// The name for which it signs.
pub(crate) const NAME: &str = "desk.example";

#[derive(Default)]
struct Order {
    status: &'static str,
    refused: bool,
    certificate: String,
}

struct Inner {
    address: String,
    issuer: CertifiedIssuer<'static, KeyPair>,
    desk: watch::Sender<u16>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    nonces: HashSet<String>,
    given: usize,
    thumbprint: String,
    orders: Vec<Order>,
    refuses: bool,
    /// The year in which what it signs ends.
    ends: i32,
}

/// The authority.
#[derive(Clone)]
pub(crate) struct Authority(Arc<Inner>);

impl Authority {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut about = CertificateParams::new(Vec::new()).unwrap();
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let inner = Inner {
            address: format!("http://{}", listener.local_addr().unwrap()),
            issuer: CertifiedIssuer::self_signed(about, key).unwrap(),
            desk: watch::Sender::new(0),
            known: Mutex::default(),
        };
        let authority = Self(Arc::new(inner));
        let app = Router::new().fallback(answer).with_state(authority.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        authority
    }

    pub(crate) fn directory(&self) -> String {
        format!("{}/directory", self.0.address)
    }

    /// The certificate of the authority itself.
    pub(crate) fn root(&self) -> Vec<u8> {
        self.0.issuer.as_ref().der().to_vec()
    }

    /// Where the desk's plain port is, which stands for port 80 of its name.
    pub(crate) fn finds_the_desk_at(&self, port: u16) {
        self.0.desk.send_replace(port);
    }

    pub(crate) fn refuses(&self, refuses: bool) {
        self.known().refuses = refuses;
    }

    pub(crate) fn signs_until(&self, year: i32) {
        self.known().ends = year;
    }

    /// Orders so far.
    pub(crate) fn orders(&self) -> usize {
        self.known().orders.len()
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.known.lock().unwrap()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.address)
    }

    fn order(&self, number: usize) -> Value {
        let known = self.known();
        let order = &known.orders[number];
        let mut value = json!({
            "status": order.status,
            "identifiers": [{ "type": "dns", "value": NAME }],
            "authorizations": [self.url(&format!("/authorization/{number}"))],
            "finalize": self.url(&format!("/finalize/{number}")),
        });
        if order.status == "valid" {
            value["certificate"] = json!(self.url(&format!("/certificate/{number}")));
        }
        value
    }

    fn authorization(&self, number: usize) -> Value {
        let known = self.known();
        let order = &known.orders[number];
        let status = match order.status {
            "pending" => "pending",
            "invalid" => "invalid",
            _ => "valid",
        };
        let mut challenge = json!({
            "type": "http-01",
            "url": self.url(&format!("/challenge/{number}")),
            "token": token(number),
            "status": status,
        });
        if order.refused {
            challenge["error"] = json!({
                "type": "urn:ietf:params:acme:error:connection",
                "detail": "Timeout during connect",
            });
        }
        json!({
            "status": status,
            "identifier": { "type": "dns", "value": NAME },
            "challenges": [challenge],
        })
    }

    /// Looks at the desk.
    async fn look(&self, number: usize) {
        let expected = format!("{}.{}", token(number), self.known().thumbprint);
        let mut desk = self.0.desk.subscribe();
        let port = *desk.wait_for(|port| *port != 0).await.unwrap();
        let path = format!("/.well-known/acme-challenge/{}", token(number));
        let found = plain(port, &path).await;
        assert!(found.ends_with(&format!("\r\n\r\n{expected}")), "{found}");
        let mut known = self.known();
        let refuses = known.refuses;
        let order = &mut known.orders[number];
        order.refused = refuses;
        order.status = if refuses { "invalid" } else { "ready" };
    }

    fn sign(&self, number: usize, request: &[u8]) {
        let request = x509_cert::request::CertReq::from_der(request).unwrap();
        let key = request.info.public_key.subject_public_key;
        let mut about = CertificateParams::new([NAME.to_owned()]).unwrap();
        let mut known = self.known();
        about.not_before = date_time_ymd(2000, 1, 1);
        about.not_after = date_time_ymd(known.ends, 1, 1);
        let signed = about.signed_by(&Key(key.raw_bytes().to_vec()), &self.0.issuer);
        let order = &mut known.orders[number];
        order.certificate = signed.unwrap().pem();
        order.status = "valid";
    }
}

/// A key as it stands in a request.
struct Key(Vec<u8>);

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &rcgen::PKCS_ECDSA_P256_SHA256
    }
}

fn token(number: usize) -> String {
    format!("token-{number}")
}

/// One request in the clear to the name; gives the whole answer.
pub(crate) async fn plain(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

async fn answer(
    State(authority): State<Authority>,
    method: Method,
    uri: Uri,
    body: Bytes,
) -> Response {
    let mut response = if method == Method::POST {
        post(&authority, &uri, &body).await
    } else {
        let url = |path: &str| authority.url(path);
        Json(json!({
            "newNonce": url("/nonce"),
            "newAccount": url("/account"),
            "newOrder": url("/order"),
        }))
        .into_response()
    };
    let nonce = {
        let mut known = authority.known();
        known.given += 1;
        let nonce = format!("nonce-{}", known.given);
        known.nonces.insert(nonce.clone());
        nonce
    };
    let nonce = HeaderValue::from_str(&nonce).unwrap();
    response.headers_mut().insert("replay-nonce", nonce);
    response
}

async fn post(authority: &Authority, uri: &Uri, body: &[u8]) -> Response {
    let signed: Value = serde_json::from_slice(body).unwrap();
    let part = |name: &str| BASE64.decode(signed[name].as_str().unwrap()).unwrap();
    let head: Value = serde_json::from_slice(&part("protected")).unwrap();
    assert_eq!(head["url"], authority.url(uri.path()));
    let nonce = head["nonce"].as_str().unwrap();
    assert!(authority.known().nonces.remove(nonce), "each nonce once");
    let payload: Value = serde_json::from_slice(&part("payload")).unwrap_or_default();
    let mut path = uri.path().trim_start_matches('/').split('/');
    let what = path.next().unwrap_or_default();
    let number: usize = path.next().and_then(|text| text.parse().ok()).unwrap_or(0);
    match what {
        "account" => {
            assert_eq!(payload["termsOfServiceAgreed"], true);
            authority.known().thumbprint = thumbprint(&head["jwk"]);
            created(&authority.url("/account/1"), json!({ "status": "valid" }))
        }
        "order" if uri.path() == "/order" => {
            assert_eq!(payload["identifiers"][0]["value"], NAME);
            let number = {
                let mut known = authority.known();
                known.orders.push(Order {
                    status: "pending",
                    ..Order::default()
                });
                known.orders.len() - 1
            };
            let url = authority.url(&format!("/order/{number}"));
            created(&url, authority.order(number))
        }
        "order" => Json(authority.order(number)).into_response(),
        "authorization" => Json(authority.authorization(number)).into_response(),
        "challenge" => {
            authority.look(number).await;
            let known = authority.authorization(number);
            Json(known["challenges"][0].clone()).into_response()
        }
        "finalize" => {
            let request = payload["csr"].as_str().unwrap();
            authority.sign(number, &BASE64.decode(request).unwrap());
            Json(authority.order(number)).into_response()
        }
        "certificate" => authority.known().orders[number]
            .certificate
            .clone()
            .into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn created(url: &str, body: Value) -> Response {
    let mut fields = HeaderMap::new();
    fields.insert(header::LOCATION, HeaderValue::from_str(url).unwrap());
    (StatusCode::CREATED, fields, Json(body)).into_response()
}

/// RFC 7638: the members in the order of their names, without spaces.
fn thumbprint(key: &Value) -> String {
    let text = format!(
        r#"{{"crv":{},"kty":{},"x":{},"y":{}}}"#,
        key["crv"], key["kty"], key["x"], key["y"]
    );
    BASE64.encode(Sha256::digest(text))
}
