// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was said of results, in words for every page and report: the summary, replies, threads, stories.

use serde::Serialize;

use super::numbers;
use super::projects::Link;
use super::telling::{Telling, value};
use crate::domain::discussion::{
    Contribution, ContributionKind, GroupPosition, Prompt, Restitution, Story, SummaryFile,
};
use crate::domain::framework::Framework;

/// Says what was said of the results of a wave.
#[derive(Clone, Copy)]
pub struct WordsTelling<'a> {
    /// How things are written.
    pub telling: Telling,
    /// The framework version of the wave.
    pub framework: &'a Framework,
    /// What is shown.
    pub restitution: &'a Restitution,
    /// Where the results are; empty where there are no links.
    pub href: &'a str,
}

/// The summary with what each group says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SummaryView {
    /// Its words, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// Which version, by whom and of which day.
    pub told: String,
    /// Each group.
    pub positions: Vec<PositionRow>,
}

/// What a group says of the summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PositionRow {
    /// Name of the group.
    pub group: String,
    /// Whether it agrees.
    pub says: String,
    /// In its own words; empty where it adds none.
    pub words: String,
}

/// Replies of groups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RepliesView {
    /// Each reply.
    pub replies: Vec<ReplyView>,
    /// That a group was asked to word one anew, each in a sentence.
    pub reworded: Vec<String>,
}

/// The reply of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReplyView {
    /// Name of the group.
    pub group: String,
    /// What it is about.
    pub about: Link,
    /// Its words, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// Who said that it is the group's.
    pub confirmed: String,
}

/// What was said to one prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThreadView {
    /// The prompt.
    pub prompt: String,
    /// The texts, by their turn.
    pub texts: Vec<ThreadText>,
}

/// A text in a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ThreadText {
    /// Of which group it is, or only that it is of one.
    pub tag: String,
    /// The words.
    pub text: String,
}

/// A story of change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryView {
    /// What the change is about.
    pub domain: String,
    /// Its words, paragraph by paragraph.
    pub paragraphs: Vec<String>,
    /// Why it was chosen.
    pub why: String,
    /// Who chose it.
    pub panel: String,
    /// How it was verified, or that it was not.
    pub verification: String,
    /// The indicators it is told beside.
    pub indicators: Vec<Link>,
}

