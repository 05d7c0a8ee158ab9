//! Pages and API over loopback with a session and a token.
//!
//! Owns: the requests of each row. Must not know: how they are answered.

use super::client::Client;
use super::figures::{Inside, Line, Spread};
use super::inside::InsideRows;
use super::process::Served;
use super::rest::rest;
use super::{Setting, WORKER, spread};
use crate::demo::PASSWORD;
use anyhow::{Context, Result, ensure};
use candor_desk::Desk;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A row's request for its n-th time: method, path, body.
type Request = Arc<dyn Fn(usize) -> (&'static str, String, String) + Send + Sync>;

const JSON: &str = "application/json";
/// Requests before the measured ones.
const WARM_UP: usize = 30;

/// Measures every row at 1 and at 8 connections.
pub(crate) async fn measure(
    (served, desk): (&Served, &Desk),
    setting: &Setting,
    inside: &InsideRows,
) -> Result<Vec<Line>> {
    let cookie = log_in(served.http_port).await?;
    let session = format!("Cookie: {cookie}\r\n");
    let token = format!("Authorization: Bearer {}\r\n", setting.token);
    let tickets = setting.spread_over;
    let spread = move |n: usize| spread(n, tickets);
    let rows: Vec<(&'static str, &str, Request, Inside)> = vec![
        (
            "inbox",
            &session,
            Arc::new(|_| get("/inbox?list=all".to_owned())),
            inside.inbox,
        ),
        (
            "ticket",
            &session,
            Arc::new(move |n| get(format!("/tickets/{}", spread(n)))),
            inside.ticket,
        ),
        (
            "search",
            &session,
            Arc::new(|n| get(format!("/search?q={}", Setting::words(n).replace(' ', "+")))),
            inside.search,
        ),
        ("create by API", &token, Arc::new(create), inside.create),
        (
            "reply by API",
            &token,
            Arc::new(move |n| reply(spread(n))),
            inside.reply,
        ),
    ];
    let mut lines = Vec::new();
    for connections in [1, 8] {
        for (name, headers, request, inside) in &rows {
            let row = (*name, *headers, Arc::clone(request));
            rest(desk, served).await?;
            lines.push(measure_row(served, row, connections, setting.requests, *inside).await?);
        }
    }
    Ok(lines)
}

fn get(path: String) -> (&'static str, String, String) {
    ("GET", path, String::new())
}

fn create(n: usize) -> (&'static str, String, String) {
    let body = format!(
        r#"{{"subject":"Where is order {n}?","body":"It was due on Friday and nothing came.","customer":{{"email":"bench{}@customer.example","name":"Bench {}"}}}}"#,
        n % 500,
        n % 500
    );
    ("POST", "/api/v1/tickets".to_owned(), body)
}

fn reply(ticket: i64) -> (&'static str, String, String) {
    let body = r#"{"body":"It is on its way and arrives **tomorrow**.","then":"open"}"#.to_owned();
    ("POST", format!("/api/v1/tickets/{ticket}/replies"), body)
}

async fn log_in(port: u16) -> Result<String> {
    let mut client = Client::open(port).await?;
    client.headers = format!("Origin: http://127.0.0.1:{port}\r\n");
    let form = format!("email={}&password={PASSWORD}", WORKER.replace('@', "%40"));
    let answer = client
        .ask("POST", "/login", "application/x-www-form-urlencoded", &form)
        .await?;
    answer.cookie.context("nobody was logged in")
}

async fn measure_row(
    served: &Served,
    (name, headers, request): (&'static str, &str, Request),
    connections: usize,
    requests: usize,
    inside: Inside,
) -> Result<Line> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut clients = Vec::new();
    for _ in 0..connections {
        let mut client = Client::open(served.http_port).await?;
        headers.clone_into(&mut client.headers);
        clients.push(client);
    }
    for client in &mut clients {
        for _ in 0..WARM_UP.div_ceil(connections) {
            one(client, &request, &next).await?;
        }
    }
    let before = served.cpu()?;
    let mut running = tokio::task::JoinSet::new();
    for mut client in clients {
        let (request, next) = (Arc::clone(&request), Arc::clone(&next));
        let share = requests.div_ceil(connections);
        running.spawn(async move {
            let mut times = Vec::with_capacity(share);
            for _ in 0..share {
                times.push(one(&mut client, &request, &next).await?);
            }
            Ok::<_, anyhow::Error>(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = running.join_next().await {
        times.extend(done??);
    }
    let count = u32::try_from(times.len())?;
    let cpu = served.cpu()?.saturating_sub(before) / count;
    Ok(Line {
        name,
        connections,
        spread: Spread::of(times),
        cpu,
        inside,
    })
}

async fn one(client: &mut Client, request: &Request, next: &AtomicUsize) -> Result<Duration> {
    let (method, path, body) = request(next.fetch_add(1, Ordering::Relaxed));
    let started = Instant::now();
    let answer = client.ask(method, &path, JSON, &body).await?;
    let took = started.elapsed();
    // A reply to a closed ticket is refused; it costs what a refusal costs and is rare.
    ensure!(
        answer.status < 400 || answer.status == 409,
        "{method} {path} answered {}",
        answer.status
    );
    Ok(took)
}
