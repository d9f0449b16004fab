// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How are indicators of a project's own written, tried with people, and checked before they are frozen?

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::own_frameworks::base_of;
use super::planning::saved;
use super::proposals::defining;
use super::staff::{self, Staff, note, subject};
use super::{App, Refusal};
use crate::domain::field::{FieldProblem, Problems, Typed, line, lines, optional_line};
use crate::domain::framework::{Framework, Model, Pillar};
use crate::domain::local_indicator::{
    Burden, InComposite, IndicatorSheet, LocalIndicator, MOST_ITEMS, NOTES, OwnFramework, PretestNote, SheetItem,
    SheetKind, burdens, family, next_code, with_local,
};
use crate::domain::programme::Project;
use crate::domain::proposal::{Consensus, LONGEST_TEXT, LONGEST_TITLE, Proposal, ProposalState};
use crate::domain::role::Action;
use crate::domain::text::Text;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// Longest statement and question.
const LONGEST_LINE: usize = 300;

/// The local indicators of a wave, with the core they stand beside.
#[derive(Clone, Debug)]
pub struct LocalFile {
    /// The project.
    pub project: Project,
    /// The wave.
    pub wave: Wave,
    /// What the wave asks without them.
    pub core: Arc<Framework>,
    /// They.
    pub locals: Vec<LocalIndicator>,
    /// Adopted proposals of which no indicator was written yet.
    pub unwritten: Vec<Proposal>,
    /// Groups that would be asked many items.
    pub burdens: Vec<Burden>,
    /// The version that was frozen last for the wave, where one was.
    pub frozen: Option<OwnFramework>,
    /// What whoever asks may do with the project.
    pub allowed: Vec<Action>,
}

impl LocalFile {
    /// One of the indicators.
    #[must_use]
    pub fn local(&self, id: Uuid) -> Option<&LocalIndicator> {
        self.locals.iter().find(|one| one.id == id)
    }

    /// What respondents would be asked if this indicator were all there is beside the core.
    #[must_use]
    pub fn with_only(&self, local: &LocalIndicator) -> Framework {
        with_local(&self.core, std::slice::from_ref(local), &self.core.version)
    }
}

