// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A questionnaire that was filled in with a pen: does it say the same when it is keyed in twice, and where not?

use uuid::Uuid;

use super::answer::{Answer, NoAnswer};
use super::field::{FieldProblem, Problems, Typed};
use super::questionnaire::{Answers, Question, Questionnaire};

/// Longest number of a form.
pub const LONGEST_NUMBER: usize = 20;

/// A questionnaire on paper while it is keyed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperForm {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// The wave it was filled in for.
    pub wave_id: Uuid,
    /// The respondent's stakeholder group.
    pub group: String,
    /// The number written on it, unique in the group and wave.
    pub number: String,
    /// How far it is.
    pub stage: PaperStage,
    /// Who keyed it in first, by name.
    pub entered_by: String,
    /// The personal invitation whose code is written on it, until it is stored.
    pub invitation_id: Option<Uuid>,
    /// The organisation that answers, where it answers under its name.
    pub organisation: Option<String>,
}

/// How far a form on paper is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperStage {
    /// Keyed in once; stored form of the answers.
    Once(String),
    /// Keyed in twice, and not the same.
    Differing {
        /// What was keyed in first.
        first: String,
        /// What was keyed in second.
        second: String,
    },
    /// Stored as a response; what was keyed in is forgotten here. What is written on it in words is still to be keyed in.
    Stored {
        /// Hash of the receipt, for a form with the code of a personal invitation.
        receipt_hash: Option<String>,
    },
    /// Stored, with what is written on it.
    Complete,
}

impl PaperStage {
    /// The word stored, and the end of the keys of its words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Once(_) => "once",
            Self::Differing { .. } => "differing",
            Self::Stored { .. } => "stored",
            Self::Complete => "complete",
        }
    }
}

/// A number of a form: letters, digits and hyphens, upper case.
///
/// # Errors
/// What is wrong with it.
pub fn form_number(field: &str, typed: &str) -> Result<String, FieldProblem> {
    let number = super::field::line(field, typed, LONGEST_NUMBER)?.to_ascii_uppercase();
    let plain = number.chars().all(|one| one.is_ascii_alphanumeric() || one == '-');
    if plain { Ok(number) } else { Err(FieldProblem::new(field, "form-number")) }
}

/// What was keyed in, item by item. Fields are named by the code of the item; an empty one was left blank on paper.
///
/// # Errors
/// Everything that is no answer to its item.
pub fn keyed(questionnaire: &Questionnaire, typed: &Typed) -> Result<Answers, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let mut answers = questionnaire.blank();
    for question in questionnaire.questions() {
        let answer = problems.take(cell(question, typed.get(&question.item.code)));
        answers.set(question.position, answer.unwrap_or(Answer::None(NoAnswer::Skipped)));
    }
    problems.none().map(|()| answers)
}

/// The questions to which two entries of the same form have different answers, with both.
pub fn disagreements<'a>(
    questionnaire: &'a Questionnaire,
    first: &'a Answers,
    second: &'a Answers,
) -> impl Iterator<Item = (&'a Question, Answer, Answer)> {
    let both = |question: &'a Question| (question, first.get(question.position), second.get(question.position));
    questionnaire.questions().map(both).filter(|(_, one, other)| one != other)
}

/// The answers of a form of which the two entries differ, after whoever holds the paper said what it reads. A hyphen
/// says that the item was left blank.
///
/// # Errors
/// Every disagreement that was not decided, or not with an answer to its item.
pub fn settled(
    questionnaire: &Questionnaire,
    (first, second): (&Answers, &Answers),
    typed: &Typed,
) -> Result<Answers, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let mut answers = first.clone();
    for (question, ..) in disagreements(questionnaire, first, second) {
        let code = &question.item.code;
        if !typed.has(code) {
            problems.add(FieldProblem::new(code, "undecided"));
        } else if let Some(answer) = problems.take(cell(question, typed.get(code))) {
            answers.set(question.position, answer);
        }
    }
    problems.none().map(|()| answers)
}

/// How an answer is keyed in: a point of the scale, one of three letters, or a hyphen.
#[must_use]
pub fn key_of(answer: Answer) -> String {
    match answer {
        Answer::Point(point) => point.to_string(),
        Answer::None(reason) => char::from(reason.letter()).to_string(),
    }
}

