// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do due messages get to the mail server, and what does the log say about it? Ids and counts; never whom or what.

use std::sync::mpsc::{Receiver, TryRecvError};

use jiff::Timestamp;

use crate::app::App;
use crate::app::outbox::Post;
use crate::domain::message::{Message, Undelivered};
use crate::mail::Mailer;

/// Takes messages to the mail server until it is told to stop.
pub(super) struct Courier<'a> {
    pub mailer: Mailer,
    pub stopping: &'a Receiver<()>,
}

impl Post for Courier<'_> {
    fn send(&self, message: &Message, now: Timestamp) -> Result<(), Undelivered> {
        let done = self.mailer.send(message, now);
        // The text of a problem may name the recipient: it is kept for staff, not logged.
        match &done {
            Ok(()) => tracing::info!(message = %message.id, "a message was sent"),
            Err(Undelivered::Temporary(_)) => tracing::warn!(message = %message.id, "a message could not be sent now"),
            Err(Undelivered::Permanent(_)) => tracing::warn!(message = %message.id, "a message was refused"),
            Err(Undelivered::Unknown(_)) => {
                tracing::warn!(message = %message.id, "whether a message was taken is not known");
            }
        }
        done
    }

    fn is_open(&self) -> bool {
        self.stopping.try_recv() == Err(TryRecvError::Empty)
    }
}

/// Sends what is due; what the database refuses now is due again later.
pub(super) fn deliver(app: &App, post: &Courier<'_>) {
    match app.deliver_due(post) {
        Ok(delivery) => tracing::debug!(?delivery, "looked for messages to send"),
        Err(error) => tracing::warn!(%error, "messages could not be sent"),
    }
}