impl App {
    /// The local indicators of a wave.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn local_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<LocalFile, Refusal> {
        let (project, wave) = staff::wave(db, staff, id, Action::SeeWork)?;
        let thing = staff::of_project(db, &project)?;
        let frozen = store::own_frameworks::find(db, wave.organisation_id, &wave.framework_sha256)?;
        let frozen = frozen.filter(|own| own.wave_id == Some(wave.id));
        let core = self.framework(db, base_of(&wave, frozen.as_ref()))?;
        let locals = store::local_indicators::of_wave(db, &wave)?;
        let mut unwritten = store::proposals::of_wave(db, &wave)?;
        unwritten.retain(|one| one.state == ProposalState::Adopted);
        unwritten.retain(|one| locals.iter().all(|local| local.proposal_id != Some(one.id)));
        let whole = with_local(&core, &locals, &core.version);
        Ok(LocalFile {
            burdens: burdens(&whole, &wave.wave_type, wave.level),
            allowed: Action::ALL.into_iter().filter(|action| staff.may(*action, thing)).collect(),
            project,
            wave,
            core,
            locals,
            unwritten,
            frozen,
        })
    }

    /// A local indicator with what people said when it was tried.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or as [`Staff::require`].
    pub fn local_sheet(
        &self,
        db: &mut Db,
        staff: &Staff,
        (wave, id): (Uuid, Uuid),
    ) -> Result<(LocalFile, LocalIndicator, Vec<PretestNote>), Refusal> {
        let file = self.local_file(db, staff, wave)?;
        let local = file.local(id).cloned().ok_or(Refusal::NotFound)?;
        let notes = store::local_indicators::notes(db, &local)?;
        Ok((file, local, notes))
    }

    /// Begins a local indicator: from an adopted proposal, whose authorship it keeps, or without one.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`super::Conflict::OtherPhase`]; or as [`Staff::require`].
    pub fn add_local(&self, db: &mut Db, staff: &Staff, wave: Uuid, typed: &Typed) -> Result<Uuid, Refusal> {
        let file = self.writable_local(db, staff, wave)?;
        let proposal = file.unwritten.iter().find(|one| one.id.simple().to_string() == typed.get("proposal"));
        let sheet = read_sheet(&file.core, typed)?;
        let outside = proposal.is_some_and(|one| one.consensus == Some(Consensus::Missing));
        let local = LocalIndicator {
            organisation_id: file.wave.organisation_id,
            id: Uuid::now_v7(),
            wave_id: file.wave.id,
            proposal_id: proposal.map(|one| one.id),
            code: next_code(&file.core, &codes_of_project(db, &file.project)?),
            sheet,
            composite: if outside { InComposite::No } else { InComposite::Yes },
            revision: 1,
        };
        store::local_indicators::insert(db, &local)?;
        self.record_local(db, staff, "local-indicator.adding", &local)?;
        Ok(local.id)
    }

    /// Changes the sheet of a local indicator.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::Outdated`], [`super::Conflict::OtherPhase`]; or as [`Staff::require`].
    pub fn change_local(
        &self,
        db: &mut Db,
        staff: &Staff,
        (wave, id): (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        let file = self.writable_local(db, staff, wave)?;
        let local = file.local(id).cloned().ok_or(Refusal::NotFound)?;
        let sheet = read_sheet(&file.core, typed)?;
        let changed = LocalIndicator { sheet, revision: typed.revision(), ..local };
        saved(store::local_indicators::update(db, &changed)?)?;
        self.record_local(db, staff, "local-indicator.change", &changed)
    }

    /// Takes a local indicator away. A version that was frozen with it stays as it is.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`super::Conflict::OtherPhase`]; or as [`Staff::require`].
    pub fn remove_local(&self, db: &mut Db, staff: &Staff, (wave, id): (Uuid, Uuid)) -> Result<(), Refusal> {
        let file = self.writable_local(db, staff, wave)?;
        let local = file.local(id).ok_or(Refusal::NotFound)?;
        saved(store::local_indicators::delete(db, local)?)?;
        self.record_local(db, staff, "local-indicator.removal", local)
    }

    /// Notes what somebody said aloud while answering an item on trial.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Refusal::NotFound`]; or as [`Staff::require`].
    pub fn note_pretest(
        &self,
        db: &mut Db,
        staff: &Staff,
        (wave, id): (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        staff::wave(db, staff, wave, Action::EditProject)?;
        let (file, local, _) = self.local_sheet(db, staff, (wave, id))?;
        let mut problems = Problems::default();
        let items = file.with_only(&local);
        let item =
            items.indicator(&local.code).and_then(|one| one.items.iter().find(|one| one.code == typed.get("item")));
        let item = problems.take(item.ok_or_else(|| FieldProblem::new("item", "choose")));
        let group = file.core.group(typed.get("group")).ok_or_else(|| FieldProblem::new("group", "choose"));
        let group = problems.take(group);
        let words = problems.note(lines("pretest_note", typed.get("pretest_note"), LONGEST_TEXT));
        if !typed.has("pretest_note") {
            problems.add(FieldProblem::new("pretest_note", "missing"));
        }
        problems.none()?;
        let note = PretestNote {
            item: item.map(|one| one.code.clone()).unwrap_or_default(),
            group: group.map(|one| one.code.clone()).unwrap_or_default(),
            note: words,
            noted_by: staff.account.name.clone(),
            noted_on: self.clock.today(),
        };
        Ok(store::local_indicators::insert_note(db, &local, Uuid::now_v7(), &note)?)
    }

    fn writable_local(&self, db: &mut Db, staff: &Staff, wave: Uuid) -> Result<LocalFile, Refusal> {
        staff::wave(db, staff, wave, Action::EditProject)?;
        let file = self.local_file(db, staff, wave)?;
        defining(&file.wave)?;
        Ok(file)
    }

    fn record_local(
        &self,
        db: &mut Db,
        staff: &Staff,
        act: &'static str,
        local: &LocalIndicator,
    ) -> Result<(), Refusal> {
        self.record(db, note(staff, local.organisation_id, act, subject(&local.code, local.id)))
    }
}

/// Codes of local indicators in every wave of a project: one is never used for two things.
fn codes_of_project(db: &mut Db, project: &Project) -> Result<Vec<String>, Refusal> {
    let mut codes = Vec::new();
    for wave in store::waves::of_project(db, project)? {
        codes.extend(store::local_indicators::of_wave(db, &wave)?.into_iter().map(|local| local.code));
    }
    Ok(codes)
}

/// The sheet as typed.
fn read_sheet(core: &Framework, typed: &Typed) -> Result<IndicatorSheet, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let chosen = family(core, typed.get("sheet_family"));
    let family = problems.take(chosen.ok_or_else(|| FieldProblem::new("sheet_family", "choose")));
    let scale = core.scale(typed.get("sheet_scale")).ok_or_else(|| FieldProblem::new("sheet_scale", "choose"));
    let scale = problems.take(scale);
    let title = read_text("sheet_title", typed, (true, LONGEST_TITLE), &mut problems);
    let question = read_text("sheet_question", typed, (true, LONGEST_LINE), &mut problems);
    let definition = read_text("sheet_definition", typed, (false, LONGEST_TEXT), &mut problems);
    let rationale = problems.note(lines("sheet_rationale", typed.get("sheet_rationale"), LONGEST_TEXT));
    let need = problems.note(lines("sheet_need", typed.get("sheet_need"), LONGEST_TEXT));
    let items = read_items(typed, &mut problems);
    let notes = read_notes(typed, &mut problems);
    let groups = |field: &str| -> Vec<String> {
        let of_core = core.groups.iter().map(|group| group.code.clone());
        of_core.filter(|code| typed.all(field).any(|one| one == code)).collect()
    };
    let (groups, proposed_by) = (groups("sheet_groups"), groups("sheet_proposed_by"));
    let turned = !items.is_empty() && items.iter().all(|item| item.reverse);
    if turned && family.as_ref().is_some_and(|family| family.pillar == Pillar::Obstacles) {
        problems.add(FieldProblem::new("item_1_reverse", "turned-twice"));
    }
    problems.none()?;
    Ok(IndicatorSheet {
        title,
        question,
        family: family.map(|one| one.code).unwrap_or_default(),
        definition,
        rationale,
        proposed_by,
        need,
        kind: SheetKind::from_code(typed.get("sheet_kind")).unwrap_or_default(),
        model: if typed.get("sheet_model") == "formative" { Model::Formative } else { Model::Reflective },
        scale: scale.map(|one| one.code.clone()).unwrap_or_default(),
        groups,
        items,
        notes,
    })
}

