// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which files can be had of a closed wave, what is each for, and what is said inside them?

use serde::Serialize;

use super::render::Page;
use super::words::{Value, words};
use crate::domain::answer::NoAnswer;
use crate::domain::data_file::{FileFormat, FileNotes, ResultFile};
use crate::domain::framework::Framework;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::programme::{Organisation, Origin};
use crate::domain::text::{Language, Text};
use crate::domain::wave::Wave;

/// The files of a wave.
#[derive(Clone, Debug, Serialize)]
pub struct FilesPage {
    /// Name of the project.
    pub project: String,
    /// Where its results are.
    pub results_href: String,
    /// Code and name of the wave.
    pub wave: String,
    /// For whose eyes the numbers are, in a sentence.
    pub who: String,
    /// The files.
    pub files: Vec<FileLine>,
    /// Where single answers are asked for; nothing for whoever may not.
    pub answers_href: Option<String>,
    /// Where the catalogue of open data is; nothing before publication.
    pub catalogue_href: Option<String>,
    /// Lines for the pages of another site, which show the wave at a glance; nothing before publication.
    pub embedding: Option<String>,
}

/// One file.
#[derive(Clone, Debug, Serialize)]
pub struct FileLine {
    /// Its name.
    pub name: &'static str,
    /// Where it is.
    pub href: String,
    /// What it is for.
    pub what: String,
    /// Where its columns are described for programs; nothing if nowhere.
    pub described: Option<String>,
}

impl FileLine {
    /// The files of a view, below a place.
    #[must_use]
    pub fn all(language: Language, view: ScoreView, place: &str) -> Vec<Self> {
        let described = |file: ResultFile| match file {
            ResultFile::Scores(FileFormat::Csv) => Some(ResultFile::ScoresMetadata),
            ResultFile::Items => Some(ResultFile::ItemsMetadata),
            ResultFile::Decisions => Some(ResultFile::DecisionsMetadata),
            ResultFile::Replies => Some(ResultFile::RepliesMetadata),
            ResultFile::Codebook => Some(ResultFile::CodebookMetadata),
            _ => None,
        };
        let key = |file: ResultFile| match file {
            ResultFile::Scores(format) => format!("files-scores-{}", format.code()),
            ResultFile::Items => "files-items".to_owned(),
            ResultFile::Decisions => "files-decisions".to_owned(),
            ResultFile::Replies => "files-replies".to_owned(),
            _ => "files-codebook".to_owned(),
        };
        let shown = ResultFile::ALL.into_iter().filter(|file| file.is_for(view) && !is_metadata(*file));
        let line = |file: ResultFile| Self {
            name: file.name(),
            href: format!("{place}/{}", file.name()),
            what: words(language).say(&key(file)),
            described: described(file).map(|file| format!("{place}/{}", file.name())),
        };
        shown.map(line).collect()
    }
}

const fn is_metadata(file: ResultFile) -> bool {
    matches!(
        file,
        ResultFile::ScoresMetadata
            | ResultFile::ItemsMetadata
            | ResultFile::DecisionsMetadata
            | ResultFile::RepliesMetadata
            | ResultFile::CodebookMetadata
    )
}

/// What the notes of a file are about.
#[derive(Clone, Copy, Debug)]
pub struct Noted<'a> {
    /// Name of the project.
    pub project: &'a str,
    /// Name of the body.
    pub body: &'a str,
    /// The wave.
    pub wave: &'a Wave,
    /// Its framework version.
    pub framework: &'a Framework,
}

/// What is said in a file of results beside its tables.
#[must_use]
pub fn notes(language: Language, about: Noted<'_>, (profile, view): (&Profile, ScoreView)) -> FileNotes {
    let words = words(language);
    let mut notes = begun(language, about, "notes-results-title");
    let voice = words.say(&format!("voice-{}", profile.voice.code()));
    let more = [
        ("notes-view", words.say(&format!("notes-view-{}", view.code()))),
        ("notes-rule", words.say_with("notes-rule-what", [("voice", Value::from(voice))])),
        ("notes-least", words.say_with("notes-least-what", [("least", profile.k_show.into())])),
        ("notes-missing", words.say("notes-missing-what")),
        ("notes-profile", profile.sha256()),
        ("notes-licence", words.say("notes-licence-what")),
    ];
    notes.lines.extend(more.map(|(name, said)| [words.say(name), said]));
    notes
}

