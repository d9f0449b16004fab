// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a framework version written as a file that reads as the same version again?

use std::fmt::Write;

use crate::domain::framework::{
    ContextLevel, Framework, Indicator, Item, Level, MeasureKind, Model, Pillar, Relation, Scale, Status,
};
use crate::domain::goalposts::Goalposts;
use crate::domain::text::Text;

/// The framework as one TOML file: read again it gives the same version, with the same hash.
#[must_use]
pub fn toml(framework: &Framework) -> String {
    let mut file = File::default();
    file.header(framework);
    for group in &framework.groups {
        file.table("group", &[("code", string(&group.code)), ("name", text(&group.name))]);
    }
    for kind in &framework.wave_types {
        file.table("wave_type", &[("code", string(&kind.code)), ("name", text(&kind.name))]);
    }
    framework.scales.iter().for_each(|scale| file.scale(scale));
    for family in &framework.families {
        let pillar = string(family.pillar.code());
        file.table("family", &[("code", string(&family.code)), ("pillar", pillar), ("name", text(&family.name))]);
    }
    framework.indicators.iter().for_each(|indicator| file.indicator(indicator));
    file.rest(framework);
    file.0
}

/// A file in the making.
#[derive(Default)]
struct File(String);

impl File {
    fn table(&mut self, name: &str, entries: &[(&str, String)]) {
        self.headed(&format!("[[{name}]]"), entries);
    }

    /// A table with its header; an entry without a value is left out.
    fn headed(&mut self, header: &str, entries: &[(&str, String)]) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(header);
        self.0.push('\n');
        for (key, value) in entries.iter().filter(|(_, value)| !value.is_empty()) {
            // Writing to a string cannot fail.
            let _ = writeln!(self.0, "{key} = {value}");
        }
    }

    fn header(&mut self, framework: &Framework) {
        let status = match framework.status {
            Status::Draft => "draft",
            Status::Piloted => "piloted",
            Status::Validated => "validated",
        };
        let entries = [
            ("id", string(&framework.id)),
            ("version", string(&framework.version)),
            ("title", text(&framework.title)),
            ("languages", strings(&framework.languages)),
            ("license", string(&framework.license)),
            ("status", string(status)),
        ];
        self.headed("[framework]", &entries);
    }

    fn scale(&mut self, scale: &Scale) {
        let points: Vec<String> = scale.points.iter().map(ToString::to_string).collect();
        let entries = [
            ("code", string(&scale.code)),
            ("points", format!("[{}]", points.join(", "))),
            ("prompt", scale.prompt.as_ref().map(text).unwrap_or_default()),
            ("labels", labels(&scale.labels)),
        ];
        self.table("scale", &entries);
    }

    fn indicator(&mut self, indicator: &Indicator) {
        let model = match indicator.model {
            Model::Reflective => String::new(),
            Model::Formative => string("formative"),
        };
        let turned = !indicator.items.is_empty() && indicator.items.iter().all(|item| item.reverse);
        let on_purpose = indicator.pillar == Pillar::Obstacles && turned;
        let entries = [
            ("code", string(&indicator.code)),
            ("family", string(&indicator.family)),
            ("name", text(&indicator.name)),
            ("definition", text(&indicator.definition)),
            ("model", model),
            ("waves", strings(&indicator.waves)),
            ("trace", indicator.trace.as_deref().map(string).unwrap_or_default()),
            ("evidence", indicator.evidence.as_deref().map(string).unwrap_or_default()),
            ("replaces", replaces(indicator)),
            ("reversed_on_purpose", if on_purpose { "true".to_owned() } else { String::new() }),
        ];
        self.table("indicator", &entries);
        indicator.items.iter().for_each(|item| self.item(item));
    }

    fn item(&mut self, item: &Item) {
        let level = match item.level {
            Level::Core => String::new(),
            Level::Extended => string("extended"),
        };
        let entries = [
            ("code", string(&item.code)),
            ("scale", string(&item.scale)),
            ("audience", strings(&item.audience)),
            ("level", level),
            ("reverse", if item.reverse { "true".to_owned() } else { String::new() }),
            ("text", text(&item.text)),
        ];
        self.table("indicator.item", &entries);
    }

    /// Measures, context variables and open questions.
    fn rest(&mut self, framework: &Framework) {
        for measure in &framework.measures {
            let entries = [
                ("code", string(&measure.code)),
                ("kind", string(kind(measure.kind))),
                ("unit", string(&measure.unit)),
                ("name", text(&measure.name)),
                ("definition", text(&measure.definition)),
                ("breakdown_of", measure.breakdown_of.as_deref().map(string).unwrap_or_default()),
                ("goalposts", measure.goalposts.map(goalposts).unwrap_or_default()),
            ];
            self.table("measure", &entries);
        }
        for context in &framework.contexts {
            let level = match context.level {
                ContextLevel::Project => "project",
                ContextLevel::Organisation => "organisation",
                ContextLevel::Respondent => "respondent",
            };
            let option = |code: &str, name: &Text| format!("{{ code = {}, name = {} }}", string(code), text(name));
            let options: Vec<String> = context.options.iter().map(|one| option(&one.code, &one.name)).collect();
            let entries = [
                ("code", string(&context.code)),
                ("level", string(level)),
                ("name", text(&context.name)),
                ("options", list(&options)),
            ];
            self.table("context", &entries);
        }
        for question in &framework.open_questions {
            let entries = [
                ("code", string(&question.code)),
                ("audience", strings(&question.audience)),
                ("text", text(&question.text)),
            ];
            self.table("open_question", &entries);
        }
    }
}

