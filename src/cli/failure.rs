// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Why did a command end badly, and with which exit code? 1: the input or the data; 3: the environment.

use std::net::SocketAddr;

use super::score::ScoreFailure;
use crate::app::audit::AuditError;
use crate::app::demo::DemonstrationError;
use crate::app::{Conflict, Refusal};
use crate::catalogue::Problem;
use crate::config::ConfigError;
use crate::domain::field::FieldProblem;
use crate::domain::text::Language;
use crate::mail::MailSettingsError;
use crate::store::{LocationError, StoreError};
use crate::view::forms::told;
use crate::view::words::words;

/// Why a command ended badly; prints as one clear sentence.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("the framework files have problems")]
    Faulty,
    #[error("the framework files that come with the program have problems: {}", .0.first().map(ToString::to_string).unwrap_or_default())]
    Shipped(Vec<Problem>),
    #[error("the framework cannot be used:\n{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Framework(Vec<Problem>),
    #[error(transparent)]
    Score(#[from] ScoreFailure),
    #[error("{}", .0.errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    List(crate::intake::Problems),
    #[error("{path} cannot be read: {source}")]
    Unreadable { path: String, source: std::io::Error },
    #[error("{path} cannot be written: {source}")]
    Unwritable { path: String, source: std::io::Error },
    #[error("“{0}” is not an address to listen on: use HOST:PORT, e.g. 127.0.0.1:8080")]
    NotAnAddress(String),
    #[error("cannot listen on {address}: {source}; choose another with --listen")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("{path} holds a database without the demonstration: choose another folder with --data")]
    NotTheDemonstration { path: String },
    #[error("the logo {path} cannot be used: {why}; name it by the tax code of its body and keep it small")]
    Logo { path: String, why: String },
    #[error("the folder {path} cannot be used: {source}")]
    Folder { path: String, source: std::io::Error },
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Mail(#[from] MailSettingsError),
    #[error(transparent)]
    Location(#[from] LocationError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Demonstration(#[from] DemonstrationError),
    #[error(transparent)]
    Refusal(#[from] Refusal),
    #[error("{}", sentences(.0))]
    Fields(Vec<FieldProblem>),
    #[error("there is no version {version} of a framework “{id}”, neither with the program nor in the database")]
    NoFramework { id: String, version: String },
    #[error("no account has the address {0}")]
    NoAccount(String),
    #[error("the audit does not hold: {0}")]
    Audit(#[from] AuditError),
    #[error("input or output failed: {0}")]
    Io(#[from] std::io::Error),
}

impl Failure {
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Faulty
            | Self::Shipped(_)
            | Self::Framework(_)
            | Self::Score(ScoreFailure::Input(_))
            | Self::NotAnAddress(_)
            | Self::NotTheDemonstration { .. }
            | Self::Config(_)
            | Self::Fields(_)
            | Self::NoAccount(_)
            | Self::NoFramework { .. }
            | Self::Audit(AuditError::Broken(_) | AuditError::Short { .. })
            | Self::Mail(_)
            | Self::List(_)
            | Self::Logo { .. }
            | Self::Unreadable { .. }
            | Self::Location(_)
            | Self::Refusal(Refusal::Conflict(Conflict::ChangedFramework { .. } | Conflict::OlderList { .. })) => 1,
            Self::Listen { .. }
            | Self::Score(ScoreFailure::Output(_))
            | Self::Unwritable { .. }
            | Self::Folder { .. }
            | Self::Store(_)
            | Self::Audit(AuditError::Store(_) | AuditError::Output(_))
            | Self::Demonstration(_)
            | Self::Refusal(_)
            | Self::Io(_) => 3,
        }
    }
}

/// Each field with what is wrong with it, in English.
fn sentences(problems: &[FieldProblem]) -> String {
    let one = |problem: &FieldProblem| format!("{}: {}", problem.field, told(words(Language::En), problem));
    problems.iter().map(one).collect::<Vec<_>>().join(" ")
}
