// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which items is one stakeholder group shown in one wave, on which pages, and what may be answered?

use super::answer::{Answer, NoAnswer};
use super::framework::{Framework, Indicator, Item, Level, Pillar, Scale};
use super::text::Text;

/// The items one stakeholder group is shown in one wave: one page per family, framework order.
#[derive(Clone, Debug, PartialEq)]
pub struct Questionnaire {
    /// Pages in the order of the framework's families; none is empty.
    pub pages: Vec<Page>,
    /// How many items the framework has: the length of stored answers.
    item_count: usize,
}

/// The items of one family.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Code of the family.
    pub family: String,
    /// Its pillar.
    pub pillar: Pillar,
    /// Its name.
    pub name: Text,
    /// Items with their scales.
    pub questions: Vec<Question>,
}

/// One item as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Place among the shown items, from 1.
    pub number: usize,
    /// Place among all items of the framework: the place of its answer in a stored response.
    pub position: usize,
    /// The item.
    pub item: Item,
    /// Its scale.
    pub scale: Scale,
}

/// What a respondent sent that the questionnaire does not ask.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerProblem {
    /// A field that is none of the page's items.
    #[error("“{0}” is not an item of this page")]
    UnknownItem(String),
    /// A value that is neither a point of the scale nor a reason.
    #[error("“{value}” is not an answer to item {item}")]
    UnknownAnswer {
        /// Item code.
        item: String,
        /// What was sent.
        value: String,
    },
    /// The same item twice.
    #[error("item {0} was answered twice")]
    Twice(String),
}

impl Questionnaire {
    /// The questionnaire of a group: items of this wave type and level that address the group.
    #[must_use]
    pub fn for_group(framework: &Framework, wave_type: &str, level: Level, group: &str) -> Self {
        let mut number = 0;
        let mut pages = Vec::new();
        for family in &framework.families {
            let questions: Vec<Question> = framework
                .items()
                .enumerate()
                .filter(|(_, (indicator, item))| {
                    indicator.family == family.code && asked(indicator, item, wave_type, level) && item.addresses(group)
                })
                .filter_map(|(position, (_, item))| {
                    let scale = framework.scale(&item.scale)?.clone();
                    number += 1;
                    Some(Question { number, position, item: item.clone(), scale })
                })
                .collect();
            if !questions.is_empty() {
                pages.push(Page {
                    family: family.code.clone(),
                    pillar: family.pillar,
                    name: family.name.clone(),
                    questions,
                });
            }
        }
        Self { pages, item_count: framework.items().count() }
    }

    /// Every question, page after page.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// Answers before anything was answered: shown items skipped, the others not shown.
    #[must_use]
    pub fn blank(&self) -> Answers {
        let mut letters = vec![NoAnswer::NotShown.letter(); self.item_count];
        for question in self.questions() {
            if let Some(letter) = letters.get_mut(question.position) {
                *letter = NoAnswer::Skipped.letter();
            }
        }
        Answers(letters)
    }

    /// Reads stored answers, if they have the shape of this questionnaire's framework.
    #[must_use]
    pub fn read(&self, stored: &str) -> Option<Answers> {
        let letters = stored.as_bytes();
        let known = letters.iter().all(|letter| Answer::from_letter(*letter).is_some());
        (letters.len() == self.item_count && known).then(|| Answers(letters.to_vec()))
    }
}

impl Page {
    /// Puts what was sent for this page into the answers; items of the page that were not sent become skipped.
    ///
    /// # Errors
    /// Everything that was sent and is not asked; the answers are then unchanged.
    pub fn fill(&self, answers: &Answers, sent: &[(String, String)]) -> Result<Answers, Vec<AnswerProblem>> {
        let mut filled = answers.clone();
        let mut problems = Vec::new();
        for question in &self.questions {
            filled.set(question.position, Answer::None(NoAnswer::Skipped));
        }
        for (position, (code, value)) in sent.iter().enumerate() {
            match self.answer(code, value) {
                Err(problem) => problems.push(problem),
                Ok(_) if sent.iter().take(position).any(|(earlier, _)| earlier == code) => {
                    problems.push(AnswerProblem::Twice(code.clone()));
                }
                Ok((place, answer)) => filled.set(place, answer),
            }
        }
        if problems.is_empty() { Ok(filled) } else { Err(problems) }
    }

    fn answer(&self, code: &str, value: &str) -> Result<(usize, Answer), AnswerProblem> {
        let question = self
            .questions
            .iter()
            .find(|question| question.item.code == code)
            .ok_or_else(|| AnswerProblem::UnknownItem(code.to_owned()))?;
        let chosen = match Answer::from_cell(value) {
            Some(Answer::Point(point)) if question.scale.points.contains(&point) => Some(Answer::Point(point)),
            Some(Answer::None(reason)) if NoAnswer::CHOICES.contains(&reason) => Some(Answer::None(reason)),
            Some(Answer::Point(_) | Answer::None(_)) | None => None,
        };
        chosen
            .map(|answer| (question.position, answer))
            .ok_or_else(|| AnswerProblem::UnknownAnswer { item: code.to_owned(), value: value.to_owned() })
    }
}

