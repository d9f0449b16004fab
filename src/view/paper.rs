// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a questionnaire say that is filled in with a pen? The same items as on the screen, in the same order.

use super::printing::Asking;
use super::questionnaire::reason_key;
use super::words::{Value, Words};
use crate::domain::answer::NoAnswer;
use crate::domain::framework::{OpenQuestion, StakeholderGroup};
use crate::domain::questionnaire::{Page, Question};
use crate::domain::text::Language;
use crate::print::{
    Header, Line, Paper, PaperItem, PaperSection, Paragraphs, PrintError, Said, Written, WrittenQuestion,
};

/// Ruled lines below a question that is answered in words.
const LINES: usize = 6;

/// What differs from one printing to the next.
#[derive(Clone, Debug, Default)]
pub struct Printing<'a> {
    /// Number of the form; nothing where it is written in by hand, e.g. on copies.
    pub form: Option<&'a str>,
    /// What is done with the answers, paragraph by paragraph; empty where it is handed out apart.
    pub notice: Vec<String>,
    /// Where the sheets go, e.g. “urna all'ingresso del municipio”; nothing where whoever handed them out collects them.
    pub return_to: Option<&'a str>,
    /// Questions answered in words; empty where they are not kept.
    pub written: Vec<&'a OpenQuestion>,
}

/// The questionnaire of a group on paper.
///
/// # Errors
/// If the group is asked nothing.
pub fn paper(asking: &Asking<'_>, group: &StakeholderGroup, printing: &Printing<'_>) -> Result<Paper, PrintError> {
    let (words, language) = (asking.words(), asking.language);
    let questionnaire = asking.questionnaire(&group.code);
    if questionnaire.pages.is_empty() {
        return Err(PrintError::Empty);
    }
    let name = group.name.get(language);
    let title = [("project", asking.project), ("group", name)].map(|(key, value)| (key, Value::from(value)));
    Ok(Paper {
        head: asking.head(words.say_with("print-paper-title", title)),
        header: header(asking, group, printing.form),
        kicker: asking.kicker(),
        title: asking.project.to_owned(),
        purpose: Said::new(asking.wave.purpose.shown(language), language),
        facts: vec![
            Line::new(words.say("landing-when"), asking.wave_name()),
            Line::new(words.say("landing-group"), name),
            asking.duration(Some(group)),
            asking.until(),
            asking.contact(),
        ],
        instructions: said(words, "print-paper-how", (1..=4).map(|n| words.say(&format!("print-paper-how-{n}")))),
        notice: notice(asking, &printing.notice),
        sections: questionnaire.pages.iter().map(|page| section(page, language)).collect(),
        reasons: NoAnswer::CHOICES.into_iter().map(|reason| words.say(&reason_key(reason)).into()).collect(),
        written: written(words, &printing.written, language),
        closing: closing(asking, printing.return_to),
    })
}

fn header(asking: &Asking<'_>, group: &StakeholderGroup, form: Option<&str>) -> Header {
    let words = asking.words();
    let places = [("page", Value::from("{page}")), ("pages", Value::from("{pages}"))];
    Header {
        form_label: words.say("print-paper-form"),
        form: form.map(str::to_owned),
        codes: vec![
            Line::new(words.say("print-paper-wave"), asking.wave.code.as_str()),
            Line::new(words.say("print-paper-group"), group.code.as_str()),
        ],
        page: words.say_with("print-paper-page", places),
    }
}

fn said(words: &Words, heading: &str, paragraphs: impl Iterator<Item = String>) -> Paragraphs {
    Paragraphs { heading: words.say(heading), paragraphs: paragraphs.map(Said::from).collect() }
}

fn notice(asking: &Asking<'_>, paragraphs: &[String]) -> Option<Paragraphs> {
    let all = paragraphs.iter().cloned();
    (!paragraphs.is_empty()).then(|| said(asking.words(), "landing-privacy", all))
}

fn section(page: &Page, language: Language) -> PaperSection {
    let prompt = page.questions.first().and_then(|question| prompt(question, language));
    PaperSection {
        heading: Said::new(page.name.shown(language), language),
        items: page.questions.iter().map(|question| item(question, prompt.as_ref(), language)).collect(),
        prompt,
    }
}

