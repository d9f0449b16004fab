// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Many respondents at once: as fast as the service goes, or at a steady pace.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::journey::{Journey, Way};
use crate::place::Place;
use crate::running::Running;

/// How many answer at the same time.
pub const RESPONDENTS: usize = 64;
/// At a steady pace somebody is nearly always free to be the next respondent.
const ARRIVING: usize = 128;

/// Respondents on their way through a service.
pub struct Load<'a> {
    running: &'a Running,
    place: &'a Place,
    way: Way,
}

/// How long requests took, in milliseconds, shortest first.
pub struct Waits(Vec<f64>);

impl Waits {
    /// The wait that this share of the requests did not exceed.
    pub fn at(&self, share: f64) -> f64 {
        let place = (self.0.len() as f64 * share) as usize;
        self.0.get(place.min(self.0.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
    }
}

impl<'a> Load<'a> {
    pub const fn new(running: &'a Running, place: &'a Place, way: Way) -> Self {
        Self { running, place, way }
    }

    /// Receipts a second, everybody beginning anew as soon as they are done.
    pub fn for_seconds(&self, duration: Duration) -> f64 {
        let start = Instant::now();
        let end = start + duration;
        self.until(&|_| Instant::now() >= end) / start.elapsed().as_secs_f64()
    }

    /// This many receipts.
    pub fn count(&self, wanted: u64) {
        let mut done = self.until(&|begun| begun >= wanted);
        done -= wanted as f64;
        assert!(done >= 0.0, "as many as were wanted");
    }

    fn until(&self, over: &(dyn Fn(u64) -> bool + Sync)) -> f64 {
        let (begun, done) = (AtomicU64::new(0), AtomicU64::new(0));
        thread::scope(|scope| {
            for _ in 0..RESPONDENTS {
                scope.spawn(|| {
                    let mut journey = Journey::new(self.running, self.place);
                    while !over(begun.fetch_add(1, Ordering::Relaxed)) {
                        journey.answer(self.way, &mut |_| {});
                        self.running.acknowledge();
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        done.load(Ordering::Relaxed) as f64
    }

    /// How long requests take while respondents arrive at a steady pace. Whoever is late because the service was slow
    /// counts the lateness as part of the first wait.
    pub fn at_rate(&self, rate: f64, duration: Duration) -> Waits {
        let arrivals = (rate * duration.as_secs_f64()) as u64;
        let (start, next) = (Instant::now() + Duration::from_millis(50), AtomicU64::new(0));
        let all = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..ARRIVING {
                scope.spawn(|| {
                    let (mut journey, mut waits) = (Journey::new(self.running, self.place), Vec::new());
                    loop {
                        let turn = next.fetch_add(1, Ordering::Relaxed);
                        if turn >= arrivals {
                            break;
                        }
                        let mut since = start + Duration::from_secs_f64(turn as f64 / rate);
                        thread::sleep(since.saturating_duration_since(Instant::now()));
                        journey.answer(self.way, &mut |_| {
                            waits.push(since.elapsed().as_secs_f64() * 1000.0);
                            since = Instant::now();
                        });
                        self.running.acknowledge();
                    }
                    all.lock().expect("nobody failed").append(&mut waits);
                });
            }
        });
        let mut waits = all.into_inner().expect("nobody failed");
        waits.sort_by(f64::total_cmp);
        Waits(waits)
    }
}
