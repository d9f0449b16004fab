// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who may respond.

use diesel::prelude::*;
use uuid::Uuid;

use super::engine::each_engine;
use super::schema::{drafts, invitation_codes, invitations, waves};
use super::types::Id;
use super::{Db, StoreError};
use crate::domain::invitation::{Invitation, InvitationKind, Setting, Used};
use crate::domain::wave::Wave;

const TABLE: &str = "invitations";

type Row = (Id, Id, Id, String, String, Option<String>, String, Option<String>, String);

/// What is read of an invitation.
macro_rules! columns {
    () => {
        (
            invitations::organisation_id,
            invitations::id,
            invitations::wave_id,
            invitations::group_code,
            invitations::kind,
            invitations::respondent,
            invitations::setting,
            invitations::respondent_organisation,
            invitations::used,
        )
    };
}

/// An invitation of somebody listed, and whether they answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitedPerson {
    /// Who it is.
    pub person_id: Uuid,
    /// Their invitation.
    pub invitation_id: Uuid,
    /// Whether their response is there, or their slip was used.
    pub answered: Used,
}

/// Adds an invitation with the hash of its code, for somebody listed or for nobody in particular.
///
/// # Errors
/// If the database fails or the code exists already.
pub fn insert(db: &mut Db, invitation: &Invitation, person: Option<Uuid>, code_hash: &str) -> Result<(), StoreError> {
    use invitations::dsl;
    let (kind, respondent, organisation) = match &invitation.kind {
        InvitationKind::Group => ("group", None, None),
        InvitationKind::Personal { respondent, organisation } => {
            ("personal", respondent.as_deref(), organisation.as_deref())
        }
        InvitationKind::Slip(_) => ("slip", None, None),
    };
    diesel::insert_into(dsl::invitations)
        .values((
            dsl::organisation_id.eq(Id(invitation.organisation_id)),
            dsl::id.eq(Id(invitation.id)),
            dsl::wave_id.eq(Id(invitation.wave_id)),
            dsl::group_code.eq(&invitation.group),
            dsl::kind.eq(kind),
            dsl::code_hash.eq(code_hash),
            dsl::respondent.eq(respondent),
            dsl::respondent_organisation.eq(organisation),
            dsl::setting.eq(invitation.setting.code()),
            dsl::person_id.eq(person.map(Id)),
        ))
        .execute(db)?;
    Ok(())
}

/// Gives an invitation one more code; those before go on working.
///
/// # Errors
/// If the database fails or the code exists already.
pub fn add_code(db: &mut Db, organisation: Uuid, invitation: Uuid, code_hash: &str) -> Result<(), StoreError> {
    use invitation_codes::dsl;
    diesel::insert_into(dsl::invitation_codes)
        .values((
            dsl::code_hash.eq(code_hash),
            dsl::organisation_id.eq(Id(organisation)),
            dsl::invitation_id.eq(Id(invitation)),
        ))
        .execute(db)?;
    Ok(())
}

/// The invitation of which a code has this hash. The code is the credential: it is looked up across bodies.
///
/// # Errors
/// If the database fails.
pub fn by_code(db: &mut Db, code_hash: &str) -> Result<Option<Invitation>, StoreError> {
    let query = invitations::table.filter(invitations::code_hash.eq(code_hash)).select(columns!());
    let first: Option<Row> = each_engine!(db, c => query.get_result(c).optional())?;
    if let Some(row) = first {
        return invitation(row).map(Some);
    }
    let further: Option<(Id, Id)> = invitation_codes::table
        .find(code_hash)
        .select((invitation_codes::organisation_id, invitation_codes::invitation_id))
        .get_result(db)
        .optional()?;
    let Some(key) = further else { return Ok(None) };
    let row: Option<Row> = invitations::table.find(key).select(columns!()).get_result(db).optional()?;
    row.map(invitation).transpose()
}

/// The invitation with this id.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Invitation>, StoreError> {
    let row: Option<Row> =
        invitations::table.find((Id(organisation), Id(id))).select(columns!()).get_result(db).optional()?;
    row.map(invitation).transpose()
}

