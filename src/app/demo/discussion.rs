// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is said of the results of an invented wave: threads, a reply, stories, a summary with a dissent, guesses.

use jiff::ToSpan;
use serde::Deserialize;
use uuid::Uuid;

use super::content::ContentError;
use crate::app::discussion::unsigned;
use crate::app::{App, Refusal, secrets};
use crate::domain::committee::{Choice, Vote};
use crate::domain::discussion::{
    Confirmation, Consent, Contribution, ContributionKind, Prompt, Story, Summary, summary_question,
};
use crate::domain::guess::Guess;
use crate::domain::moderation::Moderation;
use crate::domain::participant::{Activity, Participant};
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// Who speaks for a group in the committee.
const SEAT: &str = "Rappresentante (inventato)";

/// Invented words about results.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    summary: SummaryWords,
    #[serde(rename = "position")]
    positions: Vec<PositionWords>,
    #[serde(rename = "reply")]
    replies: Vec<ReplyWords>,
    #[serde(rename = "thread")]
    threads: Vec<ThreadWords>,
    #[serde(rename = "story")]
    stories: Vec<StoryWords>,
    #[serde(rename = "guess")]
    guesses: Vec<GuessWords>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SummaryWords {
    author: String,
    text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PositionWords {
    group: String,
    choice: String,
    #[serde(default)]
    words: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyWords {
    group: String,
    indicator: String,
    confirmation: String,
    text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThreadWords {
    group: String,
    voice: u32,
    indicator: String,
    prompt: String,
    text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoryWords {
    group: String,
    voice: u32,
    domain: String,
    text: String,
    why: String,
    panel: String,
    verification: String,
    indicators: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuessWords {
    group: String,
    about: String,
    voices: u32,
    high: Vec<String>,
    low: Vec<String>,
}

impl Words {
    pub(super) fn read() -> Result<Self, ContentError> {
        Ok(toml::from_str(include_str!("discussion.toml"))?)
    }

    /// Says them about a wave.
    pub(super) fn load(&self, app: &App, db: &mut Db, wave: &Wave) -> Result<(), Refusal> {
        self.agree(app, db, wave)?;
        for one in self.contributions(wave) {
            store::discussion::insert(db, wave, &one)?;
            store::participants::took_part(db, &voice_of(wave, &one.group, one.key.clone()), Activity::Restitution)?;
        }
        for (guess, voice) in self.guesses.iter().flat_map(|guess| (1..=guess.voices).map(move |voice| (guess, voice)))
        {
            let made = Guess {
                organisation_id: wave.organisation_id,
                wave_id: wave.id,
                group: guess.group.clone(),
                key: key(wave, &guess.group, voice),
                about: guess.about.clone(),
                high: turned(&guess.high, voice, &guess.low),
                low: turned(&guess.low, voice, &guess.high),
            };
            store::guesses::insert(db, &made)?;
        }
        Ok(())
    }

    /// The summary, and what each seat says of it.
    fn agree(&self, app: &App, db: &mut Db, wave: &Wave) -> Result<(), Refusal> {
        let summary = Summary {
            organisation_id: wave.organisation_id,
            id: Uuid::now_v7(),
            wave_id: wave.id,
            revision: 1,
            text: self.summary.text.trim().to_owned(),
            author: self.summary.author.clone(),
            written_on: wave.closes_on.saturating_add(20.days()),
        };
        store::summaries::insert(db, &summary)?;
        for one in &self.positions {
            let vote = Vote {
                group: one.group.clone(),
                choice: Choice::from_code(&one.choice).unwrap_or(Choice::Abstain),
                words: one.words.clone(),
                actor: SEAT.to_owned(),
                cast_at: app.clock.now(),
            };
            store::committee::cast(db, wave, &summary_question(summary.id), &vote)?;
        }
        Ok(())
    }

    fn contributions(&self, wave: &Wave) -> Vec<Contribution> {
        let shown = |kind, group: &str, voice, text: &str| Contribution {
            group: group.to_owned(),
            key: key(wave, group, voice),
            moderation: Moderation::Kept,
            ..unsigned((wave.organisation_id, wave.id), kind, text.to_owned())
        };
        let threads = self.threads.iter().map(|one| Contribution {
            indicator: one.indicator.clone(),
            prompt: Prompt::from_code(&one.prompt),
            ..shown(ContributionKind::Thread, &one.group, one.voice, &one.text)
        });
        let replies = self.replies.iter().map(|one| Contribution {
            indicator: one.indicator.clone(),
            confirmation: Confirmation::from_code(&one.confirmation),
            ..shown(ContributionKind::Reply, &one.group, 1, &one.text)
        });
        let stories = self.stories.iter().map(|one| Contribution {
            story: Some(Story {
                domain: one.domain.clone(),
                why: one.why.clone(),
                panel: one.panel.clone(),
                verification: one.verification.clone(),
                indicators: one.indicators.clone(),
                consent: Consent::Given,
            }),
            ..shown(ContributionKind::Story, &one.group, one.voice, &one.text)
        });
        threads.chain(replies).chain(stories).collect()
    }
}

/// The key of an invented voice of a group.
fn key(wave: &Wave, group: &str, voice: u32) -> String {
    secrets::hash(&format!("invented:{}:{group}:{voice}", wave.id.simple()))
}

fn voice_of(wave: &Wave, group: &str, key: String) -> Participant {
    Participant { organisation_id: wave.organisation_id, wave_id: wave.id, group: group.to_owned(), key }
}

/// What one of several believes: every third of them exchanges one.
fn turned(guessed: &[String], voice: u32, others: &[String]) -> Vec<String> {
    let mut guessed = guessed.to_vec();
    if voice.is_multiple_of(3)
        && let (Some(last), Some(other)) = (guessed.last_mut(), others.last())
    {
        last.clone_from(other);
    }
    guessed
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::app::frameworks::find_shipped;
    use crate::domain::discussion::{LONGEST_REPLY, LONGEST_SUMMARY, TAGGED_FROM};

    #[test]
    fn the_invented_words_are_about_what_the_framework_asks_and_short_enough() {
        let words = Words::read().unwrap();
        let framework = find_shipped("pratiche-collaborative", "1.0.0").unwrap().framework;
        let mut codes: Vec<&String> = words.threads.iter().map(|one| &one.indicator).collect();
        codes.extend(words.replies.iter().map(|one| &one.indicator));
        codes.extend(words.stories.iter().flat_map(|one| &one.indicators));
        codes.extend(words.guesses.iter().flat_map(|one| one.high.iter().chain(&one.low)));
        assert!(codes.iter().all(|code| framework.indicator(code).is_some()), "{codes:?}");
        let threads: BTreeSet<&String> = words.threads.iter().map(|one| &one.indicator).collect();
        assert_eq!((threads.len(), words.replies.len(), words.stories.len()), (3, 1, 2));
        assert!(words.threads.iter().all(|one| Prompt::from_code(&one.prompt).is_some()));
        assert!(words.threads.iter().filter(|one| one.group == "ETS").count() >= TAGGED_FROM);
        assert!(words.positions.iter().filter(|one| one.choice == "dissent" && !one.words.is_empty()).count() == 1);
        assert!(words.replies.iter().all(|one| one.text.chars().count() <= LONGEST_REPLY));
        assert!(words.summary.text.chars().count() <= LONGEST_SUMMARY);
    }
}