/// A text in Italian, and in English where somebody wrote it.
fn read_text(field: &str, typed: &Typed, (needed, longest): (bool, usize), problems: &mut Problems) -> Text {
    let (it, en) = (format!("{field}_it"), format!("{field}_en"));
    let italian = if needed { line(&it, typed.get(&it), longest) } else { optional_line(&it, typed.get(&it), longest) };
    let (italian, english) = (problems.note(italian), problems.note(optional_line(&en, typed.get(&en), longest)));
    let both = [("it", italian), ("en", english)];
    Text::new(
        both.into_iter().filter(|(_, text)| !text.is_empty()).map(|(code, text)| (code.to_owned(), text)).collect(),
    )
}

/// The items: the first has to be written.
fn read_items(typed: &Typed, problems: &mut Problems) -> Vec<SheetItem> {
    let mut items = Vec::new();
    for number in 1..=MOST_ITEMS {
        let field = format!("item_{number}");
        if number > 1 && !typed.has(&format!("{field}_it")) && !typed.has(&format!("{field}_en")) {
            continue;
        }
        let text = read_text(&field, typed, (true, LONGEST_LINE), problems);
        items.push(SheetItem { text, reverse: typed.has(&format!("{field}_reverse")) });
    }
    items
}

fn read_notes(typed: &Typed, problems: &mut Problems) -> BTreeMap<String, String> {
    let mut notes = BTreeMap::new();
    for name in NOTES {
        let field = format!("sheet_{name}");
        let words = problems.note(lines(&field, typed.get(&field), LONGEST_TEXT));
        if !words.is_empty() {
            notes.insert(name.to_owned(), words);
        }
    }
    notes
}
