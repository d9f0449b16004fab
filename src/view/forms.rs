// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A form: what is asked, what was typed, and what is wrong with it, field by field.

use serde::Serialize;

use super::errors::Field;
use super::render::Page;
use super::words::{Value, Words, words};
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::text::Language;

/// How a field is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// An e-mail address.
    Email,
    /// The password that is in use.
    Password,
    /// A password that is being chosen.
    NewPassword,
    /// A one-time code.
    Code,
    /// Several lines.
    Lines,
    /// A day.
    Day,
    /// A whole number.
    Number,
    /// A quantity, which may have decimals.
    Amount,
    /// One of a list.
    Choice,
    /// One of a few, all in sight.
    OneOf,
    /// Any of a few.
    AnyOf,
    /// A file.
    File,
}

/// Whether a field has to be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It has.
    Required,
    /// It may stay empty, and says so.
    Optional,
}

/// A field to be drawn. Its label is the text `field-NAME`, its hint `hint-NAME` where there is one.
#[derive(Clone, Debug)]
pub struct FieldSpec {
    name: String,
    label: Option<String>,
    kind: Kind,
    need: Need,
    options: Vec<(String, String)>,
}

impl FieldSpec {
    /// A field that has to be filled.
    #[must_use]
    pub fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), label: None, kind, need: Need::Required, options: Vec::new() }
    }

    /// The same field, which may stay empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { need: Need::Optional, ..self }
    }

    /// The same field under words of its own.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>) -> Self {
        Self { label: Some(label.into()), ..self }
    }

    /// The same field with values to choose from, each with its words.
    #[must_use]
    pub fn choosing(self, options: Vec<(String, String)>) -> Self {
        Self { options, ..self }
    }
}

/// A page with one form.
#[derive(Clone, Debug, Serialize)]
pub struct FormPage {
    /// Words above the heading.
    pub kicker: String,
    /// Heading.
    pub title: String,
    /// What the form is for; empty: nothing.
    pub lead: String,
    /// Where it is sent.
    pub action: String,
    /// Whether it sends a file.
    pub multipart: bool,
    /// Words on the button.
    pub submit: String,
    /// Whether the button does something that cannot be taken back at once.
    pub danger: bool,
    /// Proves that the form came from this page; empty where nobody is signed in.
    pub form_token: String,
    /// Fields that are not seen.
    pub hidden: Vec<Field>,
    /// Fields that are.
    pub fields: Vec<FormField>,
    /// What is wrong, with where.
    pub errors: Vec<FormError>,
    /// A notice above the form; empty: none.
    pub notice: String,
    /// Where to go instead; empty: nowhere.
    pub cancel: String,
    /// Other ways, with their words.
    pub links: Vec<FormLink>,
    /// Other ways that are as good as the form, with their words.
    pub ways: Vec<FormLink>,
    /// Whether there are fields to fill, or only the other ways.
    pub asks: bool,
}

/// Something wrong, with the field it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormError {
    /// Id of the field.
    pub id: String,
    /// The sentence.
    pub text: String,
}

/// Words that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormLink {
    /// The words.
    pub text: String,
    /// Where they lead.
    pub href: String,
}

/// A field as drawn.
#[derive(Clone, Debug, Serialize)]
pub struct FormField {
    /// Name and id.
    pub name: String,
    /// Words.
    pub label: String,
    /// More words; empty: none.
    pub hint: String,
    /// What is wrong; empty: nothing.
    pub error: String,
    /// Ids of hint and error, for whoever cannot see that they belong to the field.
    pub described_by: String,
    /// Whether it may stay empty.
    pub optional: bool,
    /// `type` of an input; empty for the other kinds.
    pub input: &'static str,
    /// `autocomplete`; empty: none.
    pub autocomplete: &'static str,
    /// `inputmode`; empty: none.
    pub input_mode: &'static str,
    /// Whether it is drawn as a text area, a list, radio buttons, boxes.
    pub shape: Shape,
    /// What was typed; never a password.
    pub value: String,
    /// Values to choose from.
    pub options: Vec<FormOption>,
}

