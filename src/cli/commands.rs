// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which commands exist, with which options?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::Settings;

/// Participatory evaluation of collaborative practices: indicators, questionnaires, scores that can honestly be
/// compared.
#[derive(Debug, Parser)]
#[command(name = "insieme", version, about, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Load the Equilibri demonstration into a throw-away SQLite file and serve it. All answers are invented.
    Demo(DemoOptions),
    /// Serve the service on a database. The schema is brought up to date first.
    Serve(ServeOptions),
    /// Bring the schema of a database up to date and say what was done.
    Migrate(MigrateOptions),
    /// Check framework files. Prints every problem as `file:line: CODE what: remedy`; exit code 1 if there is any.
    Check {
        /// Framework files or folders [default: every framework under ./indicators]
        paths: Vec<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct DemoOptions {
    /// Address and port to serve on; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR", env = "INSIEME_LISTEN")]
    pub listen: Option<String>,
    /// Folder in which the demonstration is kept; one that is there already is served as it is
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ServeOptions {
    /// Address and port to serve on; port 0 picks a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR", env = "INSIEME_LISTEN")]
    pub listen: Option<String>,
    /// Database: sqlite:FILE or postgres://USER@HOST/NAME [default: sqlite:insieme.db]
    #[arg(long, value_name = "URL", env = "INSIEME_DATABASE")]
    pub database: Option<String>,
    /// Address under which people reach the service, if a proxy stands in front of it [default: the one listened on]
    #[arg(long, value_name = "URL", env = "INSIEME_BASE_URL")]
    pub base_url: Option<String>,
    /// Where the source of the running version is; the footer links to it
    #[arg(long, value_name = "URL", env = "INSIEME_SOURCE_URL")]
    pub source_url: Option<String>,
    /// Settings file (TOML: listen, database, base_url, source_url)
    #[arg(long, value_name = "FILE", env = "INSIEME_CONFIG")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct MigrateOptions {
    /// Database: sqlite:FILE or postgres://USER@HOST/NAME [default: sqlite:insieme.db]
    #[arg(long, value_name = "URL", env = "INSIEME_DATABASE")]
    pub database: Option<String>,
    /// Settings file (TOML)
    #[arg(long, value_name = "FILE", env = "INSIEME_CONFIG")]
    pub config: Option<PathBuf>,
}

impl ServeOptions {
    pub(super) fn settings(&self) -> Settings {
        Settings {
            listen: self.listen.clone(),
            database: self.database.clone(),
            base_url: self.base_url.clone(),
            source_url: self.source_url.clone(),
        }
    }
}
