// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does the collection of a wave go: how people answer, on which days, and on which page they stop?
//!
//! Counts only, never results. Groups of fewer than ten people stay out of every count that is finer than the group, so
//! that nobody can be recognised by the day or the way they answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use uuid::Uuid;

use super::results::{Candidate, key};
use super::staff::Staff;
use super::waves::{Coverage, WaveFile, coverage};
use super::{App, Refusal};
use crate::domain::profile::{Profile, ScoreView};
use crate::domain::questionnaire::Questionnaire;
use crate::domain::response::Mode;
use crate::domain::role::Action;
use crate::domain::text::Text;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// Groups of fewer people than this are not counted by mode, day or page.
pub const SMALL_GROUP: u32 = 10;

/// How the collection of a wave goes.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The wave, with its coverage by group.
    pub file: WaveFile,
    /// Codes of the groups that are too small for what follows.
    pub left_out: Vec<String>,
    /// How many answered in each way; only ways that occur.
    pub modes: Vec<(Mode, u32)>,
    /// How many answered on each day; only days that occur, the first first.
    pub days: Vec<(Date, u32)>,
    /// Where questionnaires that were begun and not submitted stand: after which page, and how many.
    pub stops: Vec<Stop>,
}

/// A page after which questionnaires were left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Name of the page's family; nothing before the first page.
    pub family: Option<Text>,
    /// How many stand there.
    pub count: u32,
}

impl App {
    /// How many answered in each of these waves, group by group.
    pub(super) fn coverages(
        &self,
        db: &mut Db,
        candidates: &[Candidate],
        asked: (ScoreView, &Profile),
    ) -> Result<Vec<Vec<Coverage>>, Refusal> {
        candidates.iter().map(|(_, _, wave)| Ok(self.counted(db, wave, asked)?.as_ref().clone())).collect()
    }

    /// How many answered in a closed wave, group by group: counted once.
    pub(super) fn counted(
        &self,
        db: &mut Db,
        wave: &Wave,
        asked: (ScoreView, &Profile),
    ) -> Result<Arc<Vec<Coverage>>, Refusal> {
        let (key, framework) = (key(db, asked, [wave])?, self.framework(db, &wave.framework_sha256)?);
        self.results.coverage.of(key, || coverage(db, wave, &framework))
    }

    /// How the collection of a wave goes.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn progress(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<Progress, Refusal> {
        let file = self.wave_file(db, staff, id, Action::SeeWork)?;
        let (large, left_out): (Vec<&Coverage>, Vec<&Coverage>) = file.coverage.iter().partition(|row| is_large(row));
        let left_out = left_out.into_iter().map(|row| row.group.clone()).collect();
        let counted = |group: &str| large.iter().any(|row| row.group == group);
        let (mut modes, mut days) = (BTreeMap::new(), BTreeMap::new());
        for (group, mode, day, count) in store::responses::count_by_day(db, &file.wave)? {
            if counted(&group) {
                *modes.entry(mode.code()).or_insert(0) += count;
                *days.entry(day).or_insert(0) += count;
            }
        }
        let modes = Mode::ALL.into_iter().filter_map(|mode| Some((mode, *modes.get(mode.code())?))).collect();
        let found = store::drafts::stops(db, &file.wave)?;
        let stops = stops(&file, found.into_iter().filter(|(group, ..)| counted(group)));
        Ok(Progress { left_out, modes, days: days.into_iter().collect(), stops, file })
    }
}

/// Whether a group has enough people; where nobody counted them, enough answers.
fn is_large(row: &Coverage) -> bool {
    row.listed.unwrap_or(row.submitted) >= SMALL_GROUP
}

/// Counts by family, in the order of the framework, whatever number the page has in each group's questionnaire.
fn stops(file: &WaveFile, found: impl Iterator<Item = (String, u32, u32)>) -> Vec<Stop> {
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    for (group, reached, count) in found {
        let pages = Questionnaire::for_group(&file.framework, &file.wave.wave_type, file.wave.level, &group).pages;
        let page = usize::try_from(reached).ok().and_then(|reached| pages.get(reached.checked_sub(1)?));
        let family = page.and_then(|page| file.framework.families.iter().position(|family| family.code == page.family));
        *counts.entry(family.map_or(0, |place| place + 1)).or_insert(0) += count;
    }
    let name = |place: usize| file.framework.families.get(place.checked_sub(1)?).map(|family| family.name.clone());
    counts.into_iter().map(|(place, count)| Stop { family: name(place), count }).collect()
}
