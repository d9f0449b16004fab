// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Numbers reported by projects.

use diesel::prelude::*;

use super::schema::measure_values;
use super::types::{Id, Json, day, document, from_document};
use super::{Db, StoreError};
use crate::domain::measure::MeasureValue;
use crate::domain::programme::Project;

type Row = (Id, Id, Id, String, Json, Option<f64>, String, Json, Json, Option<String>, String);

/// Adds a reported number.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, reported: &MeasureValue) -> Result<(), StoreError> {
    use measure_values::dsl;
    diesel::insert_into(dsl::measure_values)
        .values((
            dsl::organisation_id.eq(Id(reported.organisation_id)),
            dsl::id.eq(Id(reported.id)),
            dsl::project_id.eq(Id(reported.project_id)),
            dsl::measure.eq(&reported.measure),
            dsl::label.eq(document(&reported.label)),
            dsl::value.eq(reported.value.filter(|number| number.is_finite())),
            dsl::unit.eq(&reported.unit),
            dsl::definition.eq(document(&reported.definition)),
            dsl::period.eq(document(&reported.period)),
            dsl::as_of.eq(reported.as_of.map(|date| date.to_string())),
            dsl::source.eq(&reported.source),
        ))
        .execute(db)?;
    Ok(())
}

/// What a project reported, in the order it was entered.
///
/// # Errors
/// If the database fails.
pub fn of_project(db: &mut Db, project: &Project) -> Result<Vec<MeasureValue>, StoreError> {
    let rows: Vec<Row> = measure_values::table
        .filter(measure_values::organisation_id.eq(Id(project.organisation_id)))
        .filter(measure_values::project_id.eq(Id(project.id)))
        .order(measure_values::id)
        .load(db)?;
    rows.into_iter().map(measure_value).collect()
}

fn measure_value(row: Row) -> Result<MeasureValue, StoreError> {
    const TABLE: &str = "measure_values";
    let (organisation_id, id, project_id, measure, label, number, unit, definition, period, as_of, source) = row;
    Ok(MeasureValue {
        organisation_id: organisation_id.0,
        id: id.0,
        project_id: project_id.0,
        measure,
        label: from_document(label, TABLE, "label")?,
        value: number,
        unit,
        definition: from_document(definition, TABLE, "definition")?,
        period: from_document(period, TABLE, "period")?,
        as_of: as_of.map(|text| day(&text, TABLE, "as_of")).transpose()?,
        source,
    })
}
