// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a project report its numbers, correct them and take them back, and what do they add up to in an edition?

use std::sync::Arc;

use uuid::Uuid;

use super::planning::{italian, saved};
use super::projects::{ProgrammeTree, ProjectFile};
use super::staff::{self, Staff, note, subject};
use super::{App, Refusal};
use crate::domain::audit::AuditNote;
use crate::domain::field::{FieldProblem, Problems, Typed, amount, day, line, lines, read_amount};
use crate::domain::framework::{Framework, Measure};
use crate::domain::goalposts::ReportedFigure;
use crate::domain::measure::{
    Breakdown, BreakdownProblem, Figure, FigureState, MeasureValue, NotAddable, Part, Period, Standing, is_same_line,
    total,
};
use crate::domain::programme::Project;
use crate::domain::role::Action;
use crate::domain::text::Text;
use crate::scoring::with_points;
use crate::store::{self, Db};

/// How a measure of a project's own is called in addresses.
pub const OWN: &str = "own";
/// Longest name of a figure, of a part or of a source, and longest reason.
const LONGEST_LINE: usize = 200;
/// Longest definition.
const LONGEST_TEXT: usize = 2000;
/// Most parts with a name.
const MOST_PARTS: usize = 30;

/// What a project reports, as whoever reports it sees it.
#[derive(Clone, Debug)]
pub struct MeasuresFile {
    /// The project.
    pub project: Project,
    /// The framework version whose measures it reports, once chosen.
    pub framework: Option<Arc<Framework>>,
    /// Every figure, withdrawn ones too.
    pub figures: Vec<Figure>,
}

impl MeasuresFile {
    /// A measure of the framework.
    #[must_use]
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.framework.as_ref()?.measures.iter().find(|one| one.code == code)
    }

    /// One of the figures.
    #[must_use]
    pub fn figure(&self, id: Uuid) -> Option<&Figure> {
        self.figures.iter().find(|one| one.current.id == id)
    }
}

/// The actual numbers of one measure over the projects of an edition, with their sum or the reason why there is none.
#[derive(Clone, Debug)]
pub struct MeasureTotal {
    /// Code of the measure.
    pub measure: String,
    /// Each number with the project that reports it.
    pub reported: Vec<(String, MeasureValue)>,
    /// Their sum.
    pub total: Result<f64, NotAddable>,
}

impl App {
    /// What a project reports.
    ///
    /// # Errors
    /// As [`Staff::require`].
    pub fn measures_file(&self, db: &mut Db, staff: &Staff, id: Uuid) -> Result<MeasuresFile, Refusal> {
        let project = staff::project(db, staff, id, Action::EditProject)?;
        let framework = self.framework_of_project(db, &project).ok().map(|version| version.framework);
        let figures = store::measures::of_project(db, &project)?;
        Ok(MeasuresFile { project, framework, figures })
    }

    /// Reports a figure for a measure of the framework, or for one of the project's own ([`OWN`]).
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the framework has no such measure; [`Refusal::Invalid`], or as [`Staff::require`].
    pub fn report_figure(
        &self,
        db: &mut Db,
        staff: &Staff,
        (id, code): (Uuid, &str),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        let file = self.measures_file(db, staff, id)?;
        let measure = match code {
            OWN => None,
            code => Some(file.measure(code).ok_or(Refusal::NotFound)?),
        };
        let figure = read_figure(blank(&file.project, measure), measure, typed)?;
        self.add_revision(db, staff, &file.project, figure)
    }

