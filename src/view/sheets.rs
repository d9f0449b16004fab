// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The sheet of a local indicator: how its items read, what people said when they were tried, and how they will look.

use serde::Serialize;

use super::board::{BoardAct, Fact};
use super::forms::FormLink;
use super::numbers;
use super::questionnaire::{QuestionPage, QuestionView, Worded};
use super::render::Page;
use super::translations::told;
use super::words::{Value, words};
use crate::domain::framework::Framework;
use crate::domain::local_indicator::{InComposite, LocalIndicator, NOTES, PretestNote};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::readability::of_framework;
use crate::domain::text::{Language, Text};
use crate::domain::translation::Tongue;

/// The sheet of a local indicator.
#[derive(Clone, Debug, Serialize)]
pub struct SheetPage {
    /// Project and wave.
    pub kicker: String,
    /// Code and name.
    pub title: String,
    /// The question it answers.
    pub lead: String,
    /// What has to be known of it; empty: nothing.
    pub notice: String,
    /// Everything the sheet says, each with its name.
    pub facts: Vec<Fact>,
    /// Where it is changed, and where what people said is noted.
    pub links: Vec<FormLink>,
    /// Its items.
    pub items: Vec<SheetItemRow>,
    /// Sentence of the scale above the items.
    pub prompt: Option<Worded>,
    /// The items as a respondent sees them.
    pub questions: Vec<QuestionView>,
    /// Takes it away; nothing where that cannot be done.
    pub removal: Option<BoardAct>,
    /// Proves that the forms came from this page.
    pub form_token: String,
}

/// An item of a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetItemRow {
    /// Its code.
    pub code: String,
    /// Its words.
    pub text: Worded,
    /// What is worth a second look in its wording.
    pub warnings: Vec<String>,
    /// How easily it reads; empty where there are no Italian words.
    pub reading: String,
    /// What people said about it when it was tried.
    pub notes: Vec<String>,
}

impl SheetPage {
    /// The sheet of an indicator, with the framework that holds it alone beside the core.
    #[must_use]
    pub fn new(local: &LocalIndicator, framework: &Framework, notes: &[PretestNote], language: Language) -> Self {
        let words = words(language);
        let (prompt, questions) = preview(local, framework, language);
        let notice = match local.composite {
            InComposite::Yes => String::new(),
            InComposite::No => words.say("sheet-outside"),
        };
        Self {
            kicker: String::new(),
            title: format!("{} {}", local.code, local.sheet.title.get(language)),
            lead: local.sheet.question.get(language).to_owned(),
            notice,
            facts: facts(local, framework, language),
            links: Vec::new(),
            items: item_rows(local, framework, notes, language),
            prompt,
            questions,
            removal: None,
            form_token: String::new(),
        }
    }
}

/// The items exactly as the questionnaire shows them, on a page of their own.
fn preview(local: &LocalIndicator, framework: &Framework, language: Language) -> (Option<Worded>, Vec<QuestionView>) {
    let only = Framework {
        indicators: framework.indicators.iter().filter(|one| one.code == local.code).cloned().collect(),
        ..framework.clone()
    };
    let group = local.sheet.groups.first().or(framework.groups.first().map(|group| &group.code));
    let wave_type = framework.wave_types.first().map(|kind| kind.code.as_str()).unwrap_or_default();
    let level = crate::domain::framework::Level::Core;
    let questionnaire = Questionnaire::for_group(&only, wave_type, level, group.map_or("", String::as_str));
    let page = QuestionPage::new(&questionnaire, 1, &questionnaire.blank(), &Tongue::from(language));
    page.map_or_else(|| (None, Vec::new()), |page| (page.prompt, page.questions))
}

