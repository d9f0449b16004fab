// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does each kind of table become a value of the framework?

use super::document::Record;
use super::problem::ProblemCode;
use super::reader::Reader;
use super::sections::{Section, list_of_records};
use super::spelling;
use crate::domain::framework::{
    Context, ContextLevel, ContextOption, Family, Framework, Measure, MeasureKind, OpenQuestion, Pillar, Scale,
    StakeholderGroup, Status, WaveType,
};
use crate::domain::goalposts::Goalposts;

const STATUSES: [(&str, Status); 3] =
    [("draft", Status::Draft), ("piloted", Status::Piloted), ("validated", Status::Validated)];

const MEASURE_KINDS: [(&str, MeasureKind); 5] = [
    ("input", MeasureKind::Input),
    ("process", MeasureKind::Process),
    ("output", MeasureKind::Output),
    ("outcome", MeasureKind::Outcome),
    ("quality", MeasureKind::Quality),
];

const CONTEXT_LEVELS: [(&str, ContextLevel); 3] = [
    ("project", ContextLevel::Project),
    ("organisation", ContextLevel::Organisation),
    ("respondent", ContextLevel::Respondent),
];

impl<'a> Reader<'a> {
    /// The `[framework]` table: what the framework says of itself, its lists still empty.
    pub fn header(&mut self, record: Record<'a>) -> Framework {
        self.only(record, &["id", "version", "title", "languages", "license", "status"]);
        self.languages = self.language_codes(record);
        Framework {
            id: self.id(record),
            version: self.version(record, "version"),
            title: self.text(record, "title"),
            languages: self.languages.clone(),
            license: self.string(record, "license"),
            status: self.word(record, "status", &STATUSES, Status::default()),
            ..Framework::default()
        }
    }

    /// A version that has to be there.
    pub fn version(&mut self, record: Record<'a>, key: &str) -> String {
        let version = self.string(record, key);
        if let Some(value) = record.get(key).filter(|_| !version.is_empty() && !spelling::is_version(&version)) {
            let what = format!("“{version}” is not a version");
            self.report.add(ProblemCode::BadVersion, value.place(), what, "write three numbers, such as 1.0.0");
        }
        version
    }

    /// A `[[group]]`.
    pub fn group(&mut self, record: Record<'a>) -> StakeholderGroup {
        self.only(record, &["code", "name"]);
        StakeholderGroup { code: self.code(record), name: self.text(record, "name") }
    }

    /// A `[[wave_type]]`.
    pub fn wave_type(&mut self, record: Record<'a>) -> WaveType {
        self.only(record, &["code", "name"]);
        WaveType { code: self.code(record), name: self.text(record, "name") }
    }

    /// A `[[scale]]`.
    pub fn scale(&mut self, record: Record<'a>) -> Scale {
        self.only(record, &["code", "points", "prompt", "labels"]);
        let code = self.code(record);
        let written = self.list(record, "points").len();
        let points = self.points(record);
        Scale { code, points, prompt: self.optional_text(record, "prompt"), labels: self.labels(record, written) }
    }

    /// A `[[family]]`.
    pub fn family(&mut self, record: Record<'a>) -> Family {
        self.only(record, &["code", "pillar", "name"]);
        let pillars = Pillar::ALL.map(|pillar| (pillar.code(), pillar));
        Family {
            code: self.code(record),
            pillar: self.required_word(record, "pillar", &pillars, Pillar::Facilitators),
            name: self.text(record, "name"),
        }
    }

    /// A `[[measure]]`.
    pub fn measure(&mut self, record: Record<'a>) -> Measure {
        self.only(record, &["code", "kind", "unit", "name", "definition", "breakdown_of", "goalposts"]);
        Measure {
            code: self.code(record),
            kind: self.required_word(record, "kind", &MEASURE_KINDS, MeasureKind::Output),
            unit: self.string(record, "unit"),
            name: self.text(record, "name"),
            definition: self.text(record, "definition"),
            breakdown_of: self.optional_reference(record, "breakdown_of", Section::Measure),
            goalposts: self.goalposts(record),
        }
    }

    /// A `[[context]]`.
    pub fn context(&mut self, record: Record<'a>) -> Context {
        self.only(record, &["code", "level", "name", "options"]);
        let options = self.list(record, "options");
        let options = list_of_records(&options, "option", &mut self.report);
        Context {
            code: self.code(record),
            level: self.required_word(record, "level", &CONTEXT_LEVELS, ContextLevel::Project),
            name: self.text(record, "name"),
            options: options.into_iter().map(|option| self.option(option)).collect(),
        }
    }

