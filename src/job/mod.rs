// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What happens without a request?

mod delivery;

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::app::App;
use crate::mail::Mailer;

/// How long a job waits between two looks at what is due.
const PAUSE: Duration = Duration::from_secs(5);
/// How long whoever ends the program waits for a job in the middle of something.
const PATIENCE: Duration = Duration::from_secs(20);

/// Jobs that run until they are told to stop.
#[must_use = "jobs stop when this is dropped"]
pub struct Jobs {
    /// Nothing is ever sent: its end is the sign to stop.
    stop: Sender<()>,
    /// Nothing either: its end says that the job has stopped.
    stopped: Receiver<()>,
}

impl Jobs {
    /// Starts to send the messages of an installation through a mail server, on a thread of its own.
    pub fn start(app: App, mailer: Mailer) -> Self {
        let (stop, stopping) = channel();
        let (stopping_done, stopped) = channel();
        thread::spawn(move || {
            // Dropped at the end, also at a bad one.
            let _running = stopping_done;
            let post = delivery::Courier { mailer, stopping: &stopping };
            loop {
                delivery::deliver(&app, &post);
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