fn item(question: &Question, section_prompt: Option<&Said>, language: Language) -> PaperItem {
    PaperItem {
        number: question.number,
        code: question.item.code.clone(),
        text: Said::new(question.item.text.shown(language), language),
        prompt: prompt(question, language).filter(|own| Some(own) != section_prompt),
        levels: question.scale.labels.iter().map(|label| Said::new(label.shown(language), language)).collect(),
    }
}

fn prompt(question: &Question, language: Language) -> Option<Said> {
    question.scale.prompt.as_ref().map(|text| Said::new(text.shown(language), language))
}

fn written(words: &Words, questions: &[&OpenQuestion], language: Language) -> Option<Written> {
    let question = |question: &&OpenQuestion| WrittenQuestion {
        code: question.code.clone(),
        text: Said::new(question.text.shown(language), language),
        lines: LINES,
    };
    (!questions.is_empty()).then(|| Written {
        heading: words.say("print-paper-written"),
        note: words.say("print-paper-written-note"),
        questions: questions.iter().map(question).collect(),
    })
}

fn closing(asking: &Asking<'_>, return_to: Option<&str>) -> Paragraphs {
    let words = asking.words();
    let day = super::numbers::day(asking.wave.closes_on, asking.language);
    let place = match return_to {
        Some(place) => {
            words.say_with("print-paper-return-to", [("place", Value::from(place)), ("day", Value::from(day.as_str()))])
        }
        None => words.say_with("print-paper-return", [("day", Value::from(day.as_str()))]),
    };
    let rest = [words.say("print-paper-envelope"), words.say("print-paper-results")];
    said(words, "print-paper-thanks", std::iter::once(place).chain(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Text;
    use crate::domain::wave::Collection;
    use crate::view::printing::samples;

    #[test]
    fn paper_asks_what_the_screen_asks_with_every_level_in_words() {
        let (wave, framework) = (samples::wave(Collection::Confidential), samples::framework());
        for language in Language::ALL {
            let asking = samples::asking(&wave, &framework, language);
            let group = framework.group("ETS").unwrap();
            let printing = Printing { written: framework.open_questions.iter().collect(), ..Printing::default() };
            let paper = paper(&asking, group, &printing).unwrap();
            let printed: Vec<&str> = paper.sections.iter().flat_map(|s| &s.items).map(|i| i.code.as_str()).collect();
            let questionnaire = asking.questionnaire("ETS");
            let asked: Vec<&str> = questionnaire.questions().map(|question| question.item.code.as_str()).collect();
            assert_eq!(printed, asked);
            assert!(paper.sections.iter().flat_map(|s| &s.items).all(|item| item.levels.len() == 5));
            assert_eq!(paper.reasons.len(), 3);
            assert_eq!(paper.written.as_ref().unwrap().questions.len(), 3);
            assert!(paper.header.page.contains("{page}") && paper.header.page.contains("{pages}"));
            assert!(!format!("{paper:?}").contains('⟦'), "{paper:?}");
        }
    }

    #[test]
    fn a_group_that_is_asked_nothing_gets_no_paper() {
        let (mut wave, framework) = (samples::wave(Collection::Anonymous), samples::framework());
        wave.wave_type = "T9".to_owned();
        let mut bare = framework.clone();
        bare.indicators.retain(|indicator| !indicator.waves.is_empty());
        let asking = samples::asking(&wave, &bare, Language::It);
        let nobody = StakeholderGroup { code: "X".to_owned(), name: Text::both("X", "X") };
        assert_eq!(paper(&asking, &nobody, &Printing::default()), Err(PrintError::Empty));
    }

    #[cfg(feature = "pdf")]
    #[test]
    fn the_shipped_questionnaire_is_printed_in_both_languages_with_every_letter() {
        let (wave, framework) = (samples::wave(Collection::Anonymous), samples::framework());
        for language in Language::ALL {
            let asking = samples::asking(&wave, &framework, language);
            let paper = paper(&asking, framework.group("BEN").unwrap(), &Printing::default()).unwrap();
            let printed = crate::print::pdf(&paper).unwrap();
            assert!(printed.pages > 1 && printed.missing.is_empty(), "{} {:?}", printed.pages, printed.missing);
        }
    }
}
