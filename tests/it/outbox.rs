// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does a message leave at most once, whatever happens between the database and the mail server?

use std::cell::RefCell;
use std::sync::Barrier;
use std::thread;

use insieme::app::outbox::{Delivery, Post};
use insieme::app::{App, Refusal};
use insieme::clock::Clock;
use insieme::domain::email::EmailAddress;
use insieme::domain::message::{
    INSTALLATION, MOST_ATTEMPTS, Message, MessageId, MessagePurpose, MessageState, Subject, Undelivered,
};
use insieme::store::outbox::OutboxEntry;
use insieme::store::{self, Location, StoreError};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::service::postgres;

/// An installation without anything in it, whose clock is set by hand.
pub struct Installation {
    pub app: App,
    location: Location,
    _folder: tempfile::TempDir,
}

impl Installation {
    /// On a fresh SQLite file, and on a fresh PostgreSQL database where a server is given.
    pub fn on_both() -> Vec<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut all = vec![Self::at(Location::Sqlite(folder.path().join("test.db")), folder)];
        match postgres() {
            Some(location) => all.push(Self::at(location, tempfile::tempdir().unwrap())),
            None => eprintln!("left out: PostgreSQL, because TEST_DATABASE_URL is not set"),
        }
        all
    }

    fn at(location: Location, folder: tempfile::TempDir) -> Self {
        let clock = Clock::Fixed("2026-11-25T10:00:00Z".parse().unwrap());
        Self { app: App::open(&location, clock).unwrap(), location, _folder: folder }
    }

    /// Lets time pass.
    pub fn wait(&mut self, minutes: i64) {
        self.app.clock = Clock::Fixed(self.app.clock.now() + SignedDuration::from_mins(minutes));
    }

    pub fn enqueue(&self, message: &Message) -> bool {
        let (app, message) = (self.app.clone(), message.clone());
        self.app.store.write_now::<_, StoreError>(move |db| app.enqueue(db, &message)).unwrap()
    }

    pub fn retry(&self, organisation: Uuid, id: Uuid) -> Result<(), Refusal> {
        let app = self.app.clone();
        self.app.store.write_now(move |db| app.retry_message(db, organisation, Uuid::nil(), id))
    }

    /// What the body of [`message`] sees, newest first.
    pub fn entries(&self) -> Vec<OutboxEntry> {
        self.app.store.read_now(|db| App::outbox(db, INSTALLATION, Uuid::nil(), (0, 100))).unwrap().entries
    }

    /// The only message.
    pub fn entry(&self) -> OutboxEntry {
        let mut entries = self.entries();
        assert_eq!(entries.len(), 1);
        entries.remove(0)
    }

    /// What is left of the text of a message, read behind the back of the program.
    fn body(&self, id: Uuid) -> String {
        use diesel::{Connection, RunQueryDsl, sql_query, sql_types};
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = sql_types::Text)]
            body: String,
        }
        let row: Row = match &self.location {
            Location::Postgres(address) => sql_query(format!("SELECT body FROM outbox WHERE id = '{id}'"))
                .get_result(&mut diesel::PgConnection::establish(address).unwrap()),
            Location::Sqlite(file) => sql_query(format!("SELECT body FROM outbox WHERE id = x'{}'", id.simple()))
                .get_result(&mut diesel::SqliteConnection::establish(&file.to_string_lossy()).unwrap()),
        }
        .unwrap();
        row.body
    }
}

/// A message to somebody at example.org.
pub fn message(name: &str, message_id: &str) -> Message {
    Message {
        organisation_id: INSTALLATION,
        id: Uuid::new_v4(),
        purpose: MessagePurpose::Invitation,
        about: Uuid::nil(),
        recipient: EmailAddress::parse(&format!("{name}@example.org")).unwrap(),
        subject: Subject::parse("La tua opinione è attesa").unwrap(),
        body: "Gentile persona,\nper rispondere: https://example.org/q/ABCD-EFGH\n".to_owned(),
        message_id: MessageId::parse(message_id).unwrap(),
    }
}

/// Keeps what it is given and says what it was told to say.
struct Letterbox {
    outcome: Result<(), Undelivered>,
    taken: RefCell<Vec<Uuid>>,
    places: usize,
}

impl Letterbox {
    fn that(outcome: Result<(), Undelivered>) -> Self {
        Self { outcome, taken: RefCell::default(), places: usize::MAX }
    }
}

impl Post for Letterbox {
    fn send(&self, message: &Message, _: Timestamp) -> Result<(), Undelivered> {
        self.taken.borrow_mut().push(message.id);
        self.outcome.clone()
    }

    fn is_open(&self) -> bool {
        self.taken.borrow().len() < self.places
    }
}

fn temporary() -> Result<(), Undelivered> {
    Err(Undelivered::Temporary("450 busy".to_owned()))
}

