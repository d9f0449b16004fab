// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Numbers reported by projects, each with every revision it had: nothing is changed in place.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use uuid::Uuid;

use super::schema::measure_values;
use super::types::{Id, Instant, Json, day, document, from_document};
use super::{Db, Saved, StoreError};
use crate::domain::measure::{Figure, FigureState, MeasureValue, Period, Standing};
use crate::domain::programme::Project;

const TABLE: &str = "measure_values";

#[derive(Queryable)]
struct Row {
    organisation_id: Id,
    id: Id,
    revision: i32,
    project_id: Id,
    measure: String,
    label: Json,
    value: Option<f64>,
    parts: Option<Json>,
    unit: String,
    definition: Json,
    period: Json,
    first_day: Option<String>,
    last_day: Option<String>,
    as_of: Option<String>,
    source: String,
    standing: String,
    state: String,
    reason: String,
    reported_at: Option<Instant>,
}

/// Adds a revision of a reported number; the first one is the number itself. [`Saved::Outdated`] if this revision was
/// written already.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, reported: &MeasureValue) -> Result<Saved, StoreError> {
    use measure_values::dsl;
    let (first_day, last_day) = reported.period.days.unzip();
    let done = diesel::insert_into(dsl::measure_values)
        .values((
            dsl::organisation_id.eq(Id(reported.organisation_id)),
            dsl::id.eq(Id(reported.id)),
            dsl::revision.eq(reported.revision),
            dsl::project_id.eq(Id(reported.project_id)),
            dsl::measure.eq(&reported.measure),
            dsl::label.eq(document(&reported.label)),
            dsl::value.eq(reported.value.filter(|number| number.is_finite())),
            dsl::parts.eq(reported.parts.as_ref().map(document)),
            dsl::unit.eq(&reported.unit),
            dsl::definition.eq(document(&reported.definition)),
            dsl::period.eq(document(&reported.period.words)),
            dsl::first_day.eq(first_day.map(|date| date.to_string())),
            dsl::last_day.eq(last_day.map(|date| date.to_string())),
            dsl::as_of.eq(reported.as_of.map(|date| date.to_string())),
            dsl::source.eq(&reported.source),
            dsl::standing.eq(reported.standing.code()),
            dsl::state.eq(reported.state.code()),
            dsl::reason.eq(&reported.reason),
            dsl::reported_at.eq(reported.reported_at.map(Instant)),
        ))
        .execute(db);
    match done {
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => Ok(Saved::Outdated),
        done => Ok(Saved::of(done?)),
    }
}

/// What a project reported, in the order it was entered, with what was said before.
///
/// # Errors
/// If the database fails.
pub fn of_project(db: &mut Db, project: &Project) -> Result<Vec<Figure>, StoreError> {
    let rows: Vec<Row> = measure_values::table
        .filter(measure_values::organisation_id.eq(Id(project.organisation_id)))
        .filter(measure_values::project_id.eq(Id(project.id)))
        .order((measure_values::id, measure_values::revision))
        .load(db)?;
    figures(rows)
}

/// One figure of a project.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, project: &Project, id: Uuid) -> Result<Option<Figure>, StoreError> {
    let rows: Vec<Row> = measure_values::table
        .filter(measure_values::organisation_id.eq(Id(project.organisation_id)))
        .filter(measure_values::project_id.eq(Id(project.id)))
        .filter(measure_values::id.eq(Id(id)))
        .order((measure_values::id, measure_values::revision))
        .load(db)?;
    Ok(figures(rows)?.pop())
}

/// Rows by figure and revision as figures.
fn figures(rows: Vec<Row>) -> Result<Vec<Figure>, StoreError> {
    let mut figures: Vec<Figure> = Vec::new();
    for row in rows {
        let current = MeasureValue::try_from(row)?;
        match figures.last_mut() {
            Some(known) if known.current.id == current.id => {
                let before = std::mem::replace(&mut known.current, current);
                known.earlier.insert(0, before);
            }
            _ => figures.push(Figure { current, earlier: Vec::new() }),
        }
    }
    Ok(figures)
}

impl TryFrom<Row> for MeasureValue {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
        let date = |text: Option<String>, column| text.map(|text| day(&text, TABLE, column)).transpose();
        let days = date(row.first_day, "first_day")?.zip(date(row.last_day, "last_day")?);
        Ok(Self {
            organisation_id: row.organisation_id.0,
            id: row.id.0,
            revision: row.revision,
            project_id: row.project_id.0,
            measure: row.measure,
            label: from_document(row.label, TABLE, "label")?,
            value: row.value,
            parts: row.parts.map(|parts| from_document(parts, TABLE, "parts")).transpose()?,
            unit: row.unit,
            definition: from_document(row.definition, TABLE, "definition")?,
            period: Period { words: from_document(row.period, TABLE, "period")?, days },
            as_of: date(row.as_of, "as_of")?,
            source: row.source,
            standing: Standing::from_code(&row.standing).ok_or_else(|| corrupt("standing"))?,
            state: FigureState::from_code(&row.state).ok_or_else(|| corrupt("state"))?,
            reason: row.reason,
            reported_at: row.reported_at.map(|at| at.0),
        })
    }
}
