// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What was decided about a wave, with the numbers it rests on and what moved since: always as everybody may see them.

use super::App;
use crate::app::Refusal;
use crate::app::projects::{Audience, ProjectFile};
use crate::app::results::{ProjectResults, WaveResult};
use crate::domain::comparison::ChangeEstimate;
use crate::domain::decision::{DecidedAction, Decision, Expected, Revised, Seen};
use crate::domain::decision_log::{
    DecisionLog, Effect, LogAction, LogEntry, Number, Observed, ObservedChange, SeenCount, Unanswered,
};
use crate::domain::priority::Priority;
use crate::domain::profile::ScoreView;
use crate::domain::released::Released;
use crate::domain::score::{WaveScores, Withheld};
use crate::domain::wave::Wave;
use crate::scoring::priorities;
use crate::store::decisions::VoiceCount;
use crate::store::{self, Db};

/// What a log is made from, beside what was written down.
struct Known<'a> {
    file: &'a ProjectFile,
    wave: &'a Wave,
    /// Results as everybody may see them, of every wave that whoever asks may see.
    released: &'a ProjectResults,
    /// Those of the wave, in whole points.
    scores: &'a WaveScores,
}

impl App {
    /// What was decided about a wave. Whoever asks, the numbers are those that everybody may see, in whole points: page,
    /// report and files cannot differ. What moved since is told as far as the audience sees the later waves.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the audience does not see the results of the wave.
    pub fn decision_log(
        &self,
        db: &mut Db,
        file: &ProjectFile,
        wave: &Wave,
        audience: &Audience,
    ) -> Result<DecisionLog, Refusal> {
        let thing = file.thing();
        let seen = file.waves.iter().filter(|one| audience.sees_results_of(one, thing)).cloned().collect();
        self.log_among(db, file, wave, seen)
    }

    /// The same, as far as these waves tell.
    pub(super) fn log_among(
        &self,
        db: &mut Db,
        file: &ProjectFile,
        wave: &Wave,
        waves: Vec<Wave>,
    ) -> Result<DecisionLog, Refusal> {
        let decided = store::decisions::of_wave(db, wave)?;
        let actions = store::decisions::actions_of_wave(db, wave)?;
        let released = self.results_in(db, file.clone(), (ScoreView::Public, waves))?;
        let own: &WaveResult = released.waves.iter().find(|one| one.wave.id == wave.id).ok_or(Refusal::NotFound)?;
        let mut scores = own.scores.clone();
        scores.coarsen();
        let known = Known { file, wave, released: &released, scores: &scores };
        let mut entries = Vec::new();
        for decision in decided {
            let of_decision = actions.iter().filter(|one| one.current.decision_id == decision.current.id);
            let actions = of_decision.map(|one| self.log_action(db, &known, one.clone())).collect::<Result<_, _>>()?;
            let number = known.number(&decision.current.finding.indicator);
            entries.push(LogEntry { decision, number, actions });
        }
        let unanswered = known.unanswered(&entries);
        Ok(DecisionLog::new(entries, unanswered))
    }

    fn log_action(&self, db: &mut Db, known: &Known<'_>, action: Revised<DecidedAction>) -> Result<LogAction, Refusal> {
        let effects = action.current.expected.iter().map(|expected| known.effect(expected)).collect();
        let seen = known.seen(&store::decisions::voices_on(db, &action.current)?);
        let overdue = action.current.is_overdue(self.today());
        Ok(LogAction { action, overdue, effects, seen })
    }
}

impl Known<'_> {
    fn number(&self, indicator: &str) -> Option<Number> {
        let found = self.scores.indicators.iter().find(|one| one.indicator == indicator)?;
        Some(Number::from(&found.overall))
    }

    /// The first priorities about which nothing was decided.
    fn unanswered(&self, entries: &[LogEntry]) -> Vec<Unanswered> {
        let about = |decision: &Decision| decision.finding.indicator.clone();
        let answered: Vec<String> = entries.iter().map(|entry| about(&entry.decision.current)).collect();
        let first = priorities(self.scores, self.file.profile()).into_iter().filter(Priority::is_first);
        let open = first.filter(|one| !answered.contains(&one.indicator));
        open.filter_map(|priority| {
            let number = self.number(&priority.indicator)?;
            Some(Unanswered { priority, number })
        })
        .collect()
    }

    /// What was expected, beside the change since this wave.
    fn effect(&self, expected: &Expected) -> Effect {
        let found = self.scores.indicators.iter().find(|one| one.indicator == expected.indicator);
        let pillar = found.map_or(crate::domain::framework::Pillar::Results, |one| one.pillar);
        Effect { expected: expected.clone(), pillar, observed: self.observed(expected) }
    }

    fn observed(&self, expected: &Expected) -> Observed {
        let later = self.released.waves.iter().map(|one| &one.wave);
        let mut later = later.filter(|one| one.opens_on > self.wave.opens_on && one.wave_type == expected.wave_type);
        let Some(to) = later.next() else { return Observed::NotYet };
        let change = self
            .released
            .changes
            .iter()
            .find(|one| one.indicator == expected.indicator && one.from == self.wave.code && one.to == to.code);
        let change = change.ok_or(Withheld::NoCommonItem).and_then(|one| one.estimate.as_ref().map_err(|why| *why));
        Observed::Change { wave: to.code.clone(), change: change.map(released) }
    }

    /// Group by group, where enough said something.
    fn seen(&self, voices: &[VoiceCount]) -> Vec<SeenCount> {
        let mut all: Vec<(SeenCount, [u32; 3])> = Vec::new();
        for voice in voices {
            let wave = self.file.waves.iter().find(|one| one.id == voice.wave_id);
            let Some(wave) = wave.map(|one| one.code.clone()) else { continue };
            if !all.iter().any(|(one, _)| one.wave == wave && one.group == voice.group) {
                let group = voice.group.clone();
                all.push((SeenCount { wave: wave.clone(), group, counts: Err(Withheld::FewerThanMinimum) }, [0; 3]));
            }
            let own = all.iter_mut().find(|(one, _)| one.wave == wave && one.group == voice.group);
            for (said, count) in Seen::ALL.into_iter().zip(own.into_iter().flat_map(|(_, counts)| counts)) {
                *count += if said == voice.seen { voice.count } else { 0 };
            }
        }
        let least = self.file.profile().k_show;
        let shown = |(one, counts): (SeenCount, [u32; 3])| {
            let enough = counts.iter().sum::<u32>() >= least;
            SeenCount { counts: if enough { Ok(counts) } else { one.counts }, ..one }
        };
        all.into_iter().map(shown).collect()
    }
}

/// A change as everybody may take it away: in whole points.
fn released(estimate: &ChangeEstimate) -> ObservedChange {
    let mut interval = estimate.interval;
    interval.coarsen();
    ObservedChange {
        difference: estimate.difference.round(),
        interval,
        verdict: estimate.verdict,
        flags: estimate.flags.clone(),
    }
}
