// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! “You said, we did”: what was found in earlier waves of a project and done since, for those who are asked again.

use uuid::Uuid;

use crate::app::projects::{self, Audience, ProjectFile};
use crate::app::waves::Coverage;
use crate::app::{App, Refusal};
use crate::domain::decision::{ActionState, Seen};
use crate::domain::decision_log::{DecisionLog, LogAction};
use crate::domain::framework::Framework;
use crate::domain::participant::Participant;
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::wave::Wave;
use crate::store::decisions::Voice;
use crate::store::{self, Db};

/// What came of an earlier wave whose results everybody may see.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The earlier wave.
    pub wave: Wave,
    /// Its framework version.
    pub framework: std::sync::Arc<Framework>,
    /// The scoring rules in force.
    pub profile: Profile,
    /// What was decided and done.
    pub log: DecisionLog,
    /// How many answered the wave, group by group.
    pub coverage: Vec<Coverage>,
}

impl Answered {
    /// One of the actions.
    #[must_use]
    pub fn action(&self, id: Uuid) -> Option<&LogAction> {
        self.log.entries.iter().flat_map(|entry| &entry.actions).find(|action| action.action.current.id == id)
    }
}

impl App {
    /// What came of the earlier waves of the project of a wave, the latest first: those that are published and about which
    /// something was decided.
    ///
    /// # Errors
    /// If the database fails.
    pub fn answered_before(&self, db: &mut Db, wave: &Wave) -> Result<Vec<Answered>, Refusal> {
        let earlier = decided_before(db, wave)?;
        if earlier.is_empty() {
            return Ok(Vec::new());
        }
        let file = projects::of_wave(db, wave)?;
        earlier.into_iter().map(|wave| self.answered(db, &file, wave)).collect()
    }

    /// What came of the last of them.
    ///
    /// # Errors
    /// If the database fails.
    pub fn answered_last(&self, db: &mut Db, wave: &Wave) -> Result<Option<Answered>, Refusal> {
        let Some(last) = decided_before(db, wave)?.into_iter().next() else { return Ok(None) };
        let file = projects::of_wave(db, wave)?;
        self.answered(db, &file, last).map(Some)
    }

    fn answered(&self, db: &mut Db, file: &ProjectFile, wave: Wave) -> Result<Answered, Refusal> {
        let log = self.decision_log(db, file, &wave, &Audience::Public)?;
        let framework = self.framework(db, &wave.framework_sha256)?;
        let coverage = self.counted(db, &wave, (ScoreView::Public, file.profile()))?.as_ref().clone();
        Ok(Answered { wave, framework, profile: file.profile().clone(), log, coverage })
    }

    /// Whether anything was decided about an earlier wave of the project of a wave.
    ///
    /// # Errors
    /// If the database fails.
    pub fn is_answered_before(&self, db: &mut Db, wave: &Wave) -> Result<bool, Refusal> {
        Ok(!decided_before(db, wave)?.is_empty())
    }

    /// Keeps whether somebody in the space of a wave saw an action that followed from an earlier one; what they had said
    /// before, if anything.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if no earlier wave of the project has such an action, begun or done.
    pub fn say_seen(
        &self,
        db: &mut Db,
        (participant, wave): (&Participant, &Wave),
        action: Uuid,
        seen: Seen,
    ) -> Result<Option<Seen>, Refusal> {
        let answered = self.answered_before(db, wave)?;
        let known = answered.iter().find_map(|one| one.action(action)).map(|one| one.action.current.state);
        match known {
            Some(ActionState::UnderWay | ActionState::Done) => {
                let voice = Voice { action_id: action, key: &participant.key, group: &participant.group, seen };
                Ok(store::decisions::say_seen(db, wave, &voice)?)
            }
            Some(ActionState::Planned | ActionState::Abandoned) | None => Err(Refusal::NotFound),
        }
    }

    /// What somebody said about actions in the space of a wave.
    ///
    /// # Errors
    /// If the database fails.
    pub fn seen_by(&self, db: &mut Db, participant: &Participant, wave: &Wave) -> Result<Vec<(Uuid, Seen)>, Refusal> {
        Ok(store::decisions::said_by(db, wave, &participant.key)?)
    }
}

/// The published waves of a project before one of them about which something was decided, the latest first.
fn decided_before(db: &mut Db, wave: &Wave) -> Result<Vec<Wave>, Refusal> {
    let Some(project) = store::projects::find(db, wave.organisation_id, wave.project_id)? else {
        return Ok(Vec::new());
    };
    let mut decided = Vec::new();
    for one in store::waves::of_project(db, &project)?.into_iter().rev() {
        let earlier = one.published_on.is_some() && one.opens_on < wave.opens_on;
        if earlier && store::decisions::is_any(db, &one)? {
            decided.push(one);
        }
    }
    Ok(decided)
}
