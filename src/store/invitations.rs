// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Who may respond.

use diesel::prelude::*;

use super::schema::invitations;
use super::types::Id;
use super::{Db, StoreError};
use crate::domain::invitation::{Invitation, InvitationKind};
use crate::domain::wave::Wave;

type Row = (Id, Id, Id, String, String, String, Option<String>);

/// Adds an invitation with the hash of its code.
///
/// # Errors
/// If the database fails or the code exists already.
pub fn insert(db: &mut Db, invitation: &Invitation, code_hash: &str) -> Result<(), StoreError> {
    use invitations::dsl;
    let (kind, respondent) = match &invitation.kind {
        InvitationKind::Group => ("group", None),
        InvitationKind::Personal { respondent } => ("personal", respondent.as_deref()),
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
        ))
        .execute(db)?;
    Ok(())
}

/// The invitation whose code has this hash. The code is the credential: it is looked up across bodies.
///
/// # Errors
/// If the database fails.
pub fn by_code(db: &mut Db, code_hash: &str) -> Result<Option<Invitation>, StoreError> {
    let row: Option<Row> = invitations::table.filter(invitations::code_hash.eq(code_hash)).first(db).optional()?;
    row.map(invitation).transpose()
}

/// How many invitations of a wave exist for each group, as (group, how many).
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

/// Makes the codes of a wave forget whose they were. Responses keep the pseudonym that joins a person's waves, and
/// nothing joins it to a code any more.
///
/// # Errors
/// If the database fails.
pub fn forget_respondents(db: &mut Db, wave: &Wave) -> Result<usize, StoreError> {
    let of_wave = invitations::table
        .filter(invitations::organisation_id.eq(Id(wave.organisation_id)))
        .filter(invitations::wave_id.eq(Id(wave.id)));
    Ok(diesel::update(of_wave).set(invitations::respondent.eq(None::<String>)).execute(db)?)
}

fn invitation((organisation_id, id, wave_id, group, kind, _, respondent): Row) -> Result<Invitation, StoreError> {
    let kind = match kind.as_str() {
        "group" => InvitationKind::Group,
        "personal" => InvitationKind::Personal { respondent },
        _ => return Err(StoreError::Corrupt { table: "invitations", column: "kind" }),
    };
    Ok(Invitation { organisation_id: organisation_id.0, id: id.0, wave_id: wave_id.0, group, kind })
}