/// Which element draws a field; exactly one is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shape {
    /// An input.
    pub line: bool,
    /// A text area.
    pub area: bool,
    /// A list.
    pub list: bool,
    /// Radio buttons or boxes, by their `type`.
    pub choices: Option<&'static str>,
}

/// A value to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormOption {
    /// Id of its button.
    pub id: String,
    /// The value.
    pub value: String,
    /// Its words.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What is said around the fields.
#[derive(Clone, Debug, Default)]
pub struct FormHead {
    /// Words above the heading.
    pub kicker: String,
    /// Heading.
    pub title: String,
    /// What the form is for.
    pub lead: String,
    /// Where it is sent.
    pub action: String,
    /// Key of the words on the button.
    pub submit: &'static str,
    /// Where to go instead.
    pub cancel: String,
}

impl FormPage {
    /// A form with what was typed and what is wrong with it.
    #[must_use]
    pub fn new(
        language: Language,
        head: FormHead,
        specs: &[FieldSpec],
        typed: &Typed,
        problems: &[FieldProblem],
    ) -> Self {
        let words = words(language);
        let fields: Vec<FormField> = specs.iter().map(|spec| field(words, spec, typed, problems)).collect();
        let errors =
            problems.iter().map(|problem| FormError { id: place(&problem.field, &fields), text: told(words, problem) });
        let revision = typed.get("revision");
        let hidden = Field { name: "revision".to_owned(), value: revision.to_owned() };
        Self {
            kicker: head.kicker,
            title: head.title,
            lead: head.lead,
            action: head.action,
            multipart: specs.iter().any(|spec| spec.kind == Kind::File),
            submit: words.say(head.submit),
            danger: false,
            form_token: String::new(),
            hidden: if revision.is_empty() { Vec::new() } else { vec![hidden] },
            errors: errors.collect(),
            fields,
            notice: String::new(),
            cancel: head.cancel,
            links: Vec::new(),
            ways: Vec::new(),
            asks: true,
        }
    }
}

/// The sentence of a problem.
#[must_use]
pub fn told(words: &Words, problem: &FieldProblem) -> String {
    let values = problem.values.iter().map(|(name, value)| (*name, Value::from(value.as_str())));
    words.say_all(&format!("field-problem-{}", problem.key), values)
}

/// Where the summary of errors leads: the field, or its first button.
fn place(name: &str, fields: &[FormField]) -> String {
    let first = fields.iter().find(|field| field.name == name).and_then(|field| field.options.first());
    match first {
        Some(option) if fields.iter().any(|field| field.name == name && field.shape.choices.is_some()) => {
            option.id.clone()
        }
        _ => name.to_owned(),
    }
}

fn field(words: &Words, spec: &FieldSpec, typed: &Typed, problems: &[FieldProblem]) -> FormField {
    let name = spec.name.clone();
    let hint = words.find(&format!("hint-{name}")).unwrap_or_default();
    let error = problems.iter().find(|problem| problem.field == name).map(|problem| told(words, problem));
    let error = error.unwrap_or_default();
    let ids = [(!hint.is_empty(), "hint"), (!error.is_empty(), "error")];
    let described_by: Vec<String> = ids.iter().filter(|(is, _)| *is).map(|(_, end)| format!("{name}-{end}")).collect();
    let (input, autocomplete, input_mode) = looks(spec);
    let secret = matches!(spec.kind, Kind::Password | Kind::NewPassword);
    FormField {
        label: spec.label.clone().unwrap_or_else(|| words.say(&format!("field-{name}"))),
        described_by: described_by.join(" "),
        optional: spec.need == Need::Optional,
        input,
        autocomplete,
        input_mode,
        shape: shape(spec.kind),
        value: if secret { String::new() } else { typed.get(&name).to_owned() },
        options: options(spec, typed),
        name,
        hint,
        error,
    }
}

