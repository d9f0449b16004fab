// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How participatory was a wave: how many of each group took part in what, and what do they say of it?

use super::projects::Audience;
use super::results::{ProjectResults, WaveResult};
use super::waves::Coverage;
use super::weights::group_codes;
use super::{App, Refusal};
use crate::domain::field::Typed;
use crate::domain::framework::Framework;
use crate::domain::participant::{Activity, Participant};
use crate::domain::participation::{ActivityRates, Dimension, GroupRate, Sheet, SheetMeans, field_of};
use crate::domain::phase::Phase;
use crate::domain::wave::Wave;
use crate::scoring::sheet_means;
use crate::store::{self, Db};
use uuid::Uuid;

/// How participatory a wave was.
#[derive(Clone, Debug)]
pub struct Participation {
    /// How many took part, activity by activity.
    pub rates: Vec<ActivityRates>,
    /// What the groups say; empty until the wave is concluded, so that no sheet can be told by its coming.
    pub sheets: Vec<SheetMeans>,
    /// How many filled a sheet.
    pub filled: u32,
    /// Whether sheets can no longer be filled.
    pub is_over: bool,
}

/// What became of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    /// It is kept.
    Kept,
    /// It took the place of the same voice's earlier one.
    Again,
    /// It came too late: it is kept for whoever facilitates, and does not count.
    Late,
}

impl Filled {
    /// The end of the key of its words, and of the address that shows them.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Again => "again",
            Self::Late => "late",
        }
    }
}

impl App {
    /// How participatory a wave with results was.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] also where the audience may not see the wave's results.
    pub fn participation(
        &self,
        db: &mut Db,
        id: Uuid,
        audience: &Audience,
    ) -> Result<(ProjectResults, usize, Participation), Refusal> {
        let (results, place) = self.wave_results(db, id, audience)?;
        let found = results.waves.get(place).ok_or(Refusal::NotFound)?;
        let participation = self.participation_of(db, &results, found)?;
        Ok((results, place, participation))
    }

    /// How participatory a wave was whose results are at hand.
    ///
    /// # Errors
    /// If the database fails.
    pub fn participation_of(
        &self,
        db: &mut Db,
        results: &ProjectResults,
        found: &WaveResult,
    ) -> Result<Participation, Refusal> {
        let wave = &found.wave;
        let counts = store::participants::counts(db, wave)?;
        let of_activity = |activity| rates(activity, &counts, &found.coverage, &found.framework);
        let sheets = store::participation::of_wave(db, wave)?;
        let is_over = wave.phase > Phase::Decisions;
        let means = || sheet_means(&sheets, &group_codes(&found.framework), results.file.profile());
        Ok(Participation {
            rates: Activity::ALL.into_iter().map(of_activity).collect(),
            filled: u32::try_from(sheets.len()).unwrap_or(u32::MAX),
            sheets: if is_over { means() } else { Vec::new() },
            is_over,
        })
    }

    /// The sheet of a voice, if it filled one.
    ///
    /// # Errors
    /// If the database fails.
    pub fn my_sheet(&self, db: &mut Db, participant: &Participant) -> Result<Option<Sheet>, Refusal> {
        Ok(store::participation::of_voice(db, participant)?)
    }

    /// Takes the sheet of a voice, in the place of its earlier one; after the phases in which it is asked for it is kept as
    /// late words.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] where something is not marked, [`Refusal::NotFound`] before the phases.
    pub fn fill_sheet(&self, db: &mut Db, participant: &Participant, typed: &Typed) -> Result<Filled, Refusal> {
        let wave = store::waves::find(db, participant.organisation_id, participant.wave_id)?;
        let wave = wave.ok_or(Refusal::NotFound)?;
        if wave.phase < Phase::Restitution {
            return Err(Refusal::NotFound);
        }
        if !takes_sheets(&wave) {
            let said = Dimension::ALL.map(|one| format!("{} {}", one.code(), typed.get(&field_of(one))));
            let said: String = said.join(", ").chars().filter(|one| !one.is_control()).take(200).collect();
            self.keep_late(db, participant, Activity::Restitution, &said)?;
            return Ok(Filled::Late);
        }
        let sheet = Sheet::read(&participant.group, typed)?;
        let again = store::participation::keep(db, participant, &sheet)?;
        store::participants::took_part(db, participant, Activity::Restitution)?;
        Ok(if again { Filled::Again } else { Filled::Kept })
    }
}

/// Whether sheets are taken now.
#[must_use]
pub fn takes_sheets(wave: &Wave) -> bool {
    matches!(wave.phase, Phase::Restitution | Phase::Decisions)
}

/// How many took part in something: answers as they were submitted, all else as voices were counted.
fn rates(
    activity: Activity,
    counts: &[(Activity, String, u32)],
    coverage: &[Coverage],
    framework: &Framework,
) -> ActivityRates {
    let of_group = |code: &str| {
        let row = coverage.iter().find(|row| row.group == code);
        let voices = counts.iter().find(|(known, group, _)| *known == activity && group == code);
        let people = match activity {
            Activity::Answers => row.map_or(0, |row| row.submitted),
            Activity::Proposals | Activity::Ratings | Activity::Weights | Activity::Restitution => {
                voices.map_or(0, |(_, _, count)| *count)
            }
        };
        let rate = GroupRate { group: code.to_owned(), people, listed: row.and_then(|row| row.listed) };
        (row.is_some() || people > 0).then_some(rate)
    };
    ActivityRates { activity, groups: framework.groups.iter().filter_map(|group| of_group(&group.code)).collect() }
}
