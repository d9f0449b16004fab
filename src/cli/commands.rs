// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which commands exist, with which options?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::failure::Failure;
use super::score::ScoreFormat;
use crate::config::{DEFAULT_DATABASE, Settings};
use crate::domain::language_tag::LanguageTag;
use crate::domain::profile::{ScoreView, Voice};
use crate::domain::text::Language;
use crate::domain::translation::TranslationState;
use crate::store::Location;

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
    Migrate(DatabaseOptions),
    /// Accounts of staff.
    #[command(subcommand)]
    Account(AccountCommand),
    /// The audit: who did what and when.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Take away what has been kept long enough; `serve` does it once a day by itself.
    Retention(RetentionOptions),
    /// Take in lists from files.
    #[command(subcommand)]
    Import(ImportCommand),
    /// Write what is kept into files.
    #[command(subcommand)]
    Export(ExportCommand),
    /// Score and compare a file of answers, without a database.
    Score(ScoreArguments),
    /// Check framework files. Prints every problem as `file:line: CODE what: remedy`; exit code 1 if there is any.
    Check {
        /// Framework files or folders [default: every framework under ./indicators]
        paths: Vec<PathBuf>,
        /// Say too how each item reads in Italian, and which rules of wording it breaks; the exit code stays the same
        #[arg(long)]
        wording: bool,
    },
}

/// Which database a command works on, and where its settings are.
#[derive(Debug, Args)]
pub(super) struct DatabaseOptions {
    /// Database: `sqlite:FILE` or `postgres://USER@HOST/NAME` [default: sqlite:insieme.db]
    #[arg(long, value_name = "URL", env = "INSIEME_DATABASE")]
    pub database: Option<String>,
    /// Settings file (TOML)
    #[arg(long, value_name = "FILE", env = "INSIEME_CONFIG")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum AccountCommand {
    /// Add an account. Its password is read from the first line of standard input.
    Add(AccountOptions),
    /// Print a link by which somebody sets a new password, once, within 24 hours. Their sessions end when it is used.
    Reset(ResetOptions),
    /// Print a link that signs somebody in, once, within 24 hours, also where passwords are switched off.
    SignIn(LinkOptions),
}

#[derive(Debug, Args)]
pub(super) struct LinkOptions {
    /// E-mail address of the account
    #[arg(value_name = "EMAIL")]
    pub email: String,
    /// Address under which people reach the service [default: that of the settings file, else that of `serve`]
    #[arg(long, value_name = "URL", env = "INSIEME_BASE_URL")]
    pub base_url: Option<String>,
    #[command(flatten)]
    pub on: DatabaseOptions,
}

#[derive(Debug, Args)]
pub(super) struct ResetOptions {
    /// For whom, and where
    #[command(flatten)]
    pub link: LinkOptions,
    /// Take the second factor away too, at once: codes, passkeys and recovery codes
    #[arg(long)]
    pub drop_second_factor: bool,
}

#[derive(Debug, Args)]
pub(super) struct AccountOptions {
    /// E-mail address
    #[arg(long, value_name = "ADDRESS")]
    pub email: String,
    /// Full name
    #[arg(long, value_name = "NAME")]
    pub name: String,
    /// Language of the interface: it or en
    #[arg(long, value_name = "CODE", default_value = "it")]
    pub language: String,
    /// It looks after the installation: it may add bodies
    #[arg(long)]
    pub operator: bool,
    /// Name of a body that it administers; a new body is added under this name [default: none]
    #[arg(long, value_name = "NAME")]
    pub administers: Option<String>,
    #[command(flatten)]
    pub on: DatabaseOptions,
}

#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// Walk the chain from its start and say whether it holds; exit code 1 if it does not.
    Verify(DatabaseOptions),
    /// Write every entry as CSV to standard output, checking the chain on the way.
    Export(DatabaseOptions),
}

#[derive(Debug, Args)]
pub(super) struct RetentionOptions {
    /// Only say what would be taken away
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub on: DatabaseOptions,
}

#[derive(Debug, Subcommand)]
pub(super) enum ImportCommand {
    /// Municipalities and regions: the list published by ISTAT, as CSV. Says what changes.
    Places(PlacesOptions),
    /// What a questionnaire says in a further language: a translation sheet, as CSV. It replaces the one before.
    Translation(TranslationImportOptions),
}

#[derive(Debug, Subcommand)]
pub(super) enum ExportCommand {
    /// A translation sheet: every text of a questionnaire, with the words there are so far, as CSV.
    Translation(TranslationExportOptions),
}

/// Which texts in which language.
#[derive(Debug, Args)]
pub(super) struct TranslationOf {
    /// Framework, by its id
    #[arg(long, value_name = "ID")]
    pub framework: String,
    /// Version of the framework
    #[arg(long, value_name = "VERSION")]
    pub version: String,
    /// Language, as a tag: ro, ar, zh-Hans, it-x-facile
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: LanguageTag,
    #[command(flatten)]
    pub on: DatabaseOptions,
}