    /// Corrects a figure: a further revision, with its reason. A withdrawn figure stands again.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Invalid`], [`Refusal::Outdated`], or as [`Staff::require`].
    pub fn revise_figure(
        &self,
        db: &mut Db,
        staff: &Staff,
        (id, figure): (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        let file = self.measures_file(db, staff, id)?;
        let known = file.figure(figure).ok_or(Refusal::NotFound)?.current.clone();
        let measure = file.measure(&known.measure);
        let revision = typed.revision();
        let mut problems = Problems::default();
        let reason = problems.note(line("figure_reason", typed.get("figure_reason"), LONGEST_LINE));
        let read = read_figure(known.clone(), measure, typed);
        let revised = match (read, problems.none()) {
            (Ok(revised), Ok(())) => revised,
            (read, unsaid) => {
                let all = [unsaid.err(), read.err()].into_iter().flatten().flatten().collect::<Vec<_>>();
                return Err(all.into());
            }
        };
        if revision != known.revision {
            return Err(Refusal::Outdated);
        }
        let revised = MeasureValue { revision: revision + 1, reason, state: FigureState::Reported, ..revised };
        self.add_revision(db, staff, &file.project, revised)
    }

    /// Takes a figure back: a further revision, with its reason.
    ///
    /// # Errors
    /// As [`App::revise_figure`]; [`Refusal::NotFound`] where it was taken back already.
    pub fn withdraw_figure(
        &self,
        db: &mut Db,
        staff: &Staff,
        (id, figure): (Uuid, Uuid),
        typed: &Typed,
    ) -> Result<(), Refusal> {
        let file = self.measures_file(db, staff, id)?;
        let known = file.figure(figure).ok_or(Refusal::NotFound)?.current.clone();
        if known.state == FigureState::Withdrawn {
            return Err(Refusal::NotFound);
        }
        let reason = line("figure_reason", typed.get("figure_reason"), LONGEST_LINE)?;
        if typed.revision() != known.revision {
            return Err(Refusal::Outdated);
        }
        let revision = known.revision + 1;
        let withdrawn = MeasureValue { revision, reason, state: FigureState::Withdrawn, ..known };
        self.add_revision(db, staff, &file.project, withdrawn)
    }

    fn add_revision(&self, db: &mut Db, staff: &Staff, project: &Project, figure: MeasureValue) -> Result<(), Refusal> {
        let figure = MeasureValue { reported_at: Some(self.clock.now()), ..figure };
        saved(store::measures::insert(db, &figure)?)?;
        let act = if figure.revision == 1 { "measure.report" } else { "measure.revision" };
        let (_, label) = figure.label.iter().next().unwrap_or_default();
        let what = subject(&format!("{}: {label}", project.name), figure.id);
        self.record(db, AuditNote { note: figure.reason, ..note(staff, project.organisation_id, act, what) })
    }
}

impl App {
    /// The framework version that says what the measures of a project are called and what their numbers are worth: that of
    /// its last wave, before its first wave the one it has chosen, if any.
    ///
    /// # Errors
    /// If the database fails.
    pub fn version_of_measures(&self, db: &mut Db, file: &ProjectFile) -> Result<Option<Arc<Framework>>, Refusal> {
        match file.waves.last() {
            Some(wave) => self.framework_of(db, wave).map(Some),
            None => Ok(self.framework_of_project(db, &file.project).ok().map(|version| version.framework)),
        }
    }