/// What is said in a file of single answers: also which groups are not in it.
#[must_use]
pub fn answer_notes(language: Language, about: Noted<'_>, left_out: &[String]) -> FileNotes {
    let words = words(language);
    let mut notes = begun(language, about, "notes-answers-title");
    let names = left_out.iter().map(|code| {
        let group = about.framework.group(code);
        group.map_or(code.as_str(), |group| group.name.get(language))
    });
    let names = names.collect::<Vec<_>>().join(", ");
    let left_out = if left_out.is_empty() { words.say("notes-nobody-left-out") } else { names };
    let more = [
        ("notes-rows", words.say("notes-rows-what")),
        ("notes-left-out", left_out),
        ("notes-codes", words.say("notes-codes-what")),
        ("notes-care", words.say("notes-care-what")),
    ];
    notes.lines.extend(more.map(|(name, said)| [words.say(name), said]));
    notes
}

fn begun(language: Language, about: Noted<'_>, title: &str) -> FileNotes {
    let words = words(language);
    let Noted { project, body, wave, framework } = about;
    let day = |date| super::numbers::day(date, language);
    let dates = [("from", Value::from(day(wave.opens_on))), ("to", Value::from(day(wave.closes_on)))];
    let named = [("project", Value::from(project)), ("wave", Value::from(wave.code.as_str()))];
    let lines = [
        ("notes-project", project.to_owned()),
        ("notes-body", body.to_owned()),
        ("notes-wave", format!("{} ({})", wave.code, wave.wave_type)),
        ("notes-dates", words.say_with("dates-from-to", dates)),
        ("notes-framework", format!("{} ({} {})", framework.title.get(language), framework.id, framework.version)),
        ("notes-framework-sha256", wave.framework_sha256.clone()),
        ("notes-program", format!("Insieme {}", env!("CARGO_PKG_VERSION"))),
    ];
    FileNotes {
        title: words.say_with(title, named),
        lines: lines.map(|(name, said)| [words.say(name), said]).into(),
        reasons: reasons(),
    }
}

/// What every reason for no answer means.
fn reasons() -> [Text; 5] {
    NoAnswer::ALL.map(|reason| {
        let said = |language| words(language).say(&format!("file-reason-{}", reason.code()));
        Text::both(&said(Language::It), &said(Language::En))
    })
}

/// Title and description of a published wave in the catalogue of open data, in Italian.
#[must_use]
pub fn published(project: &str, body: &Organisation, wave: &Wave) -> [String; 2] {
    let words = words(Language::It);
    let day = |date| super::numbers::day(date, Language::It);
    let values = || {
        [
            ("project", Value::from(project)),
            ("wave", Value::from(wave.code.as_str())),
            ("body", Value::from(body.name.as_str())),
            ("from", Value::from(day(wave.opens_on))),
            ("to", Value::from(day(wave.closes_on))),
        ]
    };
    let (title, mut what) = (words.say_with("open-data-title", values()), words.say_with("open-data-what", values()));
    if body.data == Origin::Fictional {
        what = format!("{} {what}", words.say("open-data-fictional"));
    }
    [title, what]
}

impl Page for FilesPage {
    const TEMPLATE: &'static str = "waves/files";

    fn samples() -> Vec<Self> {
        let page = |language, view, may: Option<&str>| Self {
            project: "Orto".to_owned(),
            results_href: "/it/waves/1".to_owned(),
            wave: "T0 · Ex ante".to_owned(),
            who: "Numeri per tutti.".to_owned(),
            files: FileLine::all(language, view, "/opendata/1/1"),
            answers_href: may.map(str::to_owned),
            embedding: may.is_none().then(|| "<iframe></iframe>".to_owned()),
            catalogue_href: may.is_none().then(|| "/opendata/catalog.ttl".to_owned()),
        };
        vec![
            page(Language::It, ScoreView::Public, None),
            page(Language::En, ScoreView::Evaluator, Some("/it/staff/waves/1/answers")),
        ]
    }
}
