// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How long does a file of single answers take, and how much memory? As ratios within one run.
//!
//! `cargo bench --bench files` puts 100,000 responses beside those of the demonstration, writes them in every format as
//! the service does, beside merely reading them from the database, and then a million. `-- 5000` takes another number for
//! the first part, `-- 5000 20000` for the second too. Memory is the peak of the process, on Linux.

#![expect(clippy::expect_used, reason = "a measurement that cannot go on has nothing to say")]

mod responses;

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use insieme::app::files::TakenAnswers;
use insieme::app::staff::Staff;
use insieme::app::{App, frameworks};
use insieme::clock::Clock;
use insieme::domain::account::{Account, AccountState, Grant, Operator, Scope};
use insieme::domain::data_file::{FileFormat, FileNotes};
use insieme::domain::invitation::StoredResponse;
use insieme::domain::response::Mode;
use insieme::domain::role::Role;
use insieme::domain::text::Language;
use insieme::domain::wave::Wave;
use insieme::export::answers::{self, AnswerRow};
use insieme::export::book::book;
use insieme::store::{self, Location};
use uuid::Uuid;

use responses::{add, closed, peak};

/// What this program is called with to write one file.
const WRITING: &str = "--writing";

fn main() {
    if let [_, flag, database, format, file] = std::env::args().collect::<Vec<_>>().as_slice()
        && flag == WRITING
    {
        return write_and_tell(Path::new(database), format, Path::new(file));
    }
    let numbers: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let few = numbers.first().copied().unwrap_or(100_000);
    let many = numbers.get(1).copied().unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("bench.db");
    let mut app = App::open(&Location::Sqlite(database.clone()), Clock::System).expect("a database");
    let version = frameworks::find_shipped("pratiche-collaborative", "1.0.0").expect("the shipped indicators");
    app.load_demonstration(&version).expect("the demonstration");
    let wave = closed(&app);
    add(&app, &wave, &version.framework, few);
    measure(&app, &wave, &database, folder.path());
    add(&app, &wave, &version.framework, many.saturating_sub(few));
    measure(&app, &wave, &database, folder.path());
}

/// Every format, beside merely reading the same responses.
fn measure(app: &App, wave: &Wave, database: &Path, folder: &Path) {
    let taken = take(app, wave, FileFormat::Csv);
    let reading = read(app, &taken);
    println!("{} responses x {} items", taken.count(), taken.framework().items().count());
    println!("  reading them alone  {reading:>8.2} s");
    for format in FileFormat::OF_ANSWERS {
        let (seconds, peak, bytes) = written_apart(database, format, &folder.join(format.code()));
        let ratio = seconds / reading;
        println!("  {:<4} {seconds:>8.2} s  ratio {ratio:>6.2}  {bytes:>6} MB  peak {peak} MiB", format.code());
    }
}

fn take(app: &App, wave: &Wave, format: FileFormat) -> TakenAnswers {
    let grant = Grant {
        organisation_id: wave.organisation_id,
        id: Uuid::nil(),
        account_id: Uuid::nil(),
        role: Role::Evaluator,
        scope: Scope::Organisation,
        group: String::new(),
        body: String::new(),
    };
    let account = Account {
        id: Uuid::nil(),
        email: "bea@example.org".to_owned(),
        name: "Bea".to_owned(),
        language: Language::It,
        state: AccountState::Active,
        operator: Operator::No,
    };
    let staff = Staff { account, session: Uuid::nil(), seen_at: app.clock.now(), grants: vec![grant] };
    let (asked, id) = (app.clone(), wave.id);
    let taken = app.store.write_now(move |db| asked.take_answers(db, &staff, id, (format, "misura")));
    taken.expect("an evaluator may")
}

/// Seconds of reading everything and writing nothing.
fn read(app: &App, taken: &TakenAnswers) -> f64 {
    let start = Instant::now();
    let mut bytes = 0;
    let each = |response: &StoredResponse, _: Option<Mode>| {
        bytes += response.answers.len();
        Ok::<_, store::StoreError>(())
    };
    app.store.read_now(|db| App::each_answer(db, taken, each)).expect("they are read");
    assert!(bytes > 0);
    start.elapsed().as_secs_f64()
}

/// Seconds, peak of memory in MiB and size in MB of a file, written by a process that does nothing else: what adding a
/// million responses left behind in this one is not counted.
fn written_apart(database: &Path, format: FileFormat, file: &Path) -> (f64, u64, u64) {
    let itself = std::env::current_exe().expect("this program");
    let done = Command::new(itself).arg(WRITING).arg(database).arg(format.code()).arg(file).output();
    let told = String::from_utf8(done.expect("it runs").stdout).expect("text");
    let mut words = told.split_whitespace();
    let seconds = words.next().and_then(|word| word.parse().ok()).expect("seconds");
    let peak = words.next().and_then(|word| word.parse().ok()).expect("a peak");
    (seconds, peak, fs::metadata(file).map_or(0, |file| file.len()) / 1_000_000)
}

/// Writes one file and prints how many seconds it took and how many MiB at most.
fn write_and_tell(database: &Path, format: &str, file: &Path) {
    let app = App::open(&Location::Sqlite(database.to_owned()), Clock::System).expect("a database");
    let format = FileFormat::OF_ANSWERS.into_iter().find(|one| one.code() == format).expect("a format");
    let taken = take(&app, &closed(&app), format);
    let start = Instant::now();
    write(&app, &taken, format, file).expect("it is written");
    println!("{} {}", start.elapsed().as_secs_f64(), peak());
}

fn write(app: &App, taken: &TakenAnswers, format: FileFormat, file: &Path) -> io::Result<()> {
    let collection = taken.wave().collection;
    let mut book = book(format, &FileNotes::default(), BufWriter::new(File::create(file)?))?;
    book.table(&answers::table(taken.framework(), collection))?;
    app.store.read_now(|db| {
        App::each_answer(db, taken, |response, mode| {
            let row = AnswerRow {
                wave: &taken.wave().code,
                group: &response.group,
                mode: mode.map(Mode::code),
                respondent: response.respondent.as_deref(),
                organisation: response.organisation.as_deref(),
                answers: &response.answers,
            };
            answers::write(book.as_mut(), collection, row)
        })
    })?;
    book.finish()
}
