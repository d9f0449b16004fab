// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do people say in their own words, and may it be shown?

use uuid::Uuid;

use super::field::{FieldProblem, Problems, Typed, lines};
use super::framework::{Framework, OpenQuestion};
use super::moderation::Moderation;

/// Longest answer, in characters.
pub const LONGEST: usize = 2000;

/// From how many answers to a question on the group of each is told: below, few words could say who wrote them.
///
/// # Source
/// `docs/methods.md`, "What may be shown": free text is never sorted by group below eight.
pub const GROUP_TOLD: usize = 8;

/// An answer in somebody's own words. Nothing orders them, and after closing nothing ties them to other answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenAnswer {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Random identity.
    pub id: Uuid,
    /// The wave it belongs to.
    pub wave_id: Uuid,
    /// Code of the group of whoever wrote it.
    pub group: String,
    /// Code of the question.
    pub question: String,
    /// The words.
    pub said: String,
    /// Whether it may be shown.
    pub state: Moderation,
}

/// The open questions that a group is asked.
pub fn asked<'a>(framework: &'a Framework, group: &'a str) -> impl Iterator<Item = &'a OpenQuestion> {
    framework
        .open_questions
        .iter()
        .filter(move |question| question.audience.is_empty() || question.audience.iter().any(|code| code == group))
}

/// What was written, question by question, with nothing where nothing was. Fields are named by the code of the question.
///
/// # Errors
/// Every text that is too long or holds what cannot be stored.
pub fn written(framework: &Framework, group: &str, typed: &Typed) -> Result<Vec<(String, String)>, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let mut texts = Vec::new();
    for question in asked(framework, group) {
        let said = problems.note(lines(&question.code, typed.get(&question.code), LONGEST));
        texts.push((question.code.clone(), said));
    }
    problems.none().map(|()| texts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::frameworks::find_shipped;

    #[test]
    fn each_group_is_asked_its_own_questions_and_long_texts_are_told() {
        let framework = find_shipped("pratiche-collaborative", "1.0.0").unwrap().framework;
        let codes = |group| asked(&framework, group).map(|one| one.code.as_str()).collect::<Vec<_>>();
        assert_eq!((codes("ETS"), codes("BEN")), (vec!["Q1", "Q2", "Q3"], vec!["Q3"]));
        let typed = Typed::default().with("Q1", " Le riunioni.\r\nE il tempo. ").with("Q9", "niente");
        let texts = written(&framework, "ETS", &typed).unwrap();
        assert_eq!(texts[0], ("Q1".to_owned(), "Le riunioni.\nE il tempo.".to_owned()));
        assert_eq!(texts[1..].iter().filter(|(_, said)| said.is_empty()).count(), 2);
        let long = Typed::default().with("Q2", "a".repeat(LONGEST + 1));
        assert_eq!(written(&framework, "ETS", &long).unwrap_err()[0].field, "Q2");
    }
}
