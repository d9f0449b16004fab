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
use crate::domain::translation::{Translation, TranslationState};

const TABLE: &str = "translations";

type Row = (String, String, Json);

/// Every translation of a framework version, by language.
///
/// # Errors
/// If the database fails or a row cannot be read.
pub fn of_framework(db: &mut Db, sha256: &str) -> Result<Vec<Translation>, StoreError> {
    let rows: Vec<Row> = translations::table
        .filter(translations::framework_sha256.eq(sha256))
        .order(translations::language)
        .select((translations::language, translations::state, translations::texts))
        .load(db)?;
    rows.into_iter().map(translation).collect()
}

/// The translation of a framework version into a language.
///
/// # Errors
/// If the database fails or the row cannot be read.
pub fn find(db: &mut Db, sha256: &str, language: &LanguageTag) -> Result<Option<Translation>, StoreError> {
    let row: Option<Row> = translations::table
        .find((sha256, language.code()))
        .select((translations::language, translations::state, translations::texts))
        .get_result(db)
        .optional()?;
    row.map(translation).transpose()
}

/// Puts a translation in the place of the one before, whole.
///
/// # Errors
/// If the database fails.
pub fn replace(db: &mut Db, sha256: &str, translation: &Translation, now: Timestamp) -> Result<(), StoreError> {
    use translations::dsl;
    diesel::delete(dsl::translations.find((sha256, translation.language.code()))).execute(db)?;
    diesel::insert_into(dsl::translations)
        .values((
            dsl::framework_sha256.eq(sha256),
            dsl::language.eq(translation.language.code()),
            dsl::state.eq(translation.state.code()),
            dsl::texts.eq(document(&translation.texts)),
            dsl::imported_at.eq(Instant(now)),
        ))
        .execute(db)?;
    Ok(())
}

fn translation((language, state, texts): Row) -> Result<Translation, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
    let texts: BTreeMap<String, String> = from_document(texts, TABLE, "texts")?;
    Ok(Translation {
        language: LanguageTag::parse(&language).map_err(|_| corrupt("language"))?,
        state: TranslationState::from_code(&state).ok_or(corrupt("state"))?,
        texts,
    })
}
