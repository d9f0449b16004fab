// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Grants and invitations of staff: who may do what over what, and who was asked to.

use diesel::prelude::*;
use jiff::Timestamp;
use uuid::Uuid;

use super::schema::{grants, staff_invitations};
use super::types::{Id, Instant};
use super::{Db, Saved, StoreError};
use crate::domain::account::{Grant, Scope};
use crate::domain::role::Role;

type Row = (Id, Id, Id, String, String, Id, String, String, Instant);
type InvitationRow = (Id, Id, String, String, String, String, Id, String, String, String, Instant, Option<Instant>);

/// Somebody asked to take up a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffInvitation {
    /// What they will be granted; the account is not known yet and is nil.
    pub grant: Grant,
    /// Where the invitation went.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Until when it can be taken up.
    pub expires_at: Timestamp,
    /// When it was taken up or withdrawn.
    pub answered_at: Option<Timestamp>,
}

/// Adds a grant.
///
/// # Errors
/// If the database fails, or the same was granted before.
pub fn insert(db: &mut Db, grant: &Grant, now: Timestamp) -> Result<(), StoreError> {
    use grants::dsl;
    diesel::insert_into(dsl::grants)
        .values((
            dsl::organisation_id.eq(Id(grant.organisation_id)),
            dsl::id.eq(Id(grant.id)),
            dsl::account_id.eq(Id(grant.account_id)),
            dsl::role.eq(grant.role.code()),
            dsl::scope.eq(grant.scope.code()),
            dsl::scope_id.eq(Id(grant.scope.id(grant.organisation_id))),
            dsl::group_code.eq(&grant.group),
            dsl::body.eq(&grant.body),
            dsl::granted_at.eq(Instant(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// Everything granted to an account, by any body.
///
/// # Errors
/// If the database fails.
pub fn of_account(db: &mut Db, account: Uuid) -> Result<Vec<Grant>, StoreError> {
    let rows: Vec<Row> = grants::table.filter(grants::account_id.eq(Id(account))).order(grants::id).load(db)?;
    rows.into_iter().map(grant).collect()
}

/// Everything a body granted.
///
/// # Errors
/// If the database fails.
pub fn of_organisation(db: &mut Db, organisation: Uuid) -> Result<Vec<Grant>, StoreError> {
    let rows: Vec<Row> =
        grants::table.filter(grants::organisation_id.eq(Id(organisation))).order(grants::id).load(db)?;
    rows.into_iter().map(grant).collect()
}

/// Withdraws a grant.
///
/// # Errors
/// If the database fails.
pub fn delete(db: &mut Db, organisation: Uuid, id: Uuid) -> Result<Saved, StoreError> {
    Ok(Saved::of(diesel::delete(grants::table.find((Id(organisation), Id(id)))).execute(db)?))
}

/// Adds an invitation.
///
/// # Errors
/// If the database fails.
pub fn invite(db: &mut Db, invitation: &StaffInvitation, token_hash: &str) -> Result<(), StoreError> {
    use staff_invitations::dsl;
    let grant = &invitation.grant;
    diesel::insert_into(dsl::staff_invitations)
        .values((
            dsl::organisation_id.eq(Id(grant.organisation_id)),
            dsl::id.eq(Id(grant.id)),
            dsl::email.eq(&invitation.email),
            dsl::name.eq(&invitation.name),
            dsl::role.eq(grant.role.code()),
            dsl::scope.eq(grant.scope.code()),
            dsl::scope_id.eq(Id(grant.scope.id(grant.organisation_id))),
            dsl::group_code.eq(&grant.group),
            dsl::body.eq(&grant.body),
            dsl::token_hash.eq(token_hash),
            dsl::expires_at.eq(Instant(invitation.expires_at)),
        ))
        .execute(db)?;
    Ok(())
}

/// The invitation behind a link, while it can be taken up.
///
/// # Errors
/// If the database fails.
pub fn find_invitation(db: &mut Db, token_hash: &str, now: Timestamp) -> Result<Option<StaffInvitation>, StoreError> {
    let row: Option<InvitationRow> = staff_invitations::table
        .filter(staff_invitations::token_hash.eq(token_hash))
        .filter(staff_invitations::answered_at.is_null())
        .filter(staff_invitations::expires_at.gt(Instant(now)))
        .get_result(db)
        .optional()?;
    row.map(invitation).transpose()
}

/// Invitations of a body that nobody has taken up yet, expired ones too.
///
/// # Errors
/// If the database fails.
pub fn open_invitations(db: &mut Db, organisation: Uuid) -> Result<Vec<StaffInvitation>, StoreError> {
    let rows: Vec<InvitationRow> = staff_invitations::table
        .filter(staff_invitations::organisation_id.eq(Id(organisation)))
        .filter(staff_invitations::answered_at.is_null())
        .order(staff_invitations::id)
        .load(db)?;
    rows.into_iter().map(invitation).collect()
}

/// Uses an invitation up, by taking it up or by withdrawing it.
///
/// # Errors
/// If the database fails.
pub fn answer_invitation(db: &mut Db, organisation: Uuid, id: Uuid, now: Timestamp) -> Result<Saved, StoreError> {
    let open =
        staff_invitations::table.find((Id(organisation), Id(id))).filter(staff_invitations::answered_at.is_null());
    Ok(Saved::of(diesel::update(open).set(staff_invitations::answered_at.eq(Some(Instant(now)))).execute(db)?))
}

fn grant(row: Row) -> Result<Grant, StoreError> {
    let (organisation_id, id, account_id, role, scope, scope_id, group, body, _) = row;
    let corrupt = |column| StoreError::Corrupt { table: "grants", column };
    Ok(Grant {
        organisation_id: organisation_id.0,
        id: id.0,
        account_id: account_id.0,
        role: Role::from_code(&role).ok_or_else(|| corrupt("role"))?,
        scope: Scope::from_parts(&scope, scope_id.0).ok_or_else(|| corrupt("scope"))?,
        group,
        body,
    })
}

fn invitation(row: InvitationRow) -> Result<StaffInvitation, StoreError> {
    let (organisation, id, email, name, role, scope, scope_id, group, body, _, expires_at, answered_at) = row;
    let granted = (organisation, id, Id(Uuid::nil()), role, scope, scope_id, group, body, expires_at);
    Ok(StaffInvitation {
        grant: grant(granted)?,
        email,
        name,
        expires_at: expires_at.0,
        answered_at: answered_at.map(|at| at.0),
    })
}