fn cell(question: &Question, typed: &str) -> Result<Answer, FieldProblem> {
    let typed = typed.trim().to_ascii_uppercase();
    let reason = |reason: &NoAnswer| typed == reason.code() || typed.as_bytes() == [reason.letter()];
    let (least, most) = question.scale.ends();
    let problem = || FieldProblem::new(&question.item.code, "no-answer").with("least", least).with("most", most);
    if typed.is_empty() || typed == "-" {
        return Ok(Answer::None(NoAnswer::Skipped));
    }
    if let Some(reason) = NoAnswer::CHOICES.into_iter().find(reason) {
        return Ok(Answer::None(reason));
    }
    let point = typed.parse().ok().filter(|point| question.scale.points.contains(point));
    point.map(Answer::Point).ok_or_else(problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::frameworks::find_shipped;
    use crate::domain::framework::Level;

    fn questionnaire() -> Questionnaire {
        let framework = find_shipped("pratiche-collaborative", "1.0.0").unwrap().framework;
        Questionnaire::for_group(&framework, "T1", Level::Core, "ETS")
    }

    fn all(questionnaire: &Questionnaire, value: &str) -> Typed {
        Typed(questionnaire.questions().map(|one| (one.item.code.clone(), value.to_owned())).collect())
    }

    #[test]
    fn what_is_keyed_in_is_a_point_a_letter_or_nothing() {
        let questionnaire = questionnaire();
        for (typed, letter) in
            [("4", b'4'), (" 4 ", b'4'), ("d", b'D'), ("NA", b'N'), ("r", b'R'), ("", b'-'), ("-", b'-')]
        {
            let answers = keyed(&questionnaire, &all(&questionnaire, typed)).unwrap();
            assert!(questionnaire.questions().all(|one| answers.get(one.position).letter() == letter), "{typed}");
        }
        for wrong in ["0", "6", "44", "x", "NS", "4.0"] {
            let problems = keyed(&questionnaire, &all(&questionnaire, wrong)).unwrap_err();
            assert_eq!(problems.len(), questionnaire.questions().count(), "{wrong}");
        }
    }

    #[test]
    fn items_of_other_groups_stay_not_shown() {
        let questionnaire = questionnaire();
        let answers = keyed(&questionnaire, &all(&questionnaire, "4")).unwrap();
        let shown = answers.stored().matches('4').count();
        assert_eq!(shown, questionnaire.questions().count());
        assert!(answers.letters().iter().all(|letter| matches!(letter, b'4' | b'.')));
    }

    #[test]
    fn two_entries_differ_where_they_differ_and_nowhere_else() {
        let questionnaire = questionnaire();
        let first = keyed(&questionnaire, &all(&questionnaire, "4")).unwrap();
        let (code, other) = (questionnaire.questions().nth(2).unwrap().item.code.clone(), "2".to_owned());
        let mut typed = all(&questionnaire, "4");
        typed.0[2].1.clone_from(&other);
        let second = keyed(&questionnaire, &typed).unwrap();
        let found: Vec<_> = disagreements(&questionnaire, &first, &second).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].0.item.code.as_str(), found[0].1, found[0].2),
            (code.as_str(), Answer::Point(4), Answer::Point(2))
        );
        assert_eq!(disagreements(&questionnaire, &first, &first).count(), 0);

        let undecided = settled(&questionnaire, (&first, &second), &Typed::default()).unwrap_err();
        assert_eq!(undecided, [FieldProblem::new(&code, "undecided")]);
        let decided = settled(&questionnaire, (&first, &second), &Typed::default().with(&code, "2")).unwrap();
        assert_eq!(decided, second);
        let blank = settled(&questionnaire, (&first, &second), &Typed::default().with(&code, "-")).unwrap();
        assert_eq!(key_of(blank.get(questionnaire.questions().nth(2).unwrap().position)), "-");
    }

    #[test]
    fn a_number_of_a_form_is_letters_and_digits() {
        assert_eq!(form_number("form_number", " a-12 "), Ok("A-12".to_owned()));
        assert_eq!(form_number("form_number", "1/2").unwrap_err().key, "form-number");
        assert_eq!(form_number("form_number", "").unwrap_err().key, "missing");
    }
}