#[derive(Debug, Args)]
pub(super) struct TranslationExportOptions {
    #[command(flatten)]
    pub of: TranslationOf,
    /// File to write to [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct TranslationImportOptions {
    /// The sheet (CSV)
    pub file: PathBuf,
    #[command(flatten)]
    pub of: TranslationOf,
    /// Who has looked at it: draft, revised (by somebody whose language it is) or tested (with readers)
    #[arg(long, value_name = "STATE", default_value = "draft", value_parser = state)]
    pub state: TranslationState,
    /// Only say how much is translated
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct PlacesOptions {
    /// The list (CSV)
    pub file: PathBuf,
    /// Day on which the list is valid, e.g. 2026-06-30
    #[arg(long, value_name = "DAY")]
    pub as_of: String,
    /// Where it comes from, as it is to be named
    #[arg(long, value_name = "TEXT", default_value = "ISTAT")]
    pub source: String,
    /// Only say what would change
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub on: DatabaseOptions,
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
    /// Database: `sqlite:FILE` or `postgres://USER@HOST/NAME` [default: sqlite:insieme.db]
    #[arg(long, value_name = "URL", env = "INSIEME_DATABASE")]
    pub database: Option<String>,
    /// Address under which people reach the service, if a proxy stands in front of it [default: the one listened on]
    #[arg(long, value_name = "URL", env = "INSIEME_BASE_URL")]
    pub base_url: Option<String>,
    /// Where the source of the running version is; the footer links to it
    #[arg(long, value_name = "URL", env = "INSIEME_SOURCE_URL")]
    pub source_url: Option<String>,
    /// Settings file (TOML: `listen`, `database`, `base_url`, `source_url`, `logos`, `[mail]`, `[[oidc]]`)
    #[arg(long, value_name = "FILE", env = "INSIEME_CONFIG")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ScoreArguments {
    /// Framework file or folder
    #[arg(long, value_name = "PATH")]
    pub framework: PathBuf,
    /// Answers (CSV)
    #[arg(long, value_name = "FILE")]
    pub responses: PathBuf,
    /// How many are listed in each group (CSV: wave,group,listed) [default: not known]
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// Scoring profile (TOML) [default: the defaults of docs/methods.md]
    #[arg(long, value_name = "FILE")]
    pub profile: Option<PathBuf>,
    /// Which voice is the headline: equal, head, population or participatory [default: the profile's]
    #[arg(long, value_name = "VOICE", value_parser = voice)]
    pub voice: Option<Voice>,
    /// For whose eyes: full applies no disclosure control
    #[arg(long, value_name = "VIEW", default_value = "full", value_parser = view)]
    pub view: ScoreView,
    /// Seed of whatever is drawn at random [default: made from project, waves, statistic and profile]
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// json or table
    #[arg(long, value_name = "FORMAT", default_value = "json", value_parser = format)]
    pub format: ScoreFormat,
    /// Take unknown columns and codes for warnings instead of errors
    #[arg(long)]
    pub ignore_unknown: bool,
    /// File to write to [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

fn voice(word: &str) -> Result<Voice, &'static str> {
    Voice::from_code(word).ok_or("use equal, head, population or participatory")
}

fn view(word: &str) -> Result<ScoreView, &'static str> {
    ScoreView::from_code(word).ok_or("use full, evaluator, participants or public")
}

fn language(tag: &str) -> Result<LanguageTag, &'static str> {
    let language = LanguageTag::parse(tag).map_err(|_| "use a language tag such as ro, zh-Hans or it-x-facile")?;
    match Language::from_code(language.code()) {
        Some(_) => Err("Italian and English belong into the files of the framework"),
        None => Ok(language),
    }
}

fn state(word: &str) -> Result<TranslationState, &'static str> {
    TranslationState::from_code(word).ok_or("use draft, revised or tested")
}

fn format(word: &str) -> Result<ScoreFormat, &'static str> {
    ScoreFormat::from_code(word).ok_or("use json or table")
}

impl DatabaseOptions {
    /// The settings of the command line, completed by those of the file.
    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        let settings = Settings { database: self.database.clone(), ..Settings::default() };
        Ok(settings.or(Settings::read(self.config.as_deref())?))
    }

    /// Where the database is.
    pub(super) fn location(&self) -> Result<Location, Failure> {
        location(&self.settings()?)
    }
}

/// Where the database of these settings is.
pub(super) fn location(settings: &Settings) -> Result<Location, Failure> {
    Ok(settings.database.as_deref().unwrap_or(DEFAULT_DATABASE).parse()?)
}

impl ServeOptions {
    pub(super) fn settings(&self) -> Settings {
        Settings {
            listen: self.listen.clone(),
            database: self.database.clone(),
            base_url: self.base_url.clone(),
            source_url: self.source_url.clone(),
            ..Settings::default()
        }
    }
}
