// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is somebody told about their data, in plain words: on the landing page, on paper, and to staff who write it?

use serde::Serialize;

use super::numbers;
use super::render::Page;
use super::words::{Value, words};
use crate::domain::notice::Notice;
use crate::domain::programme::Organisation;
use crate::domain::text::Language;
use crate::domain::translation::Tongue;
use crate::domain::wave::{Collection, Wave};

/// A notice, as told.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// Its parts, each a question with its answer.
    pub parts: Vec<NoticePart>,
    /// Which version this is, and since when; empty where nobody wrote one.
    pub version: String,
    /// Its language, where it is not the page's.
    pub lang: Option<String>,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoticePart {
    /// The question.
    pub question: String,
    /// The answer, paragraph by paragraph.
    pub paragraphs: Vec<String>,
}

impl NoticeView {
    /// The notice of a wave of a body.
    #[must_use]
    pub fn new(language: Language, body: &Organisation, wave: &Wave, notice: &Notice) -> Self {
        let words = words(language);
        let (mode, template) = (wave.collection.code(), notice.template.code());
        let part = |key: &str, paragraphs: Vec<String>| NoticePart {
            question: words.say(&format!("notice-{key}")),
            paragraphs: paragraphs.into_iter().filter(|text| !text.trim().is_empty()).collect(),
        };
        let said = |key: String| words.say(&key);
        let details = &body.details;
        let reach = [&body.contact, &details.address, &details.telephone, &details.registered_email];
        let reach: Vec<&str> = reach.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let who = [("body", Value::from(body.name.as_str())), ("reach", Value::from(reach.join(", ")))];
        let officer = [("officer", Value::from(notice.officer.as_str()))];
        let officer = if notice.officer.is_empty() { String::new() } else { words.say_with("notice-officer", officer) };
        let others = if notice.recipients.is_empty() {
            said("notice-nobody-else".to_owned())
        } else {
            notice.recipients.clone()
        };
        let mut parts = vec![
            part("who", vec![words.say_with("notice-who-is", who), officer]),
            part("why", vec![wave.purpose.get(language).to_owned(), said(format!("notice-basis-{template}"))]),
            part(
                "what",
                vec![said(format!("notice-what-{mode}")), words.say("notice-no-device"), words.say("notice-space")],
            ),
            part("how-long", vec![said(format!("notice-how-long-{mode}"))]),
            part("others", vec![words.say("notice-service"), others]),
            part("rights", rights(language, wave.collection)),
            part("free", vec![words.say("notice-free-is")]),
        ];
        if !notice.further.is_empty() {
            parts.push(part("further", notice.further.split("\n\n").map(str::to_owned).collect()));
        }
        let version = notice.since.map(|since| {
            let since = numbers::day(since, language);
            let version = usize::try_from(notice.version).unwrap_or_default();
            words.say_with("notice-version", [("version", version.into()), ("since", since.into())])
        });
        Self { parts, version: version.unwrap_or_default(), lang: None }
    }

    /// The notice of a wave on a page of its questionnaire: in the language of the interface, marked where that is
    /// another.
    #[must_use]
    pub fn on(tongue: &Tongue, body: &Organisation, wave: &Wave, notice: &Notice) -> Self {
        let lang = tongue.other().map(|_| tongue.base().code().to_owned());
        Self { lang, ..Self::new(tongue.base(), body, wave, notice) }
    }

    /// The same as paragraphs, to be printed.
    #[must_use]
    pub fn printed(&self) -> Vec<String> {
        let part = |one: &NoticePart| format!("{} {}", one.question, one.paragraphs.join(" "));
        let version = Some(self.version.clone()).filter(|text| !text.is_empty());
        self.parts.iter().map(part).chain(version).collect()
    }

    /// What the samples of pages show.
    pub(super) fn sample(version: &str) -> Self {
        let parts = vec![NoticePart { question: "Chi?".to_owned(), paragraphs: vec!["Il Comune.".to_owned()] }];
        Self { parts, version: version.to_owned(), lang: (!version.is_empty()).then(|| "it".to_owned()) }
    }
}

fn rights(language: Language, mode: Collection) -> Vec<String> {
    let words = words(language);
    vec![words.say(&format!("notice-rights-{}", mode.code())), words.say("notice-complaint")]
}

/// A notice on a page of its own.
#[derive(Clone, Debug, Serialize)]
pub struct NoticePage {
    /// Project and wave.
    pub kicker: String,
    /// The notice.
    pub notice: NoticeView,
    /// Where the reader came from.
    pub back: String,
}

impl Page for NoticePage {
    const TEMPLATE: &'static str = "questionnaire/notice";

    fn samples() -> Vec<Self> {
        let page = |version: &str| Self {
            kicker: "Orto · T1".to_owned(),
            notice: NoticeView::sample(version),
            back: "/it/questionnaire/1".to_owned(),
        };
        vec![page(""), page("Versione 2, dal 3 marzo 2026")]
    }
}

#[cfg(test)]
mod tests {
    use super::super::printing::samples;
    use super::*;
    use crate::domain::notice::NoticeTemplate;
    use crate::domain::programme::{BodyDetails, BodyKind, Origin};

    fn body() -> Organisation {
        Organisation {
            id: uuid::Uuid::nil(),
            name: "Comune di Esempio".to_owned(),
            contact: "011 000000".to_owned(),
            data: Origin::Fictional,
            details: BodyDetails { kind: BodyKind::PublicBody, ..BodyDetails::default() },
            revision: 1,
        }
    }

    #[test]
    fn every_template_answers_every_question_in_both_languages_and_modes() {
        for language in Language::ALL {
            for mode in Collection::ALL {
                for template in NoticeTemplate::ALL {
                    let notice = Notice { template, officer: "rpd@example.org".to_owned(), ..Notice::default() };
                    let view = NoticeView::new(language, &body(), &samples::wave(mode), &notice);
                    assert!(view.parts.iter().all(|part| !part.paragraphs.is_empty()), "{view:?}");
                    let all = view.printed().join("\n");
                    assert!(all.contains("Comune di Esempio") && all.contains("rpd@example.org"), "{all}");
                    assert!(!all.contains(['⟦', '\u{2068}']), "{all}");
                }
            }
        }
    }

    #[test]
    fn only_an_anonymous_wave_is_called_anonymous() {
        let told =
            |mode| NoticeView::new(Language::It, &body(), &samples::wave(mode), &Notice::default()).printed().join(" ");
        assert!(told(Collection::Anonymous).contains("anonim"));
        for mode in [Collection::Confidential, Collection::Named] {
            assert!(!told(mode).contains("anonim"), "{}", told(mode));
        }
    }
}