    /// What the projects of an edition counted, with the framework that names their measures, where one is chosen.
    ///
    /// # Errors
    /// If the database fails.
    pub fn measures_of_edition(
        &self,
        db: &mut Db,
        tree: &ProgrammeTree,
        edition: Uuid,
    ) -> Result<(Vec<MeasureTotal>, Option<Arc<Framework>>), Refusal> {
        let totals = of_edition(db, tree, edition)?;
        let own = tree.editions.iter().filter(|(one, _)| one.id == edition && !totals.is_empty());
        let mut projects = own.flat_map(|(_, projects)| projects);
        let framework = projects.find_map(|project| self.framework_of_project(db, project).ok());
        Ok((totals, framework.map(|version| version.framework)))
    }
}

/// What a project reported, with the points that each number has in a framework version, old ones too.
#[must_use]
pub fn reported(file: &ProjectFile, version: Option<&Framework>) -> Vec<ReportedFigure> {
    with_points(&file.measures, version)
}

/// What the projects of an edition counted, measure by measure, where two projects or more report it.
///
/// # Errors
/// If the database fails.
pub fn of_edition(db: &mut Db, tree: &ProgrammeTree, edition: Uuid) -> Result<Vec<MeasureTotal>, Refusal> {
    let own = tree.editions.iter().find(|(one, _)| one.id == edition).map(|(_, projects)| projects.as_slice());
    let mut reported: Vec<(String, MeasureValue)> = Vec::new();
    for project in own.unwrap_or_default() {
        let figures = store::measures::of_project(db, project)?.into_iter().map(|figure| figure.current);
        let counted = figures.filter(|one| one.state == FigureState::Reported && one.standing == Standing::Actual);
        reported.extend(counted.filter(|one| !one.measure.is_empty()).map(|one| (project.name.clone(), one)));
    }
    let mut measures: Vec<String> = reported.iter().map(|(_, one)| one.measure.clone()).collect();
    measures.sort_unstable();
    measures.dedup();
    Ok(measures.into_iter().filter_map(|measure| total_of(measure, &reported)).collect())
}

fn total_of(measure: String, reported: &[(String, MeasureValue)]) -> Option<MeasureTotal> {
    let reported: Vec<(String, MeasureValue)> =
        reported.iter().filter(|(_, one)| one.measure == measure).cloned().collect();
    let (first, others) = reported.split_first()?;
    let several = others.iter().any(|(_, one)| one.project_id != first.1.project_id);
    let figures: Vec<&MeasureValue> = reported.iter().map(|(_, one)| one).collect();
    let total = total(&figures);
    several.then_some(MeasureTotal { measure, reported, total })
}

fn blank(project: &Project, measure: Option<&Measure>) -> MeasureValue {
    MeasureValue {
        organisation_id: project.organisation_id,
        id: Uuid::now_v7(),
        revision: 1,
        project_id: project.id,
        measure: measure.map(|one| one.code.clone()).unwrap_or_default(),
        label: measure.map(|one| one.name.clone()).unwrap_or_default(),
        value: None,
        parts: None,
        unit: measure.map(|one| one.unit.clone()).unwrap_or_default(),
        definition: measure.map(|one| one.definition.clone()).unwrap_or_default(),
        period: Period::default(),
        as_of: None,
        source: String::new(),
        standing: Standing::Actual,
        state: FigureState::Reported,
        reason: String::new(),
        reported_at: None,
    }
}

/// The figure as typed. What is unchanged from `known` or the framework keeps its translations.
fn read_figure(
    known: MeasureValue,
    measure: Option<&Measure>,
    typed: &Typed,
) -> Result<MeasureValue, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let label = problems.note(line("figure_label", typed.get("figure_label"), LONGEST_LINE));
    let definition = problems.note(lines("figure_definition", typed.get("figure_definition"), LONGEST_TEXT));
    if !typed.has("figure_definition") {
        problems.add(FieldProblem::new("figure_definition", "missing"));
    }
    let unit = match measure {
        Some(measure) => measure.unit.clone(),
        None => problems.note(line("figure_unit", typed.get("figure_unit"), 40)),
    };
    let parts = problems.note(read_parts(typed, known.parts.as_ref()));
    let value = problems.take(read_value(typed));
    if let Some(problem) = value.and_then(|value| parts_problem(parts.as_ref(), value)) {
        problems.add(problem);
    }
    let value = value.flatten();
    let period = problems.take(read_period(typed, &known.period)).unwrap_or_default();
    let source = problems.note(line("figure_source", typed.get("figure_source"), LONGEST_LINE));
    let as_of = problems.note(day("figure_as_of", typed.get("figure_as_of")));
    let chosen = Standing::from_code(typed.get("figure_standing"));
    let standing = problems.note(chosen.ok_or_else(|| FieldProblem::new("figure_standing", "choose")));
    problems.none()?;
    let label = translated(label, [Some(&known.label), measure.map(|one| &one.name)]);
    let definition = translated(definition, [Some(&known.definition), measure.map(|one| &one.definition)]);
    Ok(MeasureValue { label, value, parts, unit, definition, period, as_of, source, standing, ..known })
}

/// The number, or nothing where it is said that it is not known; one of the two, never neither.
fn read_value(typed: &Typed) -> Result<Option<f64>, FieldProblem> {
    let value = amount("figure_value", typed.get("figure_value"))?;
    match (typed.get("figure_known"), value) {
        ("known", None) => Err(FieldProblem::new("figure_value", "figure-silent")),
        ("not_known", Some(_)) => Err(FieldProblem::new("figure_value", "figure-both")),
        ("known" | "not_known", value) => Ok(value),
        _ => Err(FieldProblem::new("figure_known", "choose")),
    }
}

