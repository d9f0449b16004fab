// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who is listed in a project, person by person; and the signed acts of its waves.

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::{listed_people, wave_acts};
use super::types::{Id, Instant};
use super::{Db, Saved, StoreError};
use crate::domain::programme::Project;
use crate::domain::stakeholder::ListedPerson;
use crate::domain::wave::{Wave, WaveAct};

type Row = (Id, Id, Id, String, String, Option<String>, Option<String>);

/// Rows a statement takes at once: both engines limit how many values it may hold.
const AT_ONCE: usize = 500;

/// Adds people to a roster.
///
/// # Errors
/// If the database fails.
pub fn insert(db: &mut Db, people: &[(ListedPerson, String)], now: Timestamp) -> Result<(), StoreError> {
    use listed_people::dsl;
    for some in people.chunks(AT_ONCE) {
        let rows: Vec<_> = some
            .iter()
            .map(|(person, sort_key)| {
                (
                    dsl::organisation_id.eq(Id(person.organisation_id)),
                    dsl::id.eq(Id(person.id)),
                    dsl::project_id.eq(Id(person.project_id)),
                    dsl::group_code.eq(&person.group),
                    dsl::name.eq(&person.name),
                    dsl::email.eq(&person.email),
                    dsl::body.eq(&person.body),
                    dsl::sort_key.eq(sort_key),
                    dsl::listed_at.eq(Instant(now)),
                )
            })
            .collect();
        each_engine!(&mut *db, c => diesel::insert_into(dsl::listed_people).values(rows).execute(c))?;
    }
    Ok(())
}

/// Everybody listed in a project, by group and name.
///
/// # Errors
/// If the database fails.
pub fn of_project(db: &mut Db, project: &Project) -> Result<Vec<ListedPerson>, StoreError> {
    let rows: Vec<Row> = listed_people::table
        .filter(listed_people::organisation_id.eq(Id(project.organisation_id)))
        .filter(listed_people::project_id.eq(Id(project.id)))
        .filter(listed_people::removed_at.is_null())
        .order((listed_people::group_code, listed_people::sort_key, listed_people::id))
        .select((
            listed_people::organisation_id,
            listed_people::id,
            listed_people::project_id,
            listed_people::group_code,
            listed_people::name,
            listed_people::email,
            listed_people::body,
        ))
        .load(db)?;
    Ok(rows.into_iter().map(person).collect())
}

/// How many are listed in each group of a project.
///
/// # Errors
/// If the database fails.
pub fn count_by_group(db: &mut Db, project: &Project) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(listed_people::table
        .filter(listed_people::organisation_id.eq(Id(project.organisation_id)))
        .filter(listed_people::project_id.eq(Id(project.id)))
        .filter(listed_people::removed_at.is_null())
        .group_by(listed_people::group_code)
        .select((listed_people::group_code, diesel::dsl::count_star()))
        .order(listed_people::group_code)
        .load(db)?)
}

/// Takes somebody off a roster, or with `None` puts them back.
///
/// # Errors
/// If the database fails.
pub fn set_removed(db: &mut Db, project: &Project, id: Uuid, at: Option<Timestamp>) -> Result<Saved, StoreError> {
    let this = listed_people::table
        .find((Id(project.organisation_id), Id(id)))
        .filter(listed_people::project_id.eq(Id(project.id)));
    Ok(Saved::of(diesel::update(this).set(listed_people::removed_at.eq(at.map(Instant))).execute(db)?))
}

/// The pseudonym that joins the waves of somebody listed; `drawn` where there is none yet.
///
/// # Errors
/// If the database fails.
pub fn respondent_of(db: &mut Db, project: &Project, id: Uuid, drawn: &str) -> Result<String, StoreError> {
    let this = listed_people::table
        .find((Id(project.organisation_id), Id(id)))
        .filter(listed_people::project_id.eq(Id(project.id)));
    diesel::update(this.filter(listed_people::respondent.is_null()))
        .set(listed_people::respondent.eq(Some(drawn)))
        .execute(db)?;
    let kept: Option<String> = this.select(listed_people::respondent).get_result(db)?;
    Ok(kept.unwrap_or_else(|| drawn.to_owned()))
}

/// The e-mail address of somebody listed.
///
/// # Errors
/// If the database fails.
pub fn email_of(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<String>, StoreError> {
    let row = listed_people::table.find((Id(organisation), Id(id))).select(listed_people::email);
    let email: Option<Option<String>> = row.get_result(db).optional()?;
    Ok(email.flatten())
}

/// Writes a signed act of a wave down.
///
/// # Errors
/// If the database fails.
pub fn insert_act(db: &mut Db, wave: &Wave, id: Uuid, act: &WaveAct) -> Result<(), StoreError> {
    use wave_acts::dsl;
    diesel::insert_into(dsl::wave_acts)
        .values((
            dsl::organisation_id.eq(Id(wave.organisation_id)),
            dsl::id.eq(Id(id)),
            dsl::wave_id.eq(Id(wave.id)),
            dsl::act.eq(&act.act),
            dsl::actor.eq(&act.actor),
            dsl::note.eq(&act.note),
            dsl::done_at.eq(Instant(act.done_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// The signed acts of a wave, the first first.
///
/// # Errors
/// If the database fails.
pub fn acts_of(db: &mut Db, wave: &Wave) -> Result<Vec<WaveAct>, StoreError> {
    let rows: Vec<(String, String, String, Instant)> = wave_acts::table
        .filter(wave_acts::organisation_id.eq(Id(wave.organisation_id)))
        .filter(wave_acts::wave_id.eq(Id(wave.id)))
        .order(wave_acts::id)
        .select((wave_acts::act, wave_acts::actor, wave_acts::note, wave_acts::done_at))
        .load(db)?;
    let act = |(act, actor, note, done_at): (String, String, String, Instant)| WaveAct {
        act,
        actor,
        note,
        done_at: done_at.0,
    };
    Ok(rows.into_iter().map(act).collect())
}

fn person((organisation_id, id, project_id, group, name, email, body): Row) -> ListedPerson {
    ListedPerson { organisation_id: organisation_id.0, id: id.0, project_id: project_id.0, group, name, email, body }
}