fn goalposts(goalposts: Goalposts) -> String {
    format!("{{ worst = {}, best = {} }}", goalposts.worst(), goalposts.best())
}

const fn kind(kind: MeasureKind) -> &'static str {
    match kind {
        MeasureKind::Input => "input",
        MeasureKind::Process => "process",
        MeasureKind::Output => "output",
        MeasureKind::Outcome => "outcome",
        MeasureKind::Quality => "quality",
    }
}

fn replaces(indicator: &Indicator) -> String {
    let entries: Vec<String> = indicator
        .replaces
        .iter()
        .map(|one| {
            let relation = match one.relation {
                Relation::Same => "same",
                Relation::Comparable => "comparable",
                Relation::Replaced => "replaced",
            };
            let (version, code) = (string(&one.framework), string(&one.code));
            format!("{{ framework = {version}, code = {code}, relation = {} }}", string(relation))
        })
        .collect();
    list(&entries)
}

/// Labels by language, each in the order of the points; only languages that every point has.
fn labels(labels: &[Text]) -> String {
    let languages = labels.first().into_iter().flat_map(Text::iter).map(|(language, _)| language);
    let complete = languages.filter_map(|language| {
        let words: Option<Vec<String>> = labels.iter().map(|label| label.words_in(language).map(string)).collect();
        words.map(|words| format!("{language} = [{}]", words.join(", ")))
    });
    format!("{{ {} }}", complete.collect::<Vec<_>>().join(", "))
}

/// A text by language; nothing where it says nothing.
fn text(text: &Text) -> String {
    let words: Vec<String> = text.iter().map(|(language, words)| format!("{language} = {}", string(words))).collect();
    if words.is_empty() { String::new() } else { format!("{{ {} }}", words.join(", ")) }
}

fn strings(words: &[String]) -> String {
    list(&words.iter().map(|word| string(word)).collect::<Vec<_>>())
}

/// A list; nothing where it is empty.
fn list(parts: &[String]) -> String {
    if parts.is_empty() { String::new() } else { format!("[{}]", parts.join(", ")) }
}

/// A string, quoted as the words need it.
fn string(words: &str) -> String {
    toml::Value::from(words).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::{SourceFile, load, read, sha256};
    use super::*;
    use crate::domain::framework::Replaces;
    use std::path::Path;

    fn again(framework: &Framework) -> Framework {
        let file = SourceFile { name: "again.toml".to_owned(), text: toml(framework) };
        read(&[file]).unwrap_or_else(|problems| panic!("{problems:?}")).framework
    }

    #[test]
    fn what_comes_with_the_program_is_the_same_when_it_is_written_and_read_again() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators");
        for path in super::super::find(&folder) {
            let framework = load(&path).unwrap().framework;
            let read = again(&framework);
            assert_eq!(read, framework);
            assert_eq!(sha256(&read), sha256(&framework));
        }
    }

    #[test]
    fn quotes_breaks_and_everything_optional_survive() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators/pratiche-collaborative/1.0.0");
        let mut framework = load(&folder).unwrap().framework;
        framework.title = Text::both("Un \"quadro\"\\\n\tcon \u{7f} di tutto", "It's [a] {b} = # c");
        let last = framework.indicators.iter_mut().find(|one| one.pillar == Pillar::Obstacles).unwrap();
        last.items.iter_mut().for_each(|item| item.reverse = true);
        last.model = Model::Formative;
        last.evidence = Some("S6R".to_owned());
        last.replaces =
            vec![Replaces { framework: "0.9.0".to_owned(), code: "X".to_owned(), relation: Relation::Same }];
        let between = [(90.0, 30.0), (0.0, 4.0), (-0.5, 999_999_999_999.0), (0.07, 0.29)];
        for (measure, (worst, best)) in framework.measures.iter_mut().zip(between) {
            measure.goalposts = Goalposts::new(worst, best);
        }
        assert_eq!(again(&framework), framework);
        assert_eq!(sha256(&again(&framework)), sha256(&framework));
    }
}
