//! The book in which every route is declared once.
//!
//! Owns: method, path, who is let in, body limit; the router and the table made from them. Must not
//! know: what a handler does, how a session is found ([`Doorkeeper`] does).
//!
//! A handler runs only after the doorkeeper let the request in, so a route cannot be forgotten.

use std::future::Future;
use std::pin::Pin;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use candor_domain::permission::Permission;

use crate::error::{ApiError, Face, PageError};
use crate::failure::Failure;

/// What a form or a JSON body may weigh unless the route says otherwise.
pub const BODY_LIMIT_BYTES: usize = 256 * 1024;

/// Who is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// Everybody.
    Public,
    /// A customer whose link opens this one ticket; the handler reads the link from the path.
    Customer,
    /// Everybody who is logged in.
    Staff,
    /// Whoever holds this permission, in whichever scope; the verb decides about the one ticket.
    Permission(Permission),
    /// A bearer token with this scope.
    Api(Permission),
}

/// Decides who is let in. The application state implements it once, for all routes.
pub trait Doorkeeper: Clone + Send + Sync + 'static {
    /// Lets the request in or says why not. Whoever was recognised is left in the extensions of
    /// `parts` for the handler's extractors; the language they prefer goes to
    /// [`crate::guard::Reader::prefer`].
    fn admit(
        &self,
        admission: Admission,
        parts: &mut Parts,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Route {
    /// The HTTP method.
    pub method: Method,
    /// The path with its `{placeholders}`.
    pub path: String,
    /// Who is let in.
    pub admission: Admission,
    /// The largest body the route takes.
    pub body_limit_bytes: usize,
}

/// The routes of the application. The only way to add one is a method of this type.
#[derive(Debug)]
pub struct RouteBook<S> {
    routes: Vec<Route>,
    router: Router<S>,
}

impl<S: Doorkeeper> Default for RouteBook<S> {
    fn default() -> Self {
        Self {
            routes: Vec::new(),
            router: Router::new(),
        }
    }
}

impl<S: Doorkeeper> RouteBook<S> {
    /// An empty book.
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows something. Must change nothing.
    pub fn get<H, T>(&mut self, path: &str, admission: Admission, handler: H) -> &mut Self
    where
        H: Handler<T, S>,
        T: Send + 'static,
    {
        self.add(Method::GET, path, (admission, BODY_LIMIT_BYTES), handler)
    }

    /// Makes something.
    pub fn post<H, T>(&mut self, path: &str, admission: Admission, handler: H) -> &mut Self
    where
        H: Handler<T, S>,
        T: Send + 'static,
    {
        self.add(Method::POST, path, (admission, BODY_LIMIT_BYTES), handler)
    }

    /// Makes something from a body larger than usual, such as an upload.
    pub fn post_large<H, T>(
        &mut self,
        path: &str,
        admission: Admission,
        body_limit_bytes: usize,
        handler: H,
    ) -> &mut Self
    where
        H: Handler<T, S>,
        T: Send + 'static,
    {
        self.add(Method::POST, path, (admission, body_limit_bytes), handler)
    }

    /// Replaces something.
    pub fn put<H, T>(&mut self, path: &str, admission: Admission, handler: H) -> &mut Self
    where
        H: Handler<T, S>,
        T: Send + 'static,
    {
        self.add(Method::PUT, path, (admission, BODY_LIMIT_BYTES), handler)
    }

    /// Changes parts of something.
    pub fn patch<H, T>(&mut self, path: &str, admission: Admission, handler: H) -> &mut Self
    where
        H: Handler<T, S>,
        T: Send + 'static,
    {
        self.add(Method::PATCH, path, (admission, BODY_LIMIT_BYTES), handler)
    }

    /// Takes something away. Pages also get `POST <path>/removal`, because a form without
    /// JavaScript cannot send DELETE.
    pub fn delete<H, T>(&mut self, path: &str, admission: Admission, handler: H) -> &mut Self
    where
        H: Handler<T, S>,
        T: Send + 'static,
    {
        if !matches!(admission, Admission::Api(_)) {
            let twin = format!("{path}/removal");
            self.post(&twin, admission, handler.clone());
        }
        self.add(Method::DELETE, path, (admission, BODY_LIMIT_BYTES), handler)
    }

    fn add<H, T>(
        &mut self,
        method: Method,
        path: &str,
        (admission, body_limit_bytes): (Admission, usize),
        handler: H,
    ) -> &mut Self
    where
        H: Handler<T, S>,
        T: Send + 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).expect("only known methods are added");
        let guarded = Guarded { admission, handler };
        let service = on(filter, guarded).layer(DefaultBodyLimit::max(body_limit_bytes));
        self.router = std::mem::take(&mut self.router).route(path, service);
        self.routes.push(Route {
            method,
            path: path.to_owned(),
            admission,
            body_limit_bytes,
        });
        self
    }

    /// The table: every route there is.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The router. What matches no route gets the not-found page or problem.
    pub fn into_router(self) -> Router<S> {
        self.router
            .fallback(async || PageError(Failure::NotFound))
            .method_not_allowed_fallback(async || PageError(Failure::WrongMethod))
    }
}

/// A handler behind its doorkeeper.
#[derive(Clone)]
struct Guarded<H> {
    admission: Admission,
    handler: H,
}

impl<H, T, S> Handler<T, S> for Guarded<H>
where
    H: Handler<T, S>,
    T: Send + 'static,
    S: Doorkeeper,
{
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, request: Request, state: S) -> Self::Future {
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match state.admit(self.admission, &mut parts).await {
                Ok(()) => {
                    let request = Request::from_parts(parts, body);
                    self.handler.call(request, state).await
                }
                Err(failure) => match Face::of_path(parts.uri.path()) {
                    Face::Api => ApiError(failure).into_response(),
                    Face::Page => PageError(failure).into_response(),
                },
            }
        })
    }
}
