// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme account`: how does somebody get an account, a new password or a way in without a browser?

use std::io::{BufRead, Write};

use super::commands::{AccountOptions, LinkOptions, ResetOptions, location};
use super::failure::Failure;
use crate::app::{App, Refusal, SecondFactorThen};
use crate::clock::Clock;
use crate::config::{DEFAULT_LISTEN, Settings};
use crate::domain::account::Operator;
use crate::domain::field::Typed;
use crate::domain::text::Language;
use crate::store::Db;

/// Adds an account. The password is read from the first line of standard input, so that no list of processes shows it.
pub(super) fn add(options: AccountOptions) -> Result<(), Failure> {
    let location = options.on.location()?;
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

/// Prints a link by which somebody sets a new password.
pub(super) fn reset(options: ResetOptions) -> Result<(), Failure> {
    let then = if options.drop_second_factor { SecondFactorThen::Removed } else { SecondFactorThen::Kept };
    print_link(options.link, "/staff/reset/", move |app, db, email| app.issue_reset_for(db, email, then))
}

/// Prints a link that signs somebody in.
pub(super) fn sign_in(options: LinkOptions) -> Result<(), Failure> {
    print_link(options, "/staff/sign-in/", App::issue_sign_in_for)
}

fn print_link(
    options: LinkOptions,
    place: &str,
    issue: impl FnOnce(&App, &mut Db, &str) -> Result<String, Refusal> + Send + 'static,
) -> Result<(), Failure> {
    let settings = Settings { base_url: options.base_url, ..Settings::default() }.or(options.on.settings()?);
    let app = App::open(&location(&settings)?, Clock::System)?;
    let (issuing, email) = (app.clone(), options.email.clone());
    let token = app.store.write_now(move |db| issue(&issuing, db, &email)).map_err(|refusal| match refusal {
        Refusal::NotFound => Failure::NoAccount(options.email),
        other => other.into(),
    })?;
    let base_url = settings.base_url.unwrap_or_else(|| format!("http://{DEFAULT_LISTEN}"));
    writeln!(std::io::stdout(), "{base_url}/{}{place}{token}", Language::default().code())?;
    Ok(())
}
