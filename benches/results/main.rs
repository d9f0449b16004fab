// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How long does the results page of a closed wave take with very many answers behind it, beside one with few?
//!
//! `cargo bench --bench results` adds 14,000 responses of 75 items (a million answers) to a wave of the demonstration, and in
//! a process of its own computes its results as closing a wave does, then asks a served page again and again, beside the page
//! of a wave of some eighty people. Then the same with a million responses. `-- 5000` takes other numbers. Memory is the peak
//! of the process, on Linux. Everything stays on the loopback interface and ends by itself.

#![expect(clippy::expect_used, reason = "a measurement that cannot go on has nothing to say")]

#[path = "../service/client.rs"]
#[expect(dead_code, reason = "forms are sent elsewhere")]
mod client;
#[path = "../files/responses.rs"]
mod responses;

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Instant;

use insieme::app::projects::Audience;
use insieme::app::{App, frameworks};
use insieme::clock::Clock;
use insieme::domain::wave::Wave;
use insieme::store::{self, Location};
use insieme::web::{self, Logos, Mail, Site, SiteOptions};
use uuid::Uuid;

use client::Client;
use responses::{add, closed, peak};

/// What this program is called with to serve a database.
const SERVING: &str = "--serving";
/// How often a page is asked for.
const TIMES: usize = 200;

fn main() {
    if let [_, flag, database, large, small] = std::env::args().collect::<Vec<_>>().as_slice()
        && flag == SERVING
    {
        let id = |text: &String| Uuid::parse_str(text).expect("an identity");
        return serve_and_tell(Path::new(database), id(large), id(small));
    }
    let mut numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    if numbers.is_empty() {
        numbers = vec![14_000, 1_000_000];
    }
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("bench.db");
    let app = App::open(&Location::Sqlite(database.clone()), Clock::System).expect("a database");
    let version = frameworks::find_shipped("pratiche-collaborative", "1.0.0").expect("the shipped indicators");
    let mut loading = app.clone();
    loading.load_demonstration(&version).expect("the demonstration");
    let (large, mut added) = (closed(&app), 0);
    let small = another(&app, &large);
    for count in numbers {
        add(&app, &large, &version.framework, count.saturating_sub(added));
        added = added.max(count);
        println!("{added} responses x {} items", version.framework.items().count());
        let itself = std::env::current_exe().expect("this program");
        let ids = [&large, &small].map(|wave| wave.id.simple().to_string());
        let done = Command::new(itself).arg(SERVING).arg(&database).args(ids).status().expect("it runs");
        assert!(done.success(), "it serves");
    }
}

/// A published wave of another project.
fn another(app: &App, than: &Wave) -> Wave {
    let found = app.store.read_now(|db| {
        for body in store::organisations::all(db)? {
            for project in store::projects::of_organisation(db, body.id)? {
                let waves = store::waves::of_project(db, &project)?;
                let other = |wave: &Wave| wave.published_on.is_some() && wave.project_id != than.project_id;
                if let Some(wave) = waves.into_iter().rfind(other) {
                    return Ok::<_, store::StoreError>(Some(wave));
                }
            }
        }
        Ok(None)
    });
    found.expect("a database").expect("the demonstration has several projects")
}

/// Computes the results of both waves, serves their pages, and prints what that took.
fn serve_and_tell(database: &Path, large: Uuid, small: Uuid) {
    let app = App::open(&Location::Sqlite(database.to_owned()), Clock::System).expect("a database");
    let compute = |id: Uuid| {
        let (start, asked) = (Instant::now(), app.clone());
        let computed = app.store.read_now(move |db| asked.wave_results(db, id, &Audience::Public).map(|_| ()));
        computed.expect("it is published");
        start.elapsed().as_secs_f64()
    };
    let (few, many) = (compute(small), compute(large));
    println!("  computed once     {many:>8.2} s    {few:.2} s for the wave of few; peak {} MiB", peak());
    let address = serve(&app);
    let [few, many] = [small, large].map(|id| times(address, &format!("/it/waves/{}", id.simple())));
    for (what, share) in [("half of the pages", 0.5), ("99 in 100 pages  ", 0.99)] {
        let (few, many) = (at(&few, share), at(&many, share));
        println!("  {what} {many:>8.2} ms   ratio to the wave of few {:.2}", many / few);
    }
}

fn serve(app: &App) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    let options = SiteOptions {
        base_url: format!("http://{address}"),
        source_url: None,
        mail: Mail::Off,
        logos: Logos::default(),
    };
    let site = Site::new(app.clone(), options);
    thread::spawn(move || web::serve(site, listener, || Ok(())));
    address
}

/// Milliseconds of each answer, shortest first.
fn times(address: SocketAddr, path: &str) -> Vec<f64> {
    let mut client = Client::connect(address);
    let ask = |_| {
        let start = Instant::now();
        assert_eq!(client.get(address, path, ""), 200, "{path} is served");
        start.elapsed().as_secs_f64() * 1000.0
    };
    let mut times: Vec<f64> = (0..TIMES).map(ask).collect();
    times.sort_by(f64::total_cmp);
    times
}

fn at(times: &[f64], share: f64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "hundreds"
    )]
    let place = (times.len() as f64 * share) as usize;
    times.get(place.min(times.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
