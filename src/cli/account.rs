// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme account`: how does somebody get an account without a browser?

use std::io::{BufRead, Write};

use super::commands::AccountOptions;
use super::failure::Failure;
use crate::app::{App, Refusal};
use crate::clock::Clock;
use crate::config::{DEFAULT_DATABASE, Settings};
use crate::domain::account::Operator;
use crate::domain::field::Typed;

/// Adds an account. The password is read from the first line of standard input, so that no list of processes shows it.
pub(super) fn add(options: AccountOptions) -> Result<(), Failure> {
    let settings = Settings { database: options.database, ..Settings::default() };
    let settings = settings.or(Settings::read(options.config.as_deref())?);
    let location = settings.database.as_deref().unwrap_or(DEFAULT_DATABASE).parse()?;
    let mut password = String::new();
    write!(std::io::stderr(), "Password (12 characters or more): ")?;
    std::io::stdin().lock().read_line(&mut password)?;
    let typed = Typed::default()
        .with("name", &options.name)
        .with("email", &options.email)
        .with("language", &options.language)
        .with("password", password.trim_end_matches(['\r', '\n']));
    let operator = if options.operator { Operator::Yes } else { Operator::No };
    let app = App::open(&location, Clock::System)?;
    let adding = app.clone();
    let added = app.store.write_now(move |db| adding.add_account(db, &typed, operator, options.administers.as_deref()));
    let account = added.map_err(|refusal| match refusal {
        Refusal::Invalid(problems) => Failure::Fields(problems),
        other => other.into(),
    })?;
    writeln!(std::io::stdout(), "Added {} <{}>", account.name, account.email)?;
    Ok(())
}
