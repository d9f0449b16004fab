// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is measured, for how long?

use std::path::PathBuf;
use std::time::Duration;

/// What was asked for on the command line.
pub struct Options {
    /// The program that is measured.
    pub binary: PathBuf,
    /// Where the SQLite files are made: a disk, not memory.
    pub folder: PathBuf,
    /// Whether SQLite is measured.
    pub sqlite: bool,
    /// Address of a PostgreSQL server that waits for its disk.
    pub postgres: Option<String>,
    /// How long each figure is looked for.
    pub seconds: Duration,
    /// How many times, service and bare program in turns.
    pub rounds: usize,
    /// How many submissions before memory is read again.
    pub submissions: u64,
}

const USAGE: &str =
    "answering [--binary FILE] [--folder FOLDER] [--postgres URL] [--no-sqlite] [--seconds N] [--quick]";

impl Options {
    /// Reads the command line; a word it does not know ends the program.
    pub fn read() -> Self {
        let mut options = Self {
            binary: PathBuf::from("target/release/insieme"),
            folder: std::env::temp_dir(),
            sqlite: true,
            postgres: None,
            seconds: Duration::from_secs(8),
            rounds: 3,
            submissions: 100_000,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().expect(USAGE);
            match word.as_str() {
                "--binary" => options.binary = value().into(),
                "--folder" => options.folder = value().into(),
                "--postgres" => options.postgres = Some(value()),
                "--no-sqlite" => options.sqlite = false,
                "--seconds" => options.seconds = Duration::from_secs(value().parse().expect(USAGE)),
                "--quick" => options.be_quick(),
                other => panic!("{other}? {USAGE}"),
            }
        }
        options
    }

    const fn be_quick(&mut self) {
        self.seconds = Duration::from_secs(2);
        self.rounds = 1;
        self.submissions = 2_000;
    }
}