#[test]
fn a_message_is_written_once_sent_once_and_its_text_is_emptied() {
    for installation in Installation::on_both() {
        let first = message("anna", "invitation.1");
        assert!(installation.enqueue(&first));
        assert!(!installation.enqueue(&message("eva", "invitation.1")), "the same message id adds nothing");
        assert_eq!(installation.body(first.id), first.body);

        let post = Letterbox::that(Ok(()));
        let delivery = installation.app.deliver_due(&post).unwrap();
        assert_eq!(delivery, Delivery { sent: 1, deferred: 0, failed: 0 });
        assert_eq!(installation.app.deliver_due(&post).unwrap(), Delivery::default());
        assert_eq!(*post.taken.borrow(), [first.id]);

        let entry = installation.entry();
        assert_eq!((entry.state, entry.attempts, entry.last_problem), (MessageState::Sent, 1, None));
        assert_eq!(entry.sent_at, Some(installation.app.clock.now()));
        assert_eq!(installation.body(first.id), "");
        assert!(matches!(installation.retry(INSTALLATION, first.id), Err(Refusal::NotFound)));
    }
}

#[test]
fn a_message_is_kept_with_the_change_it_tells_about_or_not_at_all() {
    for installation in Installation::on_both() {
        let (app, lost) = (installation.app.clone(), message("anna", "invitation.1"));
        let undone = installation.app.store.write_now(move |db| {
            app.enqueue(db, &lost)?;
            Err::<(), _>(Refusal::NotFound)
        });
        assert!(undone.is_err());
        assert_eq!(installation.entries(), []);
    }
}

#[test]
fn what_is_put_off_waits_longer_each_time_and_is_given_up_at_last() {
    for mut installation in Installation::on_both() {
        let put_off = message("anna", "invitation.1");
        installation.enqueue(&put_off);
        let post = Letterbox::that(temporary());
        let mut pauses = Vec::new();
        for _ in 1..MOST_ATTEMPTS {
            assert_eq!(installation.app.deliver_due(&post).unwrap().deferred, 1);
            assert_eq!(installation.app.deliver_due(&post).unwrap(), Delivery::default(), "not due yet");
            let entry = installation.entry();
            assert_eq!((entry.state, entry.last_problem.as_deref()), (MessageState::Waiting, Some("450 busy")));
            pauses.push((entry.next_attempt_at - installation.app.clock.now()).as_mins());
            installation.wait(pauses.last().copied().unwrap());
        }
        assert_eq!(pauses, [1, 5, 15, 60, 240, 720, 1440]);
        assert_eq!(installation.body(put_off.id), put_off.body);
        assert_eq!(installation.app.deliver_due(&post).unwrap().failed, 1);
        let entry = installation.entry();
        assert_eq!((entry.state, entry.attempts), (MessageState::GivenUp, MOST_ATTEMPTS));
        assert_eq!(installation.body(put_off.id), "");
        assert!(matches!(installation.retry(INSTALLATION, put_off.id), Err(Refusal::NotFound)));
    }
}

#[test]
fn what_failed_is_sent_again_only_by_hand_and_only_by_its_own_body() {
    for mut installation in Installation::on_both() {
        let refused = message("anna", "invitation.1");
        installation.enqueue(&refused);
        let post = Letterbox::that(Err(Undelivered::Unknown("connection closed".to_owned())));
        assert_eq!(installation.app.deliver_due(&post).unwrap().failed, 1);
        installation.wait(100_000);
        assert_eq!(installation.app.deliver_due(&post).unwrap(), Delivery::default());
        let entry = installation.entry();
        assert_eq!(entry.state, MessageState::Failed);
        assert_eq!(entry.last_problem.as_deref(), Some("outcome unknown: connection closed"));

        assert!(matches!(installation.retry(Uuid::new_v4(), refused.id), Err(Refusal::NotFound)));
        installation.retry(INSTALLATION, refused.id).unwrap();
        let post = Letterbox::that(Ok(()));
        assert_eq!(installation.app.deliver_due(&post).unwrap().sent, 1);
        assert_eq!(installation.entry().last_problem, None);
    }
}

