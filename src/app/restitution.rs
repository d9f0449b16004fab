// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What goes with the results of a wave wherever they are shown, and how far their restitution is.

use uuid::Uuid;

use super::projects::{Audience, ProjectFile};
use super::results::{ProjectResults, WaveResult};
use super::summaries::summary_file;
use super::waves::coverage;
use super::{App, Refusal, projects};
use crate::domain::discussion::{Contribution, ContributionKind, Restitution, Standing, SummaryFile};
use crate::domain::moderation::Moderation;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// The results of a project with what was said of one of its waves.
#[derive(Clone, Debug)]
pub struct ToldResults {
    /// The results.
    pub results: ProjectResults,
    /// Which of its waves is talked about.
    pub place: usize,
    /// What is shown beside it.
    pub restitution: Restitution,
}

/// How far the restitution of a wave is: counts and positions, no words of participants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestitutionState {
    /// The summary with what each group says of it; none while nobody wrote one.
    pub summary: Option<SummaryFile>,
    /// Texts that are shown in threads.
    pub threads: usize,
    /// Replies of groups that are shown.
    pub replies: usize,
    /// Replies that their groups were asked to word anew.
    pub reworded: usize,
    /// Texts that wait to become the reply of a group.
    pub proposed: usize,
    /// Stories that are shown.
    pub stories: usize,
    /// Texts of any kind that wait for somebody to read them.
    pub waiting: usize,
    /// Guesses that were made.
    pub guesses: usize,
}

impl ToldResults {
    /// The wave that is talked about.
    #[must_use]
    pub fn found(&self) -> Option<&WaveResult> {
        self.results.waves.get(self.place)
    }
}

impl App {
    /// The results of the project a wave belongs to, with what was said of the wave. Whoever sees its results sees that.
    ///
    /// # Errors
    /// As [`App::wave_results`].
    pub fn told_results(&self, db: &mut Db, id: Uuid, audience: &Audience) -> Result<ToldResults, Refusal> {
        let (results, place) = self.wave_results(db, id, audience)?;
        let found = results.waves.get(place).ok_or(Refusal::NotFound)?;
        let restitution = restitution(db, &results.file, found)?;
        Ok(ToldResults { results, place, restitution })
    }

    /// How far the restitution of a wave is.
    ///
    /// # Errors
    /// If the database fails.
    pub fn restitution_state(&self, db: &mut Db, wave: &Wave) -> Result<RestitutionState, Refusal> {
        let framework = self.framework(db, &wave.framework_sha256)?;
        let asked = coverage(db, wave, &framework)?;
        let summary = summary_file(db, wave, &asked)?;
        let mut said = store::discussion::of_wave(db, wave)?;
        said.retain(|one| one.standing == Standing::Current);
        let count = |is: &dyn Fn(&Contribution) -> bool| said.iter().filter(|one| is(one)).count();
        let proposed = count(&|one| one.kind == ContributionKind::Reply && one.confirmation.is_none());
        let waiting = count(&|one| one.moderation == Moderation::Waiting);
        let guesses = store::guesses::of_wave(db, wave)?.len();
        let shown = Restitution::new(summary, said, projects::of_wave(db, wave)?.profile().k_show);
        let of_kind = |kind| shown.of_kind(kind).count();
        Ok(RestitutionState {
            threads: of_kind(ContributionKind::Thread),
            replies: of_kind(ContributionKind::Reply),
            reworded: shown.reworded.len(),
            proposed,
            stories: of_kind(ContributionKind::Story),
            waiting,
            guesses,
            summary: shown.summary,
        })
    }
}

/// What is shown beside the results of a wave.
fn restitution(db: &mut Db, file: &ProjectFile, found: &WaveResult) -> Result<Restitution, Refusal> {
    let summary = summary_file(db, &found.wave, &found.coverage)?;
    let said = store::discussion::of_wave(db, &found.wave)?;
    Ok(Restitution::new(summary, said, file.profile().k_show))
}
