// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme serve`: the service on a database.

use std::io::Write;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};

use super::commands::{ServeOptions, location};
use super::failure::Failure;
use crate::app::{App, frameworks};
use crate::clock::Clock;
use crate::config::{DEFAULT_LISTEN, Settings};
use crate::job::Jobs;
use crate::mail::Mailer;
use crate::web::{self, Mail, Site, SiteOptions};

pub(super) fn run(options: &ServeOptions) -> Result<(), Failure> {
    let settings = options.settings().or(Settings::read(options.config.as_deref())?).with_environment();
    let mailer = settings.mail.as_ref().map(Mailer::new).transpose()?;
    let location = location(&settings)?;
    let (listener, address) = listen(settings.listen.as_deref().unwrap_or(DEFAULT_LISTEN))?;
    let app = App::open(&location, Clock::System)?;
    let shipped = frameworks::shipped().map_err(Failure::Shipped)?;
    app.store.read_now(|db| frameworks::check_unchanged(db, &shipped))?;
    let base_url = settings.base_url.unwrap_or_else(|| format!("http://{address}"));
    let app = app.reached_at(&base_url, settings.oidc);
    let set_up = set_up_token(&app)?;
    let logos = super::logos::read(settings.logos.as_deref())?;
    let mail = if mailer.is_some() { Mail::On } else { Mail::Off };
    let options = SiteOptions { base_url: base_url.clone(), source_url: settings.source_url, mail, logos };
    let announce = || {
        let mut out = std::io::stdout();
        writeln!(out, "Listening on http://{address}")?;
        set_up.iter().try_for_each(|token| writeln!(out, "First set-up: {base_url}/it/set-up/{token}"))
    };
    let jobs = Jobs::start(app.clone(), mailer);
    let served = web::serve(Site::new(app, options), listener, announce);
    jobs.stop();
    Ok(served?)
}

/// The link of the first set-up, while there is no account.
fn set_up_token(app: &App) -> Result<Option<String>, Failure> {
    let issuing = app.clone();
    Ok(app.store.write_now(move |db| issuing.issue_set_up(db))?)
}

/// Listens on an address; says which, since port 0 picks a free one.
pub(super) fn listen(wanted: &str) -> Result<(TcpListener, SocketAddr), Failure> {
    let not_an_address = || Failure::NotAnAddress(wanted.to_owned());
    let address = wanted.to_socket_addrs().map_err(|_| not_an_address())?.next().ok_or_else(not_an_address)?;
    let listener = TcpListener::bind(address).map_err(|source| Failure::Listen { address, source })?;
    let bound = listener.local_addr()?;
    Ok((listener, bound))
}