    /// An `[[open_question]]`.
    pub fn open_question(&mut self, record: Record<'a>) -> OpenQuestion {
        self.only(record, &["code", "audience", "text"]);
        OpenQuestion {
            code: self.code(record),
            audience: self.references(record, "audience", Section::Group),
            text: self.text(record, "text"),
        }
    }

    /// The values of a measure that are worth 0 and 100 points.
    fn goalposts(&mut self, measure: Record<'a>) -> Option<Goalposts> {
        let value = measure.get("goalposts")?;
        let Some(table) = value.record("goalposts") else {
            self.wrong_type(value, "goalposts", "a table such as { worst = 90, best = 30 }");
            return None;
        };
        self.only(table, &["worst", "best"]);
        let (worst, best) = (self.goalpost(table, "worst"), self.goalpost(table, "best"));
        let (worst, best) = (worst?, best?);
        let goalposts = Goalposts::new(worst, best);
        if goalposts.is_none() {
            let what = format!("the goalposts of {} are both {worst}", measure.label());
            let remedy = "write two different numbers: worst is worth 0 points, best 100";
            self.report.add(ProblemCode::Goalposts, value.place(), what, remedy);
        }
        goalposts
    }

    fn goalpost(&mut self, table: Record<'a>, key: &str) -> Option<f64> {
        let value = self.required(table, key)?;
        let Some(number) = value.number() else {
            self.wrong_type(value, key, "a number without quotes, such as 30 or 12.5");
            return None;
        };
        if Goalposts::can_be(number) {
            return Some(number);
        }
        let what = format!("“{key}” is {number}, which no project can report");
        let remedy = "write a number with two decimals and twelve digits before them at most";
        self.report.add(ProblemCode::Goalposts, value.place(), what, remedy);
        None
    }

    fn option(&mut self, record: Record<'a>) -> ContextOption {
        self.only(record, &["code", "name"]);
        ContextOption { code: self.code(record), name: self.text(record, "name") }
    }

    fn id(&mut self, record: Record<'a>) -> String {
        let id = self.string(record, "id");
        if let Some(value) = record.get("id").filter(|_| !id.is_empty() && !spelling::is_id(&id)) {
            let what = format!("“{id}” cannot be the id of a framework");
            let remedy = "use lower-case letters without accents, digits and hyphens, a letter first";
            self.report.add(ProblemCode::BadId, value.place(), what, remedy);
        }
        id
    }

    fn language_codes(&mut self, record: Record<'a>) -> Vec<String> {
        let Some(value) = self.required(record, "languages") else { return Vec::new() };
        let values = self.list(record, "languages");
        if value.list().is_some_and(|list| list.is_empty()) {
            self.report.add(
                ProblemCode::EmptyText,
                value.place(),
                "“languages” is empty",
                "list at least one, such as \"it\"",
            );
        }
        for value in &values {
            if let Some(language) = value.str().filter(|language| !spelling::is_language(language)) {
                let what = format!("“{language}” is not a language code");
                self.report.add(ProblemCode::BadLanguage, value.place(), what, "write a code such as it, en or sl");
            }
        }
        self.no_repetition(&values, "languages");
        values.into_iter().filter_map(|value| self.filled(value, "languages")).collect()
    }

    fn points(&mut self, record: Record<'a>) -> Vec<u8> {
        let Some(value) = self.required(record, "points") else { return Vec::new() };
        let Some(list) = value.list() else { return Vec::new() };
        let points: Vec<u8> = list.iter().filter_map(|value| as_point(value.integer()?)).collect();
        let ascending = points.is_sorted_by(|lower, higher| lower < higher);
        if points.len() != list.len() || !ascending || !(2..=11).contains(&points.len()) {
            let what = format!("the points of {} are not 2 to 11 ascending integers from 0 to 10", record.label());
            let remedy = "write them in order and each once, such as [1, 2, 3, 4, 5]";
            self.report.add(ProblemCode::ScalePoints, value.place(), what, remedy);
        }
        points
    }
}

fn as_point(integer: i64) -> Option<u8> {
    u8::try_from(integer).ok().filter(|point| *point <= 10)
}
