// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Notices of waves: versions that are added and never changed.

use diesel::prelude::*;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::notices;
use super::types::{Id, day};
use super::{Db, Saved, StoreError};
use crate::domain::notice::{Notice, NoticeTemplate};

type Row = (i32, String, String, String, String, String);

/// What is read of a version.
macro_rules! columns {
    () => {
        (notices::version, notices::template, notices::officer, notices::recipients, notices::further, notices::since)
    };
}

/// Every version of a wave's notice, the newest first.
///
/// # Errors
/// If the database fails.
pub fn of_wave(db: &mut Db, (organisation, wave): (Uuid, Uuid)) -> Result<Vec<Notice>, StoreError> {
    let rows: Vec<Row> = notices::table
        .filter(notices::organisation_id.eq(Id(organisation)))
        .filter(notices::wave_id.eq(Id(wave)))
        .order(notices::version.desc())
        .select(columns!())
        .load(db)?;
    rows.into_iter().map(notice).collect()
}

/// The version of a wave's notice that is shown, if anybody wrote one.
///
/// # Errors
/// If the database fails.
pub fn newest(db: &mut Db, (organisation, wave): (Uuid, Uuid)) -> Result<Option<Notice>, StoreError> {
    let row: Option<Row> = notices::table
        .filter(notices::organisation_id.eq(Id(organisation)))
        .filter(notices::wave_id.eq(Id(wave)))
        .order(notices::version.desc())
        .select(columns!())
        .first(db)
        .optional()?;
    row.map(notice).transpose()
}

/// Adds a version. Outdated if somebody else added it in the meantime.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, (organisation, wave): (Uuid, Uuid), notice: &Notice) -> Result<Saved, StoreError> {
    use notices::dsl;
    let row = (
        dsl::organisation_id.eq(Id(organisation)),
        dsl::wave_id.eq(Id(wave)),
        dsl::version.eq(notice.version),
        dsl::template.eq(notice.template.code()),
        dsl::officer.eq(&notice.officer),
        dsl::recipients.eq(&notice.recipients),
        dsl::further.eq(&notice.further),
        dsl::since.eq(notice.since.map(|day| day.to_string()).unwrap_or_default()),
    );
    let added =
        each_engine!(db, c => diesel::insert_into(dsl::notices).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(Saved::of(added))
}

fn notice((version, template, officer, recipients, further, since): Row) -> Result<Notice, StoreError> {
    let corrupt = StoreError::Corrupt { table: "notices", column: "template" };
    Ok(Notice {
        version,
        template: NoticeTemplate::from_code(&template).ok_or(corrupt)?,
        officer,
        recipients,
        further,
        since: Some(day(&since, "notices", "since")?),
    })
}