/// First and last day. A period that is known in words only stays so where no day is typed.
fn read_period(typed: &Typed, known: &Period) -> Result<Period, FieldProblem> {
    let first = day("first_day", typed.get("first_day"))?;
    let last = day("last_day", typed.get("last_day"))?;
    match (first, last) {
        (None, None) if known.days.is_none() && known.words != Text::default() => Ok(known.clone()),
        (None, _) => Err(FieldProblem::new("first_day", "missing")),
        (_, None) => Err(FieldProblem::new("last_day", "missing")),
        (Some(first), Some(last)) if last < first => Err(FieldProblem::new("last_day", "ends-before")),
        (Some(first), Some(last)) => {
            // What a program that knows no days would show.
            let words = format!("{first} / {last}");
            Ok(Period { words: Text::both(&words, &words), days: Some((first, last)) })
        }
    }
}

/// The parts, one a line with its number at the end; nothing where none is typed.
fn read_parts(typed: &Typed, known: Option<&Breakdown>) -> Result<Option<Breakdown>, FieldProblem> {
    let text = lines("figure_parts", typed.get("figure_parts"), MOST_PARTS * LONGEST_LINE)?;
    let other = amount("part_other", typed.get("part_other"))?;
    let not_known = amount("part_not_known", typed.get("part_not_known"))?;
    let labels: Vec<&Text> = known.iter().flat_map(|known| known.named.iter().map(|part| &part.label)).collect();
    let written: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if written.len() > MOST_PARTS {
        return Err(FieldProblem::new("figure_parts", "parts-many").with("most", MOST_PARTS));
    }
    if written.is_empty() && other.is_none() && not_known.is_none() {
        return Ok(None);
    }
    let named: Vec<Part> = written.into_iter().map(|line| read_part(line, &labels)).collect::<Result<_, _>>()?;
    Ok(Some(Breakdown { named, other: other.unwrap_or(0.0), not_known: not_known.unwrap_or(0.0) }))
}

fn read_part(line: &str, labels: &[&Text]) -> Result<Part, FieldProblem> {
    let (name, number) = line.rsplit_once([' ', '\t', ':', ';', '=']).unwrap_or(("", line));
    let name = name.trim_end_matches([' ', '\t', ':', ';', '=']);
    let value = read_amount(number).filter(|_| !name.is_empty() && name.chars().count() <= LONGEST_LINE);
    let shown: String = line.chars().take(60).collect();
    let value = value.ok_or_else(|| FieldProblem::new("figure_parts", "part-line").with("line", shown))?;
    let known = labels.iter().find(|label| label.iter().any(|(_, words)| is_same_line(words, name)));
    Ok(Part { label: known.map_or_else(|| italian(name.to_owned()), |label| (*label).clone()), value })
}

/// What is wrong with parts that are not the parts of the number: what adds up to what, and what it should be.
fn parts_problem(parts: Option<&Breakdown>, value: Option<f64>) -> Option<FieldProblem> {
    let parts = parts?;
    match parts.check(value).err()? {
        BreakdownProblem::NoTotal => Some(FieldProblem::new("figure_parts", "parts-no-total")),
        BreakdownProblem::Negative => Some(FieldProblem::new("figure_parts", "amount")),
        BreakdownProblem::Sum { parts: sum, total } => {
            let all = parts.named.iter().map(|part| part.value).chain([parts.other, parts.not_known]);
            let added = all.map(written_amount).collect::<Vec<_>>().join(" + ");
            let problem = FieldProblem::new("figure_parts", "parts-sum").with("added", added);
            Some(problem.with("sum", written_amount(sum)).with("total", written_amount(total)))
        }
    }
}

/// A quantity as it can be typed again.
#[must_use]
pub fn written_amount(value: f64) -> String {
    value.to_string().replace('.', ",")
}

/// What was typed, with its translations where it is what one of these texts says.
pub(super) fn translated(typed: String, known: [Option<&Text>; 2]) -> Text {
    let says = |text: &&Text| text.iter().any(|(_, words)| is_same_line(words, &typed));
    known.into_iter().flatten().find(says).cloned().unwrap_or_else(|| italian(typed))
}