impl WordsTelling<'_> {
    /// The summary, once there is one.
    #[must_use]
    pub fn summary(&self) -> Option<SummaryView> {
        self.restitution.summary.as_ref().map(|file| self.summary_of(file))
    }

    /// A summary with what each group says of it.
    #[must_use]
    pub fn summary_of(&self, file: &SummaryFile) -> SummaryView {
        let one = &file.summary;
        let day = numbers::day(one.written_on, self.telling.language);
        let values = [("revision", one.revision.to_string()), ("author", one.author.clone()), ("day", day)];
        SummaryView {
            paragraphs: paragraphs(&one.text),
            told: self.telling.words().say_with("summary-told", values.map(|(name, text)| (name, value(text)))),
            positions: file.positions.iter().map(|position| self.position(position)).collect(),
        }
    }

    fn position(&self, one: &GroupPosition) -> PositionRow {
        PositionRow {
            group: self.telling.group(self.framework, &one.group),
            says: self.telling.words().say(&format!("summary-position-{}", one.position.code())),
            words: one.words.clone(),
        }
    }

    /// The replies to one indicator, or to everything.
    #[must_use]
    pub fn replies(&self, indicator: Option<&str>) -> RepliesView {
        let wanted = |about: &str| indicator.is_none_or(|code| code == about);
        let replies = self.restitution.of_kind(ContributionKind::Reply).filter(|one| wanted(&one.indicator));
        let reworded = self.restitution.reworded.iter().filter(|(_, about)| wanted(about));
        let told = |(group, about): &(String, String)| {
            let group = ("group", value(self.telling.group(self.framework, group)));
            self.telling.words().say_with("reply-reworded", [group, ("about", value(self.about(about).text))])
        };
        RepliesView { replies: replies.map(|one| self.reply(one)).collect(), reworded: reworded.map(told).collect() }
    }

    fn reply(&self, one: &Contribution) -> ReplyView {
        let confirmed = one.confirmation.map(|how| self.telling.words().say(&format!("reply-by-{}", how.code())));
        ReplyView {
            group: self.telling.group(self.framework, &one.group),
            about: self.about(&one.indicator),
            paragraphs: paragraphs(&one.text),
            confirmed: confirmed.unwrap_or_default(),
        }
    }

    /// What a reply is about: an indicator, or all results together.
    #[must_use]
    pub fn about(&self, indicator: &str) -> Link {
        if indicator.is_empty() {
            return Link { text: self.telling.words().say("reply-about-whole"), href: self.href.to_owned() };
        }
        Link {
            text: self.telling.indicator(self.framework, indicator),
            href: format!("{}/indicators/{indicator}", self.href),
        }
    }

    /// The thread of an indicator, prompt by prompt; prompts without a text are left out.
    #[must_use]
    pub fn threads(&self, indicator: &str) -> Vec<ThreadView> {
        let of_prompt = |prompt: Prompt| {
            let texts = self.restitution.about(ContributionKind::Thread, indicator);
            let texts: Vec<ThreadText> =
                texts.filter(|one| one.prompt == Some(prompt)).map(|one| self.thread_text(one)).collect();
            let prompt = self.telling.words().say(&format!("prompt-{}", prompt.code()));
            (!texts.is_empty()).then_some(ThreadView { prompt, texts })
        };
        Prompt::ALL.into_iter().filter_map(of_prompt).collect()
    }

    fn thread_text(&self, one: &Contribution) -> ThreadText {
        let group = self.restitution.group_of(one);
        let tag = group.map_or_else(
            || self.telling.words().say("thread-a-group"),
            |code| self.telling.group(self.framework, code),
        );
        ThreadText { tag, text: one.text.clone() }
    }

    /// The stories told beside one indicator, or all of them.
    #[must_use]
    pub fn stories(&self, indicator: Option<&str>) -> Vec<StoryView> {
        let stories = self.restitution.of_kind(ContributionKind::Story);
        let stories = stories.filter(|one| indicator.is_none_or(|code| one.is_about(code)));
        stories.filter_map(|one| Some(self.story(one, one.story.as_ref()?))).collect()
    }

    fn story(&self, one: &Contribution, story: &Story) -> StoryView {
        let verified = Some(story.verification.clone()).filter(|text| !text.is_empty());
        StoryView {
            domain: story.domain.clone(),
            paragraphs: paragraphs(&one.text),
            why: story.why.clone(),
            panel: story.panel.clone(),
            verification: verified.unwrap_or_else(|| self.telling.words().say("story-not-verified")),
            indicators: story.indicators.iter().map(|code| self.about(code)).collect(),
        }
    }
}

/// Lines that say something.
fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

impl SummaryView {
    /// A summary with one of each position.
    #[must_use]
    pub fn sample() -> Self {
        let row = |says: &str, words: &str| PositionRow {
            group: "Ente pubblico".to_owned(),
            says: says.to_owned(),
            words: words.to_owned(),
        };
        Self {
            paragraphs: vec!["La fiducia cresce.".to_owned()],
            told: "Versione 1.".to_owned(),
            positions: vec![row("approva", ""), row("non è d'accordo", "Per noi no.")],
        }
    }
}

impl RepliesView {
    /// The same, unless there is nothing in it.
    #[must_use]
    pub fn filled(self) -> Option<Self> {
        (!self.replies.is_empty() || !self.reworded.is_empty()).then_some(self)
    }

    /// None, and one of each.
    #[must_use]
    pub fn samples() -> [Self; 2] {
        let reply = |href: &str| ReplyView {
            group: "Ente pubblico".to_owned(),
            about: Link { text: "Fiducia".to_owned(), href: href.to_owned() },
            paragraphs: vec!["I tempi non dipendono da noi.".to_owned()],
            confirmed: "confermata".to_owned(),
        };
        let full = Self { replies: vec![reply("/it/waves/1")], reworded: vec!["Da riscrivere.".to_owned()] };
        [Self::default(), full]
    }
}

impl ThreadView {
    /// A thread with a text.
    #[must_use]
    pub fn sample() -> Self {
        let text = ThreadText { tag: "Un gruppo".to_owned(), text: "Perché ci conosciamo.".to_owned() };
        Self { prompt: "Perché?".to_owned(), texts: vec![text] }
    }
}

impl StoryView {
    /// A story.
    #[must_use]
    pub fn sample() -> Self {
        let text = |text: &str| text.to_owned();
        Self {
            domain: text("Lavoro"),
            paragraphs: vec![text("Ha trovato lavoro.")],
            why: text("Mostra il tempo che serve."),
            panel: text("Sei persone"),
            verification: text("Non verificata"),
            indicators: vec![Link { text: text("Fiducia"), href: text("/it/waves/1/indicators/FC1") }],
        }
    }
}
