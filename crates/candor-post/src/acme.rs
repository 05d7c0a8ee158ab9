//! Asking an authority for a certificate (ACME, RFC 8555).
//!
//! Owns: the dialogue: account, order, proof over plain HTTP (section 8.3), the certificate; and
//! naming what went wrong. Must not know: where any of it is kept, when it is asked again.

mod failure;
mod wire;

pub use failure::AcmeFailure;

use crate::http::HttpClient;
use crate::intake::BoxFuture;
use failure::of_authorization;
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, ChallengeType, Identifier, NewAccount,
    NewOrder, Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, DistinguishedName, KeyPair};
use std::time::Duration;
use wire::Wire;

/// The directory of Let's Encrypt.
pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// Where the authority looks for the answer, followed by the token.
pub const CHALLENGE_PATH: &str = "/.well-known/acme-challenge/";
/// For how long the authority may take to look and to sign.
const PATIENCE: RetryPolicy = RetryPolicy::new().timeout(Duration::from_mins(2));

/// Who puts answers where the authority finds them.
pub trait Challenges: Send + Sync {
    /// Whether the answer to a token can be fetched from now on.
    fn put(&self, token: String, answer: String) -> BoxFuture<'_, bool>;
}

/// Opens an account at an authority, whose terms somebody agreed to; gives its key as a text to be
/// kept secret.
///
/// # Errors
/// Names what went wrong.
pub async fn open_account(
    http: &HttpClient,
    directory: &str,
    contact: Option<&str>,
) -> Result<String, AcmeFailure> {
    let contact = contact.map(|address| format!("mailto:{address}"));
    let contact: Vec<&str> = contact.iter().map(String::as_str).collect();
    let new = NewAccount {
        contact: &contact,
        terms_of_service_agreed: true,
        only_return_existing: false,
    };
    let (_, credentials) = Account::builder_with_http(Wire::boxed(http))
        .create(&new, directory.to_owned(), None)
        .await?;
    serde_json::to_string(&credentials).map_err(|error| AcmeFailure::inside(&error))
}

/// Gets a certificate for these names; gives its key and its chain as one PEM text.
///
/// # Errors
/// Names what went wrong, and for which name.
pub async fn order(
    http: &HttpClient,
    account: &str,
    names: &[String],
    challenges: &dyn Challenges,
) -> Result<String, AcmeFailure> {
    let credentials: AccountCredentials =
        serde_json::from_str(account).map_err(|error| AcmeFailure::inside(&error))?;
    let account = Account::builder_with_http(Wire::boxed(http))
        .from_credentials(credentials)
        .await?;
    let wanted: Vec<Identifier> = names.iter().cloned().map(Identifier::Dns).collect();
    let mut order = account.new_order(&NewOrder::new(&wanted)).await?;
    prove(&mut order, challenges).await?;
    match order.poll_ready(&PATIENCE).await {
        Ok(OrderStatus::Ready) => {}
        // The order says that it failed; its proofs say why.
        Ok(_) | Err(instant_acme::Error::Api(_)) => return Err(why_refused(&mut order).await),
        Err(error) => return Err(error.into()),
    }
    let key = KeyPair::generate().map_err(|error| AcmeFailure::inside(&error))?;
    let mut about =
        CertificateParams::new(names.to_vec()).map_err(|error| AcmeFailure::inside(&error))?;
    about.distinguished_name = DistinguishedName::new();
    let request = about
        .serialize_request(&key)
        .map_err(|error| AcmeFailure::inside(&error))?;
    order.finalize_csr(request.der()).await?;
    let chain = order.poll_certificate(&PATIENCE).await?;
    Ok(format!("{}\n{chain}", key.serialize_pem().trim_end()))
}

/// Puts the answer for each name where the authority looks, and asks it to look.
async fn prove(order: &mut Order, challenges: &dyn Challenges) -> Result<(), AcmeFailure> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        if authorization.status == AuthorizationStatus::Valid {
            continue;
        }
        let name = authorization.identifier().to_string();
        let Some(mut challenge) = authorization.challenge(ChallengeType::Http01) else {
            return Err(AcmeFailure::no_way(name));
        };
        let answer = challenge.key_authorization().as_str().to_owned();
        if !challenges.put(challenge.token.clone(), answer).await {
            return Err(AcmeFailure::not_kept(name));
        }
        // An authority that looks at once says at once what it found.
        challenge.set_ready().await.map_err(|error| match error {
            instant_acme::Error::Api(problem) => of_authorization(&problem, name),
            error => error.into(),
        })?;
    }
    Ok(())
}

async fn why_refused(order: &mut Order) -> AcmeFailure {
    let state = order.state().error.clone();
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        let Ok(state) = authorization.refresh().await else {
            continue;
        };
        let problem = state.challenges.iter().find_map(|own| own.error.clone());
        if let Some(problem) = problem {
            return of_authorization(&problem, authorization.identifier().to_string());
        }
    }
    match state {
        Some(problem) => instant_acme::Error::Api(problem).into(),
        None => AcmeFailure::no_way(String::new()),
    }
}
