// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What happens without a request?

mod delivery;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::{App, Trial};
use crate::mail::Mailer;

/// How long a job waits between two looks at what is due.
const PAUSE: Duration = Duration::from_secs(5);
/// How long whoever ends the program waits for a job in the middle of something.
const PATIENCE: Duration = Duration::from_secs(20);

const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);

/// Jobs that run until they are told to stop.
#[must_use = "jobs stop when this is dropped"]
pub struct Jobs {
    /// Nothing is ever sent: its end is the sign to stop.
    stop: Sender<()>,
    /// Nothing either: its end says that the job has stopped.
    stopped: Receiver<()>,
}

impl Jobs {
    /// Starts the jobs of an installation on a thread of their own: messages leave through the mail server, if there is
    /// one, every hour results whose embargo is over become public, and once a day what has been kept long enough is taken
    /// away.
    pub fn start(app: App, mailer: Option<Mailer>) -> Self {
        let (stop, stopping) = channel();
        let (stopping_done, stopped) = channel();
        thread::spawn(move || {
            // Dropped at the end, also at a bad one.
            let _running = stopping_done;
            let post = mailer.map(|mailer| delivery::Courier { mailer, stopping: &stopping });
            let mut next_retention = Instant::now();
            let mut next_embargoes = Instant::now();
            loop {
                if Instant::now() >= next_retention {
                    retain(&app);
                    next_retention += DAY;
                }
                if Instant::now() >= next_embargoes {
                    end_embargoes(&app);
                    next_embargoes += HOUR;
                }
                if let Some(post) = &post {
                    delivery::deliver(&app, post);
                }
                if stopping.recv_timeout(PAUSE) != Err(RecvTimeoutError::Timeout) {
                    break;
                }
            }
        });
        Self { stop, stopped }
    }

    /// Tells the jobs to stop and waits until they have. What is being sent is finished, unless that takes too long;
    /// then its outcome counts as unknown.
    pub fn stop(self) {
        drop(self.stop);
        if self.stopped.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            tracing::warn!("the mail server was still thinking about a message when the program ended");
        }
    }
}

/// Publishes results whose embargo is over.
fn end_embargoes(app: &App) {
    match app.end_embargoes() {
        Ok(0) => {}
        Ok(waves) => tracing::info!(waves, "results are public: their embargo is over"),
        Err(error) => tracing::warn!(%error, "results whose embargo is over could not be published"),
    }
}

/// Takes away what has been kept long enough, and says how much that was.
fn retain(app: &App) {
    match app.retain(Trial::No) {
        Ok(ended) => {
            for one in ended {
                tracing::info!(what = one.what, count = one.count, "kept long enough");
            }
        }
        Err(error) => tracing::warn!(%error, "what has been kept long enough could not be taken away"),
    }
}
