// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme demo`: the Equilibri demonstration, in a throw-away file unless told where to keep it.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::commands::DemoOptions;
use super::failure::Failure;
use super::serve::listen;
use crate::app::demo::Entrances;
use crate::app::{App, Purpose, Refusal, frameworks};
use crate::clock::Clock;
use crate::config::DEFAULT_LISTEN;
use crate::store::Location;
use crate::web::{self, Logos, Mail, Site, SiteOptions};

const FRAMEWORK: (&str, &str) = ("pratiche-collaborative", "1.0.0");

pub(super) fn run(options: DemoOptions) -> Result<(), Failure> {
    let (listener, address) = listen(options.listen.as_deref().unwrap_or(DEFAULT_LISTEN))?;
    let folder = Folder::open(options.data)?;
    let file = folder.path().join("insieme.db");
    let app = open(&file)?;
    let issuing = app.clone();
    let entrances = app.store.write_now(move |db| issuing.demonstration_entrances(db));
    let entrances = entrances.map_err(|refusal| match refusal {
        Refusal::NotFound => Failure::NotTheDemonstration { path: file.display().to_string() },
        other => other.into(),
    })?;
    let base_url = format!("http://{address}");
    let site = Site::new(
        app,
        SiteOptions { base_url: base_url.clone(), source_url: None, mail: Mail::Off, logos: Logos::default() },
    );
    Ok(web::serve(site, listener, || announce(&base_url, &entrances))?)
}

fn open(file: &Path) -> Result<App, Failure> {
    let fresh = !file.exists();
    let mut app = App::open(&Location::Sqlite(file.to_owned()), Clock::System)?;
    if fresh {
        let version = frameworks::find_shipped(FRAMEWORK.0, FRAMEWORK.1)?;
        app.load_demonstration(&version)?;
    }
    if app.purpose == Purpose::Demonstration {
        Ok(app)
    } else {
        Err(Failure::NotTheDemonstration { path: file.display().to_string() })
    }
}

fn announce(base_url: &str, entrances: &Entrances) -> std::io::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "Listening on {base_url}")?;
    writeln!(out, "Staff sign-in: {base_url}/it/staff/sign-in/{}", entrances.sign_in_token)?;
    writeln!(out, "Evaluator sign-in: {base_url}/it/staff/sign-in/{}", entrances.evaluator_token)?;
    writeln!(out, "Answer as a stakeholder: {base_url}/q/{}", entrances.access_code.compact())?;
    for (phase, code) in &entrances.spaces {
        writeln!(out, "Take part ({}): {base_url}/q/{}", phase.code(), code.compact())?;
    }
    writeln!(out, "Public results: {base_url}/it/programmes/{}", entrances.programme.simple())
}

/// The folder of the demonstration; a throw-away one is deleted at the end.
enum Folder {
    Kept(PathBuf),
    ThrowAway(tempfile::TempDir),
}

impl Folder {
    fn open(wanted: Option<PathBuf>) -> Result<Self, Failure> {
        let Some(path) = wanted else {
            return tempfile::tempdir().map(Self::ThrowAway).map_err(|source| unusable(&std::env::temp_dir(), source));
        };
        std::fs::create_dir_all(&path).map_err(|source| unusable(&path, source))?;
        Ok(Self::Kept(path))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::ThrowAway(folder) => folder.path(),
        }
    }
}

fn unusable(path: &Path, source: std::io::Error) -> Failure {
    Failure::Folder { path: path.display().to_string(), source }
}