#[test]
fn a_message_whose_sender_died_is_not_sent_again_by_itself() {
    for mut installation in Installation::on_both() {
        let abandoned = message("anna", "invitation.1");
        installation.enqueue(&abandoned);
        let now = installation.app.clock.now();
        let until = now + SignedDuration::from_mins(30);
        let claim = move |db: &mut store::Db| store::outbox::claim(db, now, until, 10);
        let claims = installation.app.store.write_now::<_, StoreError>(claim).unwrap();
        assert_eq!(claims.len(), 1);

        let post = Letterbox::that(Ok(()));
        assert_eq!(installation.app.deliver_due(&post).unwrap(), Delivery::default());
        assert_eq!(installation.entry().state, MessageState::Sending, "the lease still runs");
        installation.wait(31);
        assert_eq!(installation.app.deliver_due(&post).unwrap(), Delivery::default());
        let entry = installation.entry();
        assert_eq!(entry.state, MessageState::Failed);
        assert!(entry.last_problem.unwrap().starts_with("outcome unknown"));
        assert!(post.taken.borrow().is_empty());

        // The sender was alive after all, only slow, and knows that it was taken.
        let late = claims.into_iter().next().unwrap();
        let settle = move |db: &mut store::Db| store::outbox::settle_sent(db, &late, until);
        assert!(installation.app.store.write_now::<_, StoreError>(settle).unwrap());
        assert_eq!(installation.entry().state, MessageState::Sent);
        assert_eq!(installation.body(abandoned.id), "");
    }
}

#[test]
fn a_claim_that_was_lost_settles_nothing() {
    for mut installation in Installation::on_both() {
        let retried = message("anna", "invitation.1");
        installation.enqueue(&retried);
        let claim = |installation: &Installation| {
            let now = installation.app.clock.now();
            let claim =
                move |db: &mut store::Db| store::outbox::claim(db, now, now + SignedDuration::from_mins(30), 10);
            installation.app.store.write_now::<_, StoreError>(claim).unwrap().remove(0)
        };
        let lost = claim(&installation);
        installation.wait(31);
        installation.app.deliver_due(&Letterbox::that(Ok(()))).unwrap();
        installation.retry(INSTALLATION, retried.id).unwrap();
        let held = claim(&installation);
        let settle = move |db: &mut store::Db| {
            let now = held.lease_until;
            let lost = [
                store::outbox::settle_sent(db, &lost, now)?,
                store::outbox::settle_deferred(db, &lost, now, "a")?,
                store::outbox::settle_failed(db, &lost, "a")?,
                store::outbox::settle_given_up(db, &lost, "a")?,
            ];
            Ok((lost, store::outbox::settle_failed(db, &held, "b")?))
        };
        let settled = installation.app.store.write_now::<_, StoreError>(settle).unwrap();
        assert_eq!(settled, ([false; 4], true));
    }
}

#[test]
fn a_post_that_closes_gets_no_more_and_the_rest_waits() {
    for installation in Installation::on_both() {
        for number in 0..3 {
            installation.enqueue(&message("anna", &format!("invitation.{number}")));
        }
        let post = Letterbox { places: 2, ..Letterbox::that(Ok(())) };
        assert_eq!(installation.app.deliver_due(&post).unwrap().sent, 2);
        let read = |db: &mut store::Db| store::outbox::count_by_state(db, INSTALLATION, Uuid::nil());
        let mut counts = installation.app.store.read_now::<_, StoreError>(read).unwrap();
        counts.sort_by_key(|(_, count)| *count);
        assert_eq!(counts, [(MessageState::Waiting, 1), (MessageState::Sent, 2)]);
    }
}

#[test]
fn two_that_send_at_the_same_time_never_send_the_same() {
    const MESSAGES: usize = 40;
    for installation in Installation::on_both() {
        for number in 0..MESSAGES {
            installation.enqueue(&message("anna", &format!("invitation.{number}")));
        }
        let start = Barrier::new(2);
        let deliver = || {
            let app = App::open(&installation.location, installation.app.clock).unwrap();
            let post = Letterbox::that(Ok(()));
            start.wait();
            app.deliver_due(&post).unwrap();
            post.taken.into_inner()
        };
        let mut taken = thread::scope(|scope| {
            let (one, other) = (scope.spawn(deliver), scope.spawn(deliver));
            [one.join().unwrap(), other.join().unwrap()].concat()
        });
        assert_eq!(taken.len(), MESSAGES);
        taken.sort_unstable();
        taken.dedup();
        assert_eq!(taken.len(), MESSAGES);
    }
}

#[test]
fn a_body_sees_its_own_messages_newest_first_and_without_their_text() {
    for mut installation in Installation::on_both() {
        let other = Message { organisation_id: Uuid::new_v4(), ..message("eva", "invitation.1") };
        assert!(installation.enqueue(&other), "another body may use the same message id");
        for number in 1..=3 {
            installation.wait(1);
            installation.enqueue(&message(&format!("anna{number}"), &format!("invitation.{number}")));
        }
        let recipients: Vec<String> = installation.entries().into_iter().map(|entry| entry.recipient).collect();
        assert_eq!(recipients, ["anna3@example.org", "anna2@example.org", "anna1@example.org"]);
        let page = installation.app.store.read_now(|db| App::outbox(db, INSTALLATION, Uuid::nil(), (1, 1))).unwrap();
        assert_eq!(page.entries.first().unwrap().recipient, "anna2@example.org");
        assert_eq!(page.counts, [(MessageState::Waiting, 3)]);
    }
}
