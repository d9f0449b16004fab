// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What questionnaires say in further languages, beside the framework versions they belong to.

use std::collections::BTreeMap;

use diesel::prelude::*;
use jiff::Timestamp;

use super::schema::translations;
use super::types::{Instant, Json, document, from_document};
use super::{Db, StoreError};
use crate::domain::language_tag::LanguageTag;
use crate::domain::translation::{Translation, TranslationState, Whose};

const TABLE: &str = "translations";

type Row = (String, String, String, Json);

/// The translations of a framework version that a body can choose from, its own and the installation's, by language; for
/// the installation its own only.
///
/// # Errors
/// If the database fails or a row cannot be read.
pub fn of_framework(db: &mut Db, sha256: &str, whose: Whose) -> Result<Vec<(Whose, Translation)>, StoreError> {
    use translations::dsl;
    let rows: Vec<Row> = dsl::translations
        .filter(dsl::organisation.eq(owner(Whose::Installation)).or(dsl::organisation.eq(owner(whose))))
        .filter(dsl::framework_sha256.eq(sha256))
        .order((dsl::language, dsl::organisation))
        .select((dsl::organisation, dsl::language, dsl::state, dsl::texts))
        .load(db)?;
    let own = |row: &Row| if row.0.is_empty() { Whose::Installation } else { whose };
    rows.into_iter().map(|row| Ok((own(&row), translation(row)?))).collect()
}

/// The translation of a framework version into a language that this one has, and no other.
///
/// # Errors
/// If the database fails or the row cannot be read.
pub fn find(
    db: &mut Db,
    (sha256, whose): (&str, Whose),
    language: &LanguageTag,
) -> Result<Option<Translation>, StoreError> {
    use translations::dsl;
    let row: Option<Row> = dsl::translations
        .find((owner(whose), sha256, language.code()))
        .select((dsl::organisation, dsl::language, dsl::state, dsl::texts))
        .get_result(db)
        .optional()?;
    row.map(translation).transpose()
}

/// Puts a translation in the place of the one that this one had before, whole.
///
/// # Errors
/// If the database fails.
pub fn replace(
    db: &mut Db,
    (sha256, whose): (&str, Whose),
    translation: &Translation,
    now: Timestamp,
) -> Result<(), StoreError> {
    use translations::dsl;
    remove(db, (sha256, whose), &translation.language)?;
    diesel::insert_into(dsl::translations)
        .values((
            dsl::organisation.eq(owner(whose)),
            dsl::framework_sha256.eq(sha256),
            dsl::language.eq(translation.language.code()),
            dsl::state.eq(translation.state.code()),
            dsl::texts.eq(document(&translation.texts)),
            dsl::imported_at.eq(Instant(now)),
        ))
        .execute(db)?;
    Ok(())
}

/// Takes a translation away. Says whether there was one.
///
/// # Errors
/// If the database fails.
pub fn remove(db: &mut Db, (sha256, whose): (&str, Whose), language: &LanguageTag) -> Result<bool, StoreError> {
    let removed = diesel::delete(translations::table.find((owner(whose), sha256, language.code()))).execute(db)?;
    Ok(removed > 0)
}

/// How it is written whose a row is.
fn owner(whose: Whose) -> String {
    match whose {
        Whose::Installation => String::new(),
        Whose::Body(organisation) => organisation.simple().to_string(),
    }
}

fn translation((_, language, state, texts): Row) -> Result<Translation, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
    let texts: BTreeMap<String, String> = from_document(texts, TABLE, "texts")?;
    Ok(Translation {
        language: LanguageTag::parse(&language).map_err(|_| corrupt("language"))?,
        state: TranslationState::from_code(&state).ok_or(corrupt("state"))?,
        texts,
    })
}
