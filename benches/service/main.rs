// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How fast is the service, as ratios within one run?
//!
//! `cargo bench --bench service` serves a questionnaire page of 41 items beside a bare actix page of the same size,
//! takes complete submissions (start, 41 answers, submit: three durable writes) on SQLite, and scores 100,000 × 41
//! answers beside merely reading the same file. Everything stays on the loopback interface and ends by itself.

#![expect(
    clippy::expect_used,
    clippy::cast_precision_loss,
    reason = "a measurement that cannot go on has nothing to say; counts stay far below 2^52"
)]

mod client;
mod fixture;
mod scoring;

use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use client::Client;
use fixture::Fixture;

const SECONDS: u64 = 5;
const READERS: usize = 8;
const RESPONDENTS: usize = 64;

fn main() {
    let fixture = Fixture::serve();
    let page = fixture.open_questionnaire();
    let bare = serve_bare(page.body.clone());
    println!("questionnaire page, 41 items, {} bytes, {READERS} connections, {SECONDS} s each", page.body.len());
    let plain = rate(READERS, |client| client.get(bare, "/", ""), bare);
    let ours =
        rate(READERS, |client| client.get(fixture.address, "/it/questionnaire/1", &page.cookie), fixture.address);
    println!("  bare actix page of the same size   {plain:>10.0} /s");
    println!("  questionnaire page, drawn anew     {ours:>10.0} /s   ratio {:.3}", ours / plain);
    let submitted = submissions(&fixture);
    println!("complete submissions, {RESPONDENTS} respondents at a time, SQLite synchronous=FULL, {SECONDS} s");
    println!("  three durable writes each          {submitted:>10.0} /s");
    println!("  found in the database: {}", fixture.responses());
    scoring::run();
}

/// Requests a second over several connections.
fn rate(connections: usize, ask: impl Fn(&mut Client) -> usize + Sync, address: std::net::SocketAddr) -> f64 {
    let answered = AtomicU64::new(0);
    let start = Instant::now();
    let end = start + Duration::from_secs(SECONDS);
    thread::scope(|scope| {
        for _ in 0..connections {
            scope.spawn(|| {
                let mut client = Client::connect(address);
                while Instant::now() < end {
                    assert_eq!(ask(&mut client), 200, "the page is served");
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    answered.load(Ordering::Relaxed) as f64 / start.elapsed().as_secs_f64()
}

fn submissions(fixture: &Fixture) -> f64 {
    rate(
        RESPONDENTS,
        |client| {
            fixture.answer(client);
            200
        },
        fixture.address,
    )
}

fn serve_bare(body: String) -> std::net::SocketAddr {
    use actix_web::{App, HttpResponse, HttpServer, web};
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            HttpServer::new(move || {
                let body = body.clone();
                App::new().route(
                    "/",
                    web::get().to(move || {
                        let body = body.clone();
                        async move { HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body) }
                    }),
                )
            })
            .workers(2)
            .listen(listener)
            .expect("the listener is free")
            .run()
            .await
        })
    });
    address
}
