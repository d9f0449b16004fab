// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What can be done from the shell: one file per subcommand, each over the same application as the pages.

mod account;
mod audit;
pub mod check;
mod commands;
mod demo;
mod failure;
mod import;
mod logos;
mod migrate;
mod retention;
pub mod score;
mod scoring;
mod serve;
mod translation;
mod wording;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use commands::{AccountCommand, AuditCommand, Cli, Command, ExportCommand, ImportCommand};
use failure::Failure;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    start_log();
    match carry_out(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _unheard = writeln!(std::io::stderr(), "insieme: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn carry_out(cli: Cli) -> Result<(), Failure> {
    match cli.command {
        Command::Demo(options) => demo::run(options),
        Command::Serve(options) => serve::run(&options),
        Command::Migrate(options) => migrate::run(&options),
        Command::Account(AccountCommand::Add(options)) => account::add(options),
        Command::Account(AccountCommand::Reset(options)) => account::reset(options),
        Command::Account(AccountCommand::SignIn(options)) => account::sign_in(options),
        Command::Audit(AuditCommand::Verify(options)) => audit::verify(&options),
        Command::Audit(AuditCommand::Export(options)) => audit::export(&options),
        Command::Retention(options) => retention::run(&options),
        Command::Import(ImportCommand::Places(options)) => import::places(&options),
        Command::Import(ImportCommand::Translation(options)) => translation::import(&options),
        Command::Export(ExportCommand::Translation(options)) => translation::export(&options),
        Command::Score(options) => scoring::run(&options),
        Command::Check { paths, wording } => {
            let out = &mut std::io::stdout().lock();
            let outcome = check::run(&paths, out)?;
            if wording {
                wording::run(&paths, out)?;
            }
            match outcome {
                check::CheckOutcome::Sound => Ok(()),
                check::CheckOutcome::Faulty => Err(Failure::Faulty),
            }
        }
    }
}

/// Messages go to standard error: warnings and worse, unless `INSIEME_LOG` says otherwise.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("INSIEME_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let _already = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
