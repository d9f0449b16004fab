// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do many small writes become few durable commits?
//!
//! Writes queue up; whoever waits when a writer is free shares its transaction, each in a savepoint of its
//! own. Everybody hears back only after the commit. SQLite has one writer, PostgreSQL several.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use diesel::Connection;
use diesel::connection::{AnsiTransactionManager, TransactionManager};
use tokio::sync::oneshot;

use super::engine::Use;
use super::{Db, Engine, Location, StoreError};

/// At most this many writes share one commit of SQLite's only writer.
const SQLITE_BATCH: usize = 256;
const POSTGRES_WRITERS: usize = 4;
/// So few that whoever waits is spread over the writers: PostgreSQL joins their commits itself.
const POSTGRES_BATCH: usize = 16;

/// The queue in front of the writing connections.
#[derive(Clone)]
pub(super) struct Writer(Sender<Job>);

/// Does one write inside an open transaction; answers once the fate of the transaction is known.
type Job = Box<dyn FnOnce(Result<&mut Db, StoreError>) -> Answer + Send>;
type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;
type Queue = Arc<Mutex<Receiver<Job>>>;

/// Why a savepoint was undone.
enum Step<E> {
    Work(E),
    Engine(diesel::result::Error),
}

impl<E> From<diesel::result::Error> for Step<E> {
    fn from(error: diesel::result::Error) -> Self {
        Self::Engine(error)
    }
}

impl Writer {
    pub(super) fn start(location: &Location) -> Self {
        let (sender, receiver) = channel();
        let queue: Queue = Arc::new(Mutex::new(receiver));
        let (writers, most) = match location.engine() {
            Engine::Sqlite => (1, SQLITE_BATCH),
            Engine::Postgres => (POSTGRES_WRITERS, POSTGRES_BATCH),
        };
        for _ in 0..writers {
            let (location, queue) = (location.clone(), Arc::clone(&queue));
            thread::spawn(move || serve(&location, &queue, most));
        }
        Self(sender)
    }

    pub(super) fn submit<T, E>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    ) -> oneshot::Receiver<Result<T, E>>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |db| {
            let done = match db {
                Err(error) => Err(error.into()),
                Ok(db) => in_savepoint(db, work),
            };
            Box::new(move |commit| {
                let _gone = reply.send(match commit {
                    Ok(()) => done,
                    Err(error) => done.and_then(|_| Err(error.into())),
                });
            })
        });
        let _closed = self.0.send(job);
        answer
    }
}

fn in_savepoint<T, E: From<StoreError>>(db: &mut Db, work: impl FnOnce(&mut Db) -> Result<T, E>) -> Result<T, E> {
    db.transaction(|db| work(db).map_err(Step::Work)).map_err(|step| match step {
        Step::Work(error) => error,
        Step::Engine(error) => StoreError::from(error).into(),
    })
}

/// Takes batches from the queue until the last sender is gone. Reconnects after an outage.
fn serve(location: &Location, queue: &Queue, most: usize) {
    let mut connection = None;
    while let Some(batch) = next_batch(queue, most) {
        let kept = connection.take();
        let opened = location.check_present().and_then(|()| kept.map_or_else(|| location.connect(Use::Writing), Ok));
        match opened {
            Err(error) => refuse(batch, &error),
            Ok(mut db) => {
                if commit(&mut db, batch) {
                    connection = Some(db);
                }
            }
        }
    }
}

fn next_batch(queue: &Queue, most: usize) -> Option<Vec<Job>> {
    let receiver = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let first = receiver.recv().ok()?;
    Some(std::iter::once(first).chain(receiver.try_iter().take(most - 1)).collect())
}

fn refuse(batch: Vec<Job>, error: &StoreError) {
    for job in batch {
        job(Err(StoreError::Unavailable(error.to_string())))(Ok(()));
    }
}

/// Runs a batch in one transaction. `false` if the connection should not be used again.
fn commit(db: &mut Db, batch: Vec<Job>) -> bool {
    if let Err(error) = begin(db) {
        refuse(batch, &error);
        return false;
    }
    let mut answers = Vec::with_capacity(batch.len());
    for job in batch {
        let Ok(answer) = catch_unwind(AssertUnwindSafe(|| job(Ok(&mut *db)))) else {
            // The job's own reply channel is gone with it; the others are told that nothing was kept.
            tell(answers, || Err(StoreError::Interrupted));
            return false;
        };
        answers.push(answer);
    }
    match <Db as Connection>::TransactionManager::commit_transaction(db) {
        Ok(()) => {
            tell(answers, || Ok(()));
            true
        }
        Err(error) => {
            let message = error.to_string();
            tell(answers, || Err(StoreError::Unavailable(message.clone())));
            false
        }
    }
}

fn tell(answers: Vec<Answer>, outcome: impl Fn() -> Result<(), StoreError>) {
    for answer in answers {
        answer(outcome());
    }
}

/// SQLite must take its lock at once: a transaction that reads first and writes later cannot wait.
fn begin(db: &mut Db) -> Result<(), StoreError> {
    match db {
        Db::Sqlite(connection) => AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE")?,
        Db::Postgres(_) => <Db as Connection>::TransactionManager::begin_transaction(db)?,
    }
    Ok(())
}
