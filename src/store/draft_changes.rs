// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The two changes of a draft that every respondent makes, written out: the query builder has each of its updates prepared
//! anew, these are prepared once a connection.

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, Integer, Text};
use diesel::{QueryResult, RunQueryDsl};

use super::types::{Id, Key};

/// Saves the answers of a draft that can be filled in.
pub(super) struct Saving<'a> {
    /// Body and draft.
    pub draft: (Id, Id),
    /// What was answered, as stored.
    pub answers: &'a str,
    /// Last page that was left.
    pub reached: i32,
    /// Codes of the standings in which a draft can be filled in.
    pub fillable: [&'static str; 2],
}

/// Gives a draft that has none its receipt.
pub(super) struct Submitting<'a> {
    /// Body and draft.
    pub draft: (Id, Id),
    /// The receipt code.
    pub receipt: &'a str,
    /// Code of the standing it then has.
    pub standing: &'static str,
}

macro_rules! prepared_once {
    ($change:ident) => {
        impl QueryId for $change<'_> {
            type QueryId = $change<'static>;

            const HAS_STATIC_QUERY_ID: bool = true;
        }

        impl<C> RunQueryDsl<C> for $change<'_> {}
    };
}
prepared_once!(Saving);
prepared_once!(Submitting);

impl<DB> QueryFragment<DB> for Saving<'_>
where
    DB: Backend + HasSqlType<Key>,
    Id: ToSql<Key, DB>,
    str: ToSql<Text, DB>,
    i32: ToSql<Integer, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE drafts SET answers = ");
        out.push_bind_param::<Text, _>(self.answers)?;
        out.push_sql(", reached = ");
        out.push_bind_param::<Integer, _>(&self.reached)?;
        out.push_sql(" WHERE organisation_id = ");
        out.push_bind_param::<Key, _>(&self.draft.0)?;
        out.push_sql(" AND id = ");
        out.push_bind_param::<Key, _>(&self.draft.1)?;
        let [one, other] = self.fillable;
        out.push_sql(" AND (standing = ");
        out.push_bind_param::<Text, _>(one)?;
        out.push_sql(" OR standing = ");
        out.push_bind_param::<Text, _>(other)?;
        out.push_sql(")");
        Ok(())
    }
}

impl<DB> QueryFragment<DB> for Submitting<'_>
where
    DB: Backend + HasSqlType<Key>,
    Id: ToSql<Key, DB>,
    str: ToSql<Text, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE drafts SET receipt = ");
        out.push_bind_param::<Text, _>(self.receipt)?;
        out.push_sql(", standing = ");
        out.push_bind_param::<Text, _>(self.standing)?;
        out.push_sql(" WHERE organisation_id = ");
        out.push_bind_param::<Key, _>(&self.draft.0)?;
        out.push_sql(" AND id = ");
        out.push_bind_param::<Key, _>(&self.draft.1)?;
        out.push_sql(" AND receipt IS NULL");
        Ok(())
    }
}
