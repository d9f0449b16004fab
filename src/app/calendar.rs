// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which waves does a project plan, when, and in which mode?

use jiff::civil::Date;
use uuid::Uuid;

use super::planning::{named, saved};
use super::staff::{self, Staff, note, subject};
use super::{App, Conflict, Refusal};
use crate::domain::field::{FieldProblem, Problems, Typed, day, lines};
use crate::domain::phase::Phase;
use crate::domain::programme::Project;
use crate::domain::role::Action;
use crate::domain::text::Text;
use crate::domain::wave::{Collection, Wave, WaveState};
use crate::store::{self, Db};

/// Longest sentence on why people are asked.
const LONGEST_PURPOSE: usize = 500;

/// A wave as it is being planned.
struct Planned {
    wave_type: String,
    opens_on: Date,
    closes_on: Date,
}

impl App {
    /// Plans waves: one for each wave type whose days were typed. The mode of collection and the purpose are the same
    /// for all, and can be changed wave by wave until it opens.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for dates that are missing, the wrong way round or overlap; or as [`Staff::require`].
    pub fn plan_waves(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<usize, Refusal> {
        let project = staff::project(db, staff, id, Action::EditProject)?;
        let version = self.framework_of_project(db, &project)?;
        let mut known = store::waves::of_project(db, &project)?;
        let mut problems = Problems::default();
        let kinds = version.framework.wave_types.iter().map(|one| one.code.as_str());
        let chosen: Vec<&str> = kinds.filter(|code| is_chosen(typed, code)).collect();
        let planned: Vec<Planned> = chosen.iter().filter_map(|code| read_plan(code, typed, &mut problems)).collect();
        let purpose = problems.note(lines("purpose", typed.get("purpose"), LONGEST_PURPOSE));
        if let (true, Some(first)) = (chosen.is_empty(), version.framework.wave_types.first()) {
            problems.add(FieldProblem::new(&format!("opens-{}", first.code), "no-wave"));
        }
        let mut waves = Vec::new();
        for plan in planned {
            let wave = wave_of(&project, &version.sha256, plan, (typed, &purpose));
            check_place(&known, &wave, &format!("opens-{}", wave.wave_type), &mut problems);
            known.push(wave.clone());
            waves.push(wave);
        }
        problems.none()?;
        store::frameworks::keep(db, &version.framework, &version.sha256)?;
        for wave in &waves {
            store::waves::insert(db, wave, &[])?;
            self.sign(db, staff, wave, ("plan", ""))?;
        }
        Ok(waves.len())
    }

    /// Changes the dates, mode and purpose of a drafted wave.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::Outdated`], [`Conflict::WaveState`] once it opened; or as [`Staff::require`].
    pub fn change_wave(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<(), Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::EditProject)?;
        if !wave.phase.is_preparing() {
            return Err(Conflict::WaveState { wave: wave.code, state: wave.state }.into());
        }
        let mut problems = Problems::default();
        let plan = read_dates(("opens_on", "closes_on"), typed, &mut problems);
        let purpose = problems.note(lines("purpose", typed.get("purpose"), LONGEST_PURPOSE));
        let (opens_on, closes_on) = plan.unwrap_or((wave.opens_on, wave.closes_on));
        let (collection, purpose) = (collection(typed), purpose_of(&purpose));
        let revision = typed.revision();
        let changed = Wave { collection, purpose, opens_on, closes_on, revision, ..wave };
        let others = store::waves::of_project(db, &project)?;
        check_place(&others, &changed, "opens_on", &mut problems);
        problems.none()?;
        saved(store::waves::update(db, &changed)?)?;
        self.sign(db, staff, &changed, ("plan", ""))
    }

    /// Takes a wave away that is not frozen yet; its code has to be typed.
    ///
    /// # Errors
    /// [`Conflict::WaveState`] once it is frozen, [`Refusal::Invalid`]; or as [`Staff::require`].
    pub fn remove_wave(&self, db: &mut Db, staff: &Staff, id: Uuid, typed: &Typed) -> Result<Uuid, Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::Remove)?;
        if !wave.phase.is_preparing() {
            return Err(Conflict::WaveState { wave: wave.code, state: wave.state }.into());
        }
        named(typed, &wave.code)?;
        saved(store::waves::set_removed(db, wave.organisation_id, id, Some(self.clock.now()))?)?;
        self.record(db, note(staff, wave.organisation_id, "wave.removal", subject(&wave.code, id)))?;
        Ok(project.id)
    }
}

fn is_chosen(typed: &Typed, code: &str) -> bool {
    typed.has(&format!("opens-{code}")) || typed.has(&format!("closes-{code}"))
}

fn read_plan(code: &str, typed: &Typed, problems: &mut Problems) -> Option<Planned> {
    let (opens, closes) = (format!("opens-{code}"), format!("closes-{code}"));
    let (opens_on, closes_on) = read_dates((&opens, &closes), typed, problems)?;
    Some(Planned { wave_type: code.to_owned(), opens_on, closes_on })
}

fn read_dates(fields: (&str, &str), typed: &Typed, problems: &mut Problems) -> Option<(Date, Date)> {
    let mut read = |field: &str| {
        let read = day(field, typed.get(field)).and_then(|day| day.ok_or_else(|| FieldProblem::new(field, "missing")));
        problems.take(read)
    };
    let (opens_on, closes_on) = (read(fields.0), read(fields.1));
    let (opens_on, closes_on) = opens_on.zip(closes_on)?;
    if closes_on < opens_on {
        problems.add(FieldProblem::new(fields.1, "ends-before"));
        return None;
    }
    Some((opens_on, closes_on))
}

fn wave_of(project: &Project, sha256: &str, plan: Planned, said: (&Typed, &str)) -> Wave {
    Wave {
        organisation_id: project.organisation_id,
        id: Uuid::now_v7(),
        project_id: project.id,
        code: plan.wave_type.clone(),
        wave_type: plan.wave_type,
        state: WaveState::Draft,
        phase: Phase::Draft,
        framework_sha256: sha256.to_owned(),
        level: project.details.level,
        collection: collection(said.0),
        purpose: purpose_of(said.1),
        opens_on: plan.opens_on,
        closes_on: plan.closes_on,
        published_on: None,
        embargo_until: None,
        refusal: String::new(),
        revision: 1,
    }
}

fn collection(typed: &Typed) -> Collection {
    Collection::from_code(typed.get("collection")).unwrap_or(Collection::Anonymous)
}

fn purpose_of(text: &str) -> Text {
    if text.is_empty() { Text::default() } else { Text::new([("it".to_owned(), text.to_owned())].into()) }
}

/// Notes a second wave of the same code, and one that overlaps.
fn check_place(known: &[Wave], wave: &Wave, field: &str, problems: &mut Problems) {
    for other in known.iter().filter(|other| other.id != wave.id) {
        if other.code == wave.code {
            problems.add(FieldProblem::new(field, "wave-known").with("wave", &other.code));
        } else if wave.opens_on <= other.closes_on && other.opens_on <= wave.closes_on {
            problems.add(FieldProblem::new(field, "overlap").with("wave", &other.code));
        }
    }
}