/// All answers of one respondent: one per item of the framework, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers(Vec<u8>);

impl Answers {
    /// The answer at a place; not shown beyond the end.
    #[must_use]
    pub fn get(&self, position: usize) -> Answer {
        self.0.get(position).copied().and_then(Answer::from_letter).unwrap_or(Answer::None(NoAnswer::NotShown))
    }

    /// One byte an item, as stored.
    #[must_use]
    pub fn letters(&self) -> &[u8] {
        &self.0
    }

    /// The stored form, e.g. `54321D4-..3`.
    #[must_use]
    pub fn stored(&self) -> String {
        self.0.iter().map(|letter| char::from(*letter)).collect()
    }

    pub(super) fn set(&mut self, position: usize, answer: Answer) {
        if let Some(letter) = self.0.get_mut(position) {
            *letter = answer.letter();
        }
    }
}

fn asked(indicator: &Indicator, item: &Item, wave_type: &str, level: Level) -> bool {
    (indicator.waves.is_empty() || indicator.waves.iter().any(|code| code == wave_type)) && item.level <= level
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::framework::{Family, Model};

    fn item(code: &str, audience: &[&str], level: Level) -> Item {
        Item {
            code: code.to_owned(),
            scale: "S3".to_owned(),
            audience: audience.iter().map(ToString::to_string).collect(),
            level,
            reverse: false,
            text: Text::both(code, code),
        }
    }

    fn indicator(code: &str, family: &str, waves: &[&str], items: Vec<Item>) -> Indicator {
        Indicator {
            code: code.to_owned(),
            family: family.to_owned(),
            pillar: Pillar::Facilitators,
            name: Text::default(),
            definition: Text::default(),
            model: Model::Reflective,
            waves: waves.iter().map(ToString::to_string).collect(),
            trace: None,
            evidence: None,
            replaces: Vec::new(),
            items,
        }
    }

    fn framework() -> Framework {
        let family = |code: &str| Family { code: code.to_owned(), pillar: Pillar::Facilitators, name: Text::default() };
        Framework {
            scales: vec![Scale { code: "S3".to_owned(), points: vec![1, 2, 3], prompt: None, labels: Vec::new() }],
            families: vec![family("A"), family("B"), family("C")],
            indicators: vec![
                indicator(
                    "B1",
                    "B",
                    &["T1"],
                    vec![item("B1a", &["PA"], Level::Core), item("B1b", &[], Level::Extended)],
                ),
                indicator("A1", "A", &[], vec![item("A1a", &[], Level::Core), item("A1c", &["BEN"], Level::Core)]),
            ],
            ..Framework::default()
        }
    }

    fn codes(questionnaire: &Questionnaire) -> Vec<&str> {
        questionnaire.questions().map(|question| question.item.code.as_str()).collect()
    }

    #[test]
    fn each_group_sees_only_its_own_items_of_this_wave_and_level() {
        let framework = framework();
        assert_eq!(codes(&Questionnaire::for_group(&framework, "T1", Level::Core, "PA")), ["A1a", "B1a"]);
        assert_eq!(codes(&Questionnaire::for_group(&framework, "T1", Level::Extended, "PA")), ["A1a", "B1a", "B1b"]);
        assert_eq!(codes(&Questionnaire::for_group(&framework, "T0", Level::Extended, "BEN")), ["A1a", "A1c"]);
        assert_eq!(Questionnaire::for_group(&framework, "T1", Level::Core, "PA").pages.len(), 2);
    }

    #[test]
    fn blank_answers_tell_skipped_from_not_shown() {
        let questionnaire = Questionnaire::for_group(&framework(), "T1", Level::Core, "PA");
        assert_eq!(questionnaire.blank().stored(), "-.-.");
        assert!(questionnaire.read("12").is_none());
        assert!(questionnaire.read("12x.").is_none());
    }

    #[test]
    fn a_page_takes_points_and_reasons_and_refuses_the_rest_whole() {
        let questionnaire = Questionnaire::for_group(&framework(), "T1", Level::Extended, "PA");
        let page = &questionnaire.pages[1];
        let sent =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
        let filled = page.fill(&questionnaire.blank(), &sent(&[("B1a", "3"), ("B1b", "DK")])).unwrap();
        assert_eq!(filled.stored(), "3D-.");
        assert_eq!(page.fill(&filled, &[]).unwrap().stored(), "---.", "an emptied item is skipped again");
        let refused =
            page.fill(&filled, &sent(&[("B1a", "4"), ("A1a", "1"), ("B1b", "NS"), ("B1b", "1"), ("B1b", "2")]));
        assert_eq!(refused.unwrap_err().len(), 5);
    }
}
