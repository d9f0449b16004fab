// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does somebody see who keys in a questionnaire from paper? One short field for each item, in the order of the form.

use serde::Serialize;

use super::forms::{FieldSpec, FormError, FormField, FormHead, FormPage, Kind, told};
use super::questionnaire::{Worded, reason_key};
use super::render::Page;
use super::words::{Value, words};
use crate::domain::answer::{Answer, NoAnswer};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::framework::Scale;
use crate::domain::paper::{disagreements, key_of};
use crate::domain::questionnaire::{Answers, Question, Questionnaire};
use crate::domain::text::Language;

/// A form that is keyed in, or of which the two entries differ.
#[derive(Clone, Debug, Serialize)]
pub struct EntryPage {
    /// Project and wave.
    pub kicker: String,
    /// Group and number of the form, and which entry this is.
    pub title: String,
    /// What to do.
    pub lead: String,
    /// Where it is sent.
    pub action: String,
    /// Words on the button.
    pub submit: String,
    /// Where to go instead.
    pub cancel: String,
    /// Where what was keyed in is thrown away; empty: nothing was.
    pub discard: String,
    /// Proves that the form came from this page.
    pub form_token: String,
    /// Fields that are not items.
    pub fields: Vec<FormField>,
    /// The families.
    pub sections: Vec<EntrySection>,
    /// What is wrong, with where.
    pub errors: Vec<FormError>,
}

/// The items of one family.
#[derive(Clone, Debug, Serialize)]
pub struct EntrySection {
    /// Name of the family.
    pub name: Worded,
    /// The items to be keyed in.
    pub rows: Vec<EntryRow>,
}

/// One item.
#[derive(Clone, Debug, Serialize)]
pub struct EntryRow {
    /// Item code: name of the field.
    pub code: String,
    /// Place among the items of the form.
    pub number: usize,
    /// The statement.
    pub text: Worded,
    /// What can be keyed in, where it is not what the item before takes.
    pub keys: String,
    /// What was keyed in the first and the second time, where that differs.
    pub said: String,
    /// What was typed.
    pub value: String,
    /// What is wrong with it; empty: nothing.
    pub error: String,
}

/// What is said around the items.
#[derive(Clone, Debug, Default)]
pub struct EntryHead {
    /// What is said around them, as around any form.
    pub form: FormHead,
    /// Where what was keyed in is thrown away; empty: nothing was.
    pub discard: String,
    /// Fields that are not items.
    pub specs: Vec<FieldSpec>,
}

impl EntryPage {
    /// The page of a form with what was typed and what is wrong with it; `differing` has what was keyed in before.
    #[must_use]
    pub fn new(
        language: Language,
        head: EntryHead,
        (questionnaire, differing): (&Questionnaire, Option<&(Answers, Answers)>),
        typed: &Typed,
        problems: &[FieldProblem],
    ) -> Self {
        let form = FormPage::new(language, head.form, &head.specs, typed, problems);
        let both = |(first, second): &(Answers, Answers)| -> Vec<(usize, Answer, Answer)> {
            let found = disagreements(questionnaire, first, second);
            found.map(|(question, one, other)| (question.position, one, other)).collect()
        };
        let differing = differing.map(both);
        let mut last: Option<&str> = None;
        let mut sections = Vec::new();
        for page in &questionnaire.pages {
            let mut rows = Vec::new();
            for question in &page.questions {
                let said = differing.as_ref().map(|all| all.iter().find(|(place, ..)| *place == question.position));
                if said == Some(None) {
                    continue;
                }
                let row = row(language, question, (said.flatten(), last), (typed, problems));
                last = Some(&question.scale.code);
                rows.push(row);
            }
            if !rows.is_empty() {
                sections.push(EntrySection { name: Worded::new(page.name.shown(language), language), rows });
            }
        }
        Self {
            kicker: form.kicker,
            title: form.title,
            lead: form.lead,
            action: form.action,
            submit: form.submit,
            cancel: form.cancel,
            discard: head.discard,
            form_token: String::new(),
            fields: form.fields,
            sections,
            errors: form.errors,
        }
    }
}

fn row(
    language: Language,
    question: &Question,
    (said, last): (Option<&(usize, Answer, Answer)>, Option<&str>),
    (typed, problems): (&Typed, &[FieldProblem]),
) -> EntryRow {
    let (words, code) = (words(language), &question.item.code);
    let error = problems.iter().find(|problem| problem.field == *code).map(|problem| told(words, problem));
    let both = said.map(|(_, first, second)| {
        let values = [("first", Value::from(key_of(*first))), ("second", Value::from(key_of(*second)))];
        words.say_with("entry-said", values)
    });
    EntryRow {
        code: code.clone(),
        number: question.number,
        text: Worded::new(question.item.text.shown(language), language),
        keys: if last == Some(&question.scale.code) { String::new() } else { keys(&question.scale, language) },
        said: both.unwrap_or_default(),
        value: typed.get(code).to_owned(),
        error: error.unwrap_or_default(),
    }
}

/// What can be keyed in for an item of a scale: its points with the words printed under the boxes, and three letters.
fn keys(scale: &Scale, language: Language) -> String {
    let words = words(language);
    let points =
        scale.points.iter().zip(&scale.labels).map(|(point, label)| format!("{point} = {}", label.get(language)));
    let reason = |reason: NoAnswer| format!("{} = {}", char::from(reason.letter()), words.say(&reason_key(reason)));
    let blank = std::iter::once(words.say("entry-blank"));
    points.chain(NoAnswer::CHOICES.into_iter().map(reason)).chain(blank).collect::<Vec<_>>().join("; ")
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "staff/entry";

    fn samples() -> Vec<Self> {
        let row = |said: &str, error: &str, keys: &str| EntryRow {
            code: "FC1a".to_owned(),
            number: 1,
            text: Worded { text: "Una frase.".to_owned(), lang: Some("it".to_owned()) },
            keys: keys.to_owned(),
            said: said.to_owned(),
            value: "4".to_owned(),
            error: error.to_owned(),
        };
        let page = |rows: Vec<EntryRow>, discard: &str, fields: &[&str]| {
            let specs: Vec<FieldSpec> = fields.iter().map(|name| FieldSpec::new(name, Kind::Line).optional()).collect();
            let problems = [FieldProblem::new("paper_code", "code-unknown")];
            let wrong = if discard.is_empty() { &problems[..] } else { &[] };
            let head = FormHead { action: "/it/staff/waves/a/entry/PA/1".to_owned(), ..FormHead::default() };
            let form = FormPage::new(
                Language::It,
                FormHead { submit: "entry-save", ..head },
                &specs,
                &Typed::default(),
                wrong,
            );
            Self {
                kicker: "Orto · T1".to_owned(),
                title: "Ente pubblico, modulo 12".to_owned(),
                lead: "Prima battitura".to_owned(),
                action: form.action,
                submit: form.submit,
                cancel: "/it/staff/waves/a/paper-entry".to_owned(),
                discard: discard.to_owned(),
                form_token: "f".to_owned(),
                fields: form.fields,
                sections: vec![EntrySection { name: Worded { text: "Contesto".to_owned(), lang: None }, rows }],
                errors: form.errors,
            }
        };
        vec![
            page(vec![row("", "sbagliata", "1 = Per niente"), row("", "", "")], "", &["paper_code", "answering_body"]),
            page(vec![row("prima 4, poi 5", "", "")], "/it/staff/waves/a/entry/PA/1/removal", &[]),
        ]
    }
}