fn options(spec: &FieldSpec, typed: &Typed) -> Vec<FormOption> {
    let option = |(place, (value, label)): (usize, &(String, String))| FormOption {
        id: format!("{}-{}", spec.name, place + 1),
        value: value.clone(),
        label: label.clone(),
        chosen: typed.all(&spec.name).any(|chosen| chosen == value),
    };
    spec.options.iter().enumerate().map(option).collect()
}

fn looks(spec: &FieldSpec) -> (&'static str, &'static str, &'static str) {
    match spec.kind {
        Kind::Line if spec.name == "name" => ("text", "name", ""),
        Kind::Line if spec.name == "body_name" => ("text", "organization", ""),
        Kind::Line => ("text", "", ""),
        Kind::Email => ("email", "username", "email"),
        Kind::Password => ("password", "current-password", ""),
        Kind::NewPassword => ("password", "new-password", ""),
        Kind::Code => ("text", "one-time-code", ""),
        Kind::Day => ("date", "", ""),
        Kind::Number => ("text", "", "numeric"),
        Kind::Amount => ("text", "", "decimal"),
        Kind::File => ("file", "", ""),
        Kind::Lines | Kind::Choice | Kind::OneOf | Kind::AnyOf => ("", "", ""),
    }
}

fn shape(kind: Kind) -> Shape {
    let none = Shape::default();
    match kind {
        Kind::Lines => Shape { area: true, ..none },
        Kind::Choice => Shape { list: true, ..none },
        Kind::OneOf => Shape { choices: Some("radio"), ..none },
        Kind::AnyOf => Shape { choices: Some("checkbox"), ..none },
        Kind::Line
        | Kind::Email
        | Kind::Password
        | Kind::NewPassword
        | Kind::Code
        | Kind::Day
        | Kind::Number
        | Kind::Amount
        | Kind::File => Shape { line: true, ..none },
    }
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "staff/form";

    fn samples() -> Vec<Self> {
        let yes = || vec![("a".to_owned(), "A".to_owned()), ("b".to_owned(), "B".to_owned())];
        let specs = [
            FieldSpec::new("name", Kind::Line),
            FieldSpec::new("email", Kind::Email).optional(),
            FieldSpec::new("password", Kind::NewPassword),
            FieldSpec::new("summary", Kind::Lines).optional(),
            FieldSpec::new("role", Kind::Choice).choosing(yes()),
            FieldSpec::new("level", Kind::OneOf).choosing(yes()),
            FieldSpec::new("group", Kind::AnyOf).labelled("Gruppo").choosing(yes()),
            FieldSpec::new("code", Kind::Code),
            FieldSpec::new("starts_on", Kind::Day).labelled("Giorno"),
        ];
        let head = || FormHead {
            kicker: "Orto".to_owned(),
            title: "Modulo".to_owned(),
            lead: "A che cosa serve.".to_owned(),
            action: "/it/staff/x".to_owned(),
            submit: "save",
            cancel: "/it/staff".to_owned(),
        };
        let typed = Typed::default().with("role", "b").with("level", "a").with("group", "a").with("revision", 2);
        let problems = [FieldProblem::new("name", "missing"), FieldProblem::new("level", "choose")];
        let full = Self::new(Language::It, head(), &specs, &typed, &problems);
        let plain = Self::new(Language::It, FormHead::default().saving(), &[], &Typed::default(), &[]);
        let link = FormLink { text: "Altro".to_owned(), href: "/it".to_owned() };
        let ways = vec![FormLink { text: "Accedi con il Comune".to_owned(), href: "/it/staff/sign-in/a".to_owned() }];
        vec![
            Self {
                notice: "Attenzione.".to_owned(),
                form_token: "f".to_owned(),
                links: vec![link],
                danger: true,
                ..full
            },
            Self { multipart: true, ways: ways.clone(), ..plain.clone() },
            Self { ways, asks: false, ..plain },
        ]
    }
}

impl FormHead {
    /// The same head with a button that says to save.
    #[must_use]
    pub fn saving(self) -> Self {
        Self { submit: "save", ..self }
    }
}
