// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What stands in a questionnaire that is filled in with a pen?

use jiff::civil::date;
use serde::Serialize;

use super::Document;
use super::error::PrintError;
use super::head::{Head, Line, Said};
use crate::domain::text::Language;

/// A whole questionnaire on paper, in letters of 14 points and more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paper {
    /// Title, language, day.
    pub head: Head,
    /// What every page says at its top.
    pub header: Header,
    /// Who asks: the body, and the programme if any.
    pub kicker: String,
    /// Title, e.g. the name of the project.
    pub title: String,
    /// Why, in a sentence or two.
    pub purpose: Said,
    /// Who is asked, how long it takes, until when, whom to call.
    pub facts: Vec<Line>,
    /// How it is filled in.
    pub instructions: Paragraphs,
    /// What is done with the answers, where it has to be said here.
    pub notice: Option<Paragraphs>,
    /// Items, family by family.
    pub sections: Vec<PaperSection>,
    /// Reasons not to answer, below every item.
    pub reasons: Vec<Said>,
    /// Questions answered in words, after all others.
    pub written: Option<Written>,
    /// Thanks, and where the sheets go.
    pub closing: Paragraphs,
}

/// What every page says at its top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Header {
    /// The words before the form number.
    pub form_label: String,
    /// Number of the form; nothing where it is written in by hand.
    pub form: Option<String>,
    /// Codes of wave and group.
    pub codes: Vec<Line>,
    /// Number of the page, with `{page}` and `{pages}` where the numbers go.
    pub page: String,
}

/// A heading with its paragraphs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paragraphs {
    /// The heading.
    pub heading: String,
    /// The paragraphs.
    pub paragraphs: Vec<Said>,
}

/// The items of one family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaperSection {
    /// Name of the family.
    pub heading: Said,
    /// Sentence above the items, where all share a scale.
    pub prompt: Option<Said>,
    /// The items.
    pub items: Vec<PaperItem>,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaperItem {
    /// Place among the items, from 1.
    pub number: usize,
    /// Code of the item: the same as on the screen.
    pub code: String,
    /// The statement.
    pub text: Said,
    /// Sentence of its scale, where it differs from the section's.
    pub prompt: Option<Said>,
    /// The wording of every level, ascending.
    pub levels: Vec<Said>,
}

/// Questions answered in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The heading.
    pub heading: String,
    /// What to know before.
    pub note: String,
    /// The questions.
    pub questions: Vec<WrittenQuestion>,
}

/// A question answered in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrittenQuestion {
    /// Code of the question.
    pub code: String,
    /// The question.
    pub text: Said,
    /// How many ruled lines.
    pub lines: usize,
}

impl Document for Paper {
    const TEMPLATE: &'static str = "paper";

    fn head(&self) -> &Head {
        &self.head
    }

    fn samples() -> Result<Vec<Self>, PrintError> {
        let item = |number: usize, levels: &[&str], prompt: Option<&str>| PaperItem {
            number,
            code: format!("FC{number}"),
            text: "Le riunioni servono a decidere.".into(),
            prompt: prompt.map(Said::from),
            levels: levels.iter().map(|level| Said::from(*level)).collect(),
        };
        let five = ["Per niente vera", "Poco vera", "In parte vera", "In gran parte vera", "Del tutto vera"];
        let eleven = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];
        let section = |prompt: Option<&str>| PaperSection {
            heading: Said { text: "Context".to_owned(), lang: Some("en".to_owned()) },
            prompt: prompt.map(Said::from),
            items: vec![item(1, &five, None), item(2, &eleven, Some("Quanto?")), item(3, &["No", "Sì"], None)],
        };
        let about =
            |heading: &str| Paragraphs { heading: heading.to_owned(), paragraphs: vec!["Un paragrafo.".into()] };
        let paper = |form: Option<&str>, notice, written| Self {
            head: Head { title: "Questionario".to_owned(), language: Language::It, day: date(2026, 3, 1) },
            header: Header {
                form_label: "Modulo n.".to_owned(),
                form: form.map(str::to_owned),
                codes: vec![Line::new("Rilevazione", "T1"), Line::new("Gruppo", "ETS")],
                page: "Pagina {page} di {pages}".to_owned(),
            },
            kicker: "Comune di Esempio".to_owned(),
            title: "Orto di quartiere".to_owned(),
            purpose: "Per capire che cosa funziona.".into(),
            facts: vec![Line::new("Quanto dura", "Circa 6 minuti")],
            instructions: about("Come si compila"),
            notice,
            sections: vec![section(Some("Quanto è vera?")), section(None)],
            reasons: vec!["Non so".into(), "Non mi riguarda".into(), "Preferisco non rispondere".into()],
            written,
            closing: about("Grazie"),
        };
        let question = WrittenQuestion { code: "Q1".to_owned(), text: "Che cosa cambierebbe?".into(), lines: 6 };
        let written =
            Written { heading: "Con parole sue".to_owned(), note: "Se vuole.".to_owned(), questions: vec![question] };
        Ok(vec![paper(None, None, None), paper(Some("000123"), Some(about("I suoi dati")), Some(written))])
    }
}
