// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Municipalities by their ISTAT codes: those of the newest list, and those that were on an older one.

use diesel::prelude::*;
use jiff::Timestamp;

use super::engine::each_engine;
use super::schema::{municipalities, place_lists};
use super::types::{Instant, day};
use super::{Db, StoreError};
use crate::domain::place::{Municipality, MunicipalityCode, PlaceList, Region, RegionCode};

const TABLE: &str = "municipalities";
/// Rows in one statement: seven parameters each stay well below what either engine takes.
const CHUNK: usize = 500;

/// What is read of a municipality.
macro_rules! columns {
    () => {
        (
            municipalities::code,
            municipalities::name,
            municipalities::other_name,
            municipalities::province,
            municipalities::region_code,
            municipalities::region_name,
        )
    };
}

type Row = (String, String, Option<String>, String, String, String);

/// The newest list, as it was imported; `None` if there is none.
///
/// # Errors
/// If the database fails.
pub fn newest(db: &mut Db) -> Result<Option<PlaceList>, StoreError> {
    let head: Option<(String, String)> = place_lists::table
        .order(place_lists::as_of.desc())
        .select((place_lists::as_of, place_lists::source))
        .first(db)
        .optional()?;
    let Some((as_of, source)) = head else { return Ok(None) };
    let as_of = day(&as_of, "place_lists", "as_of")?;
    let rows: Vec<Row> = municipalities::table
        .filter(municipalities::listed_until.is_null())
        .order(municipalities::code)
        .select(columns!())
        .load(db)?;
    let mut regions = Vec::new();
    let mut found = Vec::new();
    for row in rows {
        let (municipality, region) = read(row)?;
        found.push(municipality);
        regions.push(region);
    }
    Ok(Some(PlaceList::new(as_of, source, regions, found)))
}

/// A municipality, also one that is on no list any more.
///
/// # Errors
/// If the database fails.
pub fn find(db: &mut Db, code: &str) -> Result<Option<(Municipality, Region)>, StoreError> {
    let row: Option<Row> = municipalities::table.find(code).select(columns!()).get_result(db).optional()?;
    row.map(read).transpose()
}

/// Puts a list in the place of the one before; municipalities that it does not have are kept as no longer listed.
///
/// # Errors
/// If the database fails.
pub fn replace(db: &mut Db, list: &PlaceList, sha256: &str, now: Timestamp) -> Result<(), StoreError> {
    use municipalities::dsl;
    let as_of = list.as_of.to_string();
    let known: Vec<(String, String)> = municipalities::table.select((dsl::code, dsl::listed_from)).load(db)?;
    let since: std::collections::HashMap<String, String> = known.into_iter().collect();
    diesel::update(dsl::municipalities.filter(dsl::listed_until.is_null()))
        .set(dsl::listed_until.eq(Some(&as_of)))
        .execute(db)?;
    for chunk in list.municipalities().chunks(CHUNK) {
        let codes: Vec<&str> = chunk.iter().map(|one| one.code.as_str()).collect();
        diesel::delete(dsl::municipalities.filter(dsl::code.eq_any(&codes))).execute(db)?;
        let rows: Vec<_> = chunk
            .iter()
            .map(|one| {
                let region = list.region(&one.region_code).map_or("", |region| region.name.as_str());
                (
                    dsl::code.eq(one.code.as_str()),
                    dsl::name.eq(&one.name),
                    dsl::other_name.eq(one.other_name.as_deref()),
                    dsl::province.eq(&one.province),
                    dsl::region_code.eq(one.region_code.as_str()),
                    dsl::region_name.eq(region),
                    dsl::listed_from.eq(since.get(one.code.as_str()).unwrap_or(&as_of)),
                )
            })
            .collect();
        each_engine!(db, c => diesel::insert_into(dsl::municipalities).values(&rows).execute(c))?;
    }
    diesel::delete(place_lists::table.find(&as_of)).execute(db)?;
    diesel::insert_into(place_lists::table)
        .values((
            place_lists::as_of.eq(&as_of),
            place_lists::source.eq(&list.source),
            place_lists::sha256.eq(sha256),
            place_lists::imported_at.eq(Instant(now)),
        ))
        .execute(db)?;
    Ok(())
}

fn read(
    (code, name, other_name, province, region_code, region_name): Row,
) -> Result<(Municipality, Region), StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: TABLE, column };
    let region_code = RegionCode::parse(&region_code).map_err(|_| corrupt("region_code"))?;
    let code = MunicipalityCode::parse(&code).map_err(|_| corrupt("code"))?;
    let region = Region { code: region_code.clone(), name: region_name };
    Ok((Municipality { code, name, other_name, province, region_code }, region))
}