/// Whom an invitation was made for, where it is for somebody listed.
///
/// # Errors
/// If the database fails.
pub fn person_of(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Option<Uuid>, StoreError> {
    let row = invitations::table.find((Id(organisation), Id(id))).select(invitations::person_id);
    let person: Option<Option<Id>> = row.get_result(db).optional()?;
    Ok(person.flatten().map(|id| id.0))
}

/// Everybody listed who was invited to a wave.
///
/// # Errors
/// If the database fails.
pub fn people(db: &mut Db, wave: &Wave) -> Result<Vec<InvitedPerson>, StoreError> {
    let submitted = drafts::table
        .filter(drafts::organisation_id.eq(Id(wave.organisation_id)))
        .filter(drafts::wave_id.eq(Id(wave.id)))
        .filter(drafts::receipt.is_not_null())
        .filter(drafts::invitation_id.is_not_null())
        .select(drafts::invitation_id);
    let submitted: Vec<Option<Id>> = submitted.load(db)?;
    let submitted: std::collections::HashSet<Uuid> = submitted.into_iter().flatten().map(|id| id.0).collect();
    let rows: Vec<(Option<Id>, Id, String)> = invitations::table
        .filter(invitations::organisation_id.eq(Id(wave.organisation_id)))
        .filter(invitations::wave_id.eq(Id(wave.id)))
        .filter(invitations::person_id.is_not_null())
        .order(invitations::person_id)
        .select((invitations::person_id, invitations::id, invitations::used))
        .load(db)?;
    let found = rows.into_iter().filter_map(|(person, invitation, used)| {
        let answered = used == "yes" || submitted.contains(&invitation.0);
        let answered = if answered { Used::Yes } else { Used::No };
        Some(InvitedPerson { person_id: person?.0, invitation_id: invitation.0, answered })
    });
    Ok(found.collect())
}

/// Whether whoever was invited with it has answered.
///
/// # Errors
/// If the database fails.
pub fn is_answered(db: &mut Db, organisation: Uuid, invitation: Uuid) -> Result<bool, StoreError> {
    let used = invitations::table
        .find((Id(organisation), Id(invitation)))
        .filter(invitations::used.eq("yes"))
        .count()
        .get_result::<i64>(db)?;
    let submitted = drafts::table
        .filter(drafts::organisation_id.eq(Id(organisation)))
        .filter(drafts::invitation_id.eq(Id(invitation)))
        .filter(drafts::receipt.is_not_null())
        .count()
        .get_result::<i64>(db)?;
    Ok(used + submitted > 0)
}

/// Uses a slip up. `false` if it was used before.
///
/// All slips of the group are written again, so that the database itself keeps no trace of which was used last. Slips of
/// a wave are used one after the other: whoever uses one holds the row of the wave.
///
/// # Errors
/// If the database fails.
pub fn use_slip(db: &mut Db, slip: &Invitation) -> Result<bool, StoreError> {
    let (organisation, wave) = (Id(slip.organisation_id), Id(slip.wave_id));
    diesel::update(waves::table.find((organisation, wave))).set(waves::revision.eq(waves::revision)).execute(db)?;
    let this = invitations::table.find((organisation, Id(slip.id))).filter(invitations::used.eq("no"));
    let used = diesel::update(this).set(invitations::used.eq("yes")).execute(db)?;
    let all = invitations::table
        .filter(invitations::organisation_id.eq(organisation))
        .filter(invitations::wave_id.eq(wave))
        .filter(invitations::group_code.eq(&slip.group))
        .filter(invitations::kind.eq("slip"));
    diesel::update(all).set(invitations::used.eq(invitations::used)).execute(db)?;
    Ok(used == 1)
}

/// How many invitations of a wave each group has, as (group, how many).
///
/// # Errors
/// If the database fails.
pub fn count_by_group(db: &mut Db, wave: &Wave) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(invitations::table
        .filter(invitations::organisation_id.eq(Id(wave.organisation_id)))
        .filter(invitations::wave_id.eq(Id(wave.id)))
        .group_by(invitations::group_code)
        .select((invitations::group_code, diesel::dsl::count_star()))
        .load(db)?)
}

/// Forgets who the invitations of a wave were for, and their further codes. Says how many there were.
///
/// # Errors
/// If the database fails.
pub fn forget_people(db: &mut Db, wave: &Wave) -> Result<usize, StoreError> {
    let of_wave = invitations::table
        .filter(invitations::organisation_id.eq(Id(wave.organisation_id)))
        .filter(invitations::wave_id.eq(Id(wave.id)));
    let ids = of_wave.select(invitations::id);
    let codes = invitation_codes::table
        .filter(invitation_codes::organisation_id.eq(Id(wave.organisation_id)))
        .filter(invitation_codes::invitation_id.eq_any(ids));
    diesel::delete(codes).execute(db)?;
    Ok(diesel::update(of_wave)
        .set((
            invitations::respondent.eq(None::<String>),
            invitations::respondent_organisation.eq(None::<String>),
            invitations::person_id.eq(None::<Id>),
        ))
        .execute(db)?)
}

fn invitation(row: Row) -> Result<Invitation, StoreError> {
    let (organisation_id, id, wave_id, group, kind, respondent, setting, organisation, used) = row;
    let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
    let kind = match (kind.as_str(), used.as_str()) {
        ("group", _) => InvitationKind::Group,
        ("personal", _) => InvitationKind::Personal { respondent, organisation },
        ("slip", "no") => InvitationKind::Slip(Used::No),
        ("slip", "yes") => InvitationKind::Slip(Used::Yes),
        _ => return Err(corrupt("kind")),
    };
    let setting = Setting::from_code(&setting).ok_or(corrupt("setting"))?;
    Ok(Invitation { organisation_id: organisation_id.0, id: id.0, wave_id: wave_id.0, group, kind, setting })
}