fn facts(local: &LocalIndicator, framework: &Framework, language: Language) -> Vec<Fact> {
    let (words, sheet) = (words(language), &local.sheet);
    let groups = |codes: &[String]| {
        let name =
            |code: &String| framework.group(code).map_or(code.as_str(), |group| group.name.get(language)).to_owned();
        codes.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let asked = if sheet.groups.is_empty() { words.say("sheet-all-groups") } else { groups(&sheet.groups) };
    let said = |text: &Text| text.get(language).to_owned();
    let family = framework.family(&sheet.family).map(|family| said(&family.name)).unwrap_or_default();
    let mut all = vec![
        ("sheet_family", family),
        ("sheet_definition", said(&sheet.definition)),
        ("sheet_rationale", sheet.rationale.clone()),
        ("sheet_proposed_by", groups(&sheet.proposed_by)),
        ("sheet_need", sheet.need.clone()),
        ("sheet_kind", words.say(&format!("sheet-kind-{}", sheet.kind.code()))),
        ("sheet_model", words.say(&format!("sheet-model-{}", sheet.model.code()))),
        ("sheet_groups", asked),
    ];
    let notes = NOTES.map(|name| (name, sheet.notes.get(name).cloned().unwrap_or_default()));
    let named: Vec<(String, String)> = notes.map(|(name, note)| (format!("sheet_{name}"), note)).into();
    let all = all.drain(..).map(|(name, value)| (name.to_owned(), value)).chain(named);
    all.filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| Fact { name: words.say(&format!("field-{name}")), value })
        .collect()
}

fn item_rows(
    local: &LocalIndicator,
    framework: &Framework,
    notes: &[PretestNote],
    language: Language,
) -> Vec<SheetItemRow> {
    let words = words(language);
    let readings = of_framework(framework);
    let Some(indicator) = framework.indicator(&local.code) else { return Vec::new() };
    let row = |item: &crate::domain::framework::Item| {
        let reading = readings.iter().find(|one| one.code == item.code);
        let index = reading.and_then(|one| one.index).map(|index| numbers::quantity(index.floor(), language));
        let warnings = reading.iter().flat_map(|one| &one.warnings);
        let own = notes.iter().filter(|note| note.item == item.code);
        SheetItemRow {
            code: item.code.clone(),
            text: Worded::new(item.text.shown(language), language),
            warnings: warnings.map(|one| told(one, words)).collect(),
            reading: index
                .map(|one| words.say_with("sheet-reading", [("index", Value::from(one))]))
                .unwrap_or_default(),
            notes: own.map(|note| note_words(note, framework, language)).collect(),
        }
    };
    indicator.items.iter().map(row).collect()
}

fn note_words(note: &PretestNote, framework: &Framework, language: Language) -> String {
    let group = framework.group(&note.group).map_or(note.group.as_str(), |group| group.name.get(language));
    format!("{group}, {}: {}", numbers::day(note.noted_on, language), note.note)
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "staff/sheet";

    fn samples() -> Vec<Self> {
        let text = |text: &str| text.to_owned();
        let worded = |text: &str| Worded { text: text.to_owned(), lang: None };
        let item = SheetItemRow {
            code: text("L1a"),
            text: worded("Gli orari mi vanno bene."),
            warnings: vec![text("Contiene una negazione.")],
            reading: text("Indice Gulpease 80."),
            notes: vec![text("Beneficiari, 3 novembre: che orari?")],
        };
        let bare = SheetItemRow { warnings: Vec::new(), reading: String::new(), notes: Vec::new(), ..item.clone() };
        let mut question = QuestionPage::samples().into_iter().flat_map(|page| page.questions);
        let removal = BoardAct { action: text("/it/x"), label: text("Togli"), ..BoardAct::default() };
        let full = Self {
            kicker: text("Orto · T1"),
            title: text("L1 Orari"),
            lead: text("Gli orari vanno bene?"),
            notice: text("Resta fuori."),
            facts: vec![Fact { name: text("Famiglia"), value: text("Risultati") }],
            links: vec![FormLink { text: text("Cambia"), href: text("/it/x") }],
            items: vec![item, bare],
            prompt: Some(worded("Quanto è vera?")),
            questions: question.by_ref().take(1).collect(),
            removal: Some(removal),
            form_token: text("f"),
        };
        let empty = Self {
            notice: String::new(),
            facts: Vec::new(),
            links: Vec::new(),
            prompt: None,
            removal: None,
            ..full.clone()
        };
        vec![full, empty]
    }
}
