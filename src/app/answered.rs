// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The answers of a wave, as scoring takes them: to all it asked, or to the core it shares with others.

use std::sync::Arc;

use super::own_frameworks::core_sha256;
use super::{App, Refusal};
use crate::domain::framework::Framework;
use crate::domain::response::{Response, Responses, Roster};
use crate::domain::wave::Wave;
use crate::scoring::{VersionedWave, WaveAnswers};
use crate::store::{self, Db, StoreError};

/// The answers of one wave, as scoring takes them.
pub(super) struct Answers {
    pub(super) framework: Arc<Framework>,
    responses: Responses,
    roster: Roster,
}

impl Answers {
    pub(super) fn as_compared(&self) -> WaveAnswers<'_> {
        WaveAnswers { responses: &self.responses, roster: &self.roster }
    }

    pub(super) fn as_versioned(&self) -> VersionedWave<'_> {
        VersionedWave { framework: &self.framework, answers: self.as_compared() }
    }
}

impl App {
    /// The answers of a wave to everything it asked.
    pub(super) fn answers(&self, db: &mut Db, wave: &Wave) -> Result<Answers, Refusal> {
        self.answers_of(db, wave, (&wave.framework_sha256, &wave.code))
    }

    /// The answers of a wave under another name, so that waves of different projects can be told to be alike; only those
    /// to the core, where there are local indicators beside it.
    pub(super) fn answers_to_core(&self, db: &mut Db, wave: &Wave, name: &str) -> Result<Answers, Refusal> {
        let core = core_sha256(db, wave)?;
        self.answers_of(db, wave, (&core, name))
    }

    /// The answers of a wave to the items of its framework version, or of the core that this one begins with.
    fn answers_of(&self, db: &mut Db, wave: &Wave, (sha256, name): (&str, &str)) -> Result<Answers, Refusal> {
        let framework = self.framework(db, sha256)?;
        let (items, whole) = (framework.items().count(), sha256 == wave.framework_sha256);
        let mut responses = Responses::new(&framework, name).of_type(Some(&wave.wave_type));
        let corrupt = |column| StoreError::Corrupt { table: "responses", column };
        for (code, _) in store::responses::count_by_group(db, wave)? {
            let group = framework.groups.iter().position(|group| group.code == code);
            let group = group.ok_or_else(|| corrupt("group_code"))?;
            store::responses::each_of_group(db, (wave, &code), |stored| {
                let all = stored.answers.as_bytes();
                // Local items come after those of the core.
                let letters = if whole { Some(all) } else { all.get(..items) };
                let response = Response {
                    group,
                    answers: letters.ok_or_else(|| corrupt("answers"))?,
                    respondent: stored.respondent.as_deref(),
                    organisation: stored.organisation.as_deref(),
                    weight: None,
                    mode: stored.mode,
                };
                responses.push(response).map_err(|_| corrupt("answers"))
            })?;
        }
        let entries = store::waves::roster(db, wave)?;
        let listed = |code: &str| entries.iter().find(|entry| entry.group == code).and_then(|entry| entry.listed);
        let roster = Roster::new(framework.groups.iter().map(|group| listed(&group.code)).collect());
        Ok(Answers { framework, responses, roster })
    }
}
