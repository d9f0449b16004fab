// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where is a body, where does a project work: municipalities by their ISTAT codes, from a dated list.

use super::{App, Conflict, Refusal, Trial};
use crate::domain::audit::AuditNote;
use crate::domain::field::{FieldProblem, Typed};
use crate::domain::folding::folded;
use crate::domain::place::{Municipality, MunicipalityCode, PlaceChanges, PlaceList, compare};
use crate::intake::PlaceImport;
use crate::store::{self, Db};

/// Names offered where what was typed fits several.
const MOST_OFFERED: usize = 5;

impl App {
    /// Puts a list of places in the place of the newest, or says what that would change.
    ///
    /// # Errors
    /// [`Conflict::OlderList`] if the newest list is of a later day, or a failure of the database.
    pub fn import_places(&self, db: &mut Db, import: &PlaceImport, trial: Trial) -> Result<PlaceChanges, Refusal> {
        let list = &import.list;
        let newest = store::places::newest(db)?;
        if let Some(newest) = newest.as_ref().filter(|newest| newest.as_of > list.as_of) {
            return Err(Conflict::OlderList { newest: newest.as_of }.into());
        }
        let before = newest.unwrap_or_else(|| PlaceList::new(list.as_of, String::new(), Vec::new(), Vec::new()));
        let changes = compare(&before, list);
        if trial == Trial::No {
            store::places::replace(db, list, &import.sha256, self.clock.now())?;
            self.record(
                db,
                AuditNote {
                    organisation: String::new(),
                    actor: "shell".to_owned(),
                    act: "places.import",
                    subject: list.as_of.to_string(),
                    note: import.sha256.clone(),
                },
            )?;
        }
        Ok(changes)
    }

    /// What a municipality is called, with its province and region; its code where no list knows it.
    ///
    /// # Errors
    /// If the database fails.
    pub fn place_name(db: &mut Db, code: Option<&str>) -> Result<Option<String>, Refusal> {
        let Some(code) = code else { return Ok(None) };
        let found = store::places::find(db, code)?;
        Ok(Some(found.map_or_else(
            || code.to_owned(),
            |(municipality, region)| format!("{} · {}", with_province(&municipality), region.name),
        )))
    }
}

/// The code of the municipality typed in the field `municipality`, by its name, its name with the province in brackets, or
/// its code; `None` if nothing was typed.
pub(super) fn municipality(db: &mut Db, typed: &Typed) -> Result<Result<Option<String>, FieldProblem>, Refusal> {
    let text = typed.get("municipality").trim();
    if text.is_empty() {
        return Ok(Ok(None));
    }
    let Some(list) = store::places::newest(db)? else {
        let code = MunicipalityCode::parse(text).map(|code| Some(code.as_str().to_owned()));
        return Ok(code.map_err(|_| FieldProblem::new("municipality", "no-place-list")));
    };
    Ok(find(&list, text).map(|found| Some(found.code.as_str().to_owned())))
}

fn find<'a>(list: &'a PlaceList, text: &str) -> Result<&'a Municipality, FieldProblem> {
    if let Some(found) = MunicipalityCode::parse(text).ok().and_then(|code| list.municipality(&code)) {
        return Ok(found);
    }
    let (name, province) = match text.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end_matches([')', ' ']).trim().to_uppercase()),
        None => (text, String::new()),
    };
    let offered = list.search(name, MOST_OFFERED);
    let same = |one: &&Municipality| {
        let names =
            [Some(&one.name), one.other_name.as_ref(), Some(&one.full_name())].map(|name| name.map(|n| folded(n)));
        names.contains(&Some(folded(name))) && (province.is_empty() || one.province == province)
    };
    let exact: Vec<&Municipality> = offered.iter().copied().filter(|one| same(one)).collect();
    match exact.as_slice() {
        [only] => Ok(only),
        _ if offered.is_empty() => Err(FieldProblem::new("municipality", "place-unknown")),
        _ => {
            let names: Vec<String> = offered.into_iter().map(with_province).collect();
            Err(FieldProblem::new("municipality", "place-several").with("names", names.join(", ")))
        }
    }
}

fn with_province(municipality: &Municipality) -> String {
    match municipality.province.as_str() {
        "" => municipality.full_name(),
        province => format!("{} ({province})", municipality.full_name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::{Region, RegionCode};

    fn list() -> PlaceList {
        let one = |code: &str, name: &str, other: Option<&str>, province: &str| Municipality {
            code: MunicipalityCode::parse(code).unwrap(),
            name: name.to_owned(),
            other_name: other.map(str::to_owned),
            province: province.to_owned(),
            region_code: RegionCode::parse("08").unwrap(),
        };
        let all = vec![
            one("040012", "Forlì", None, "FC"),
            one("021008", "Bolzano", Some("Bozen"), "BZ"),
            one("013130", "Livo", None, "CO"),
            one("022106", "Livo", None, "TN"),
        ];
        let region = Region { code: RegionCode::parse("08").unwrap(), name: "Emilia-Romagna".to_owned() };
        PlaceList::new("2026-01-01".parse().unwrap(), "ISTAT".to_owned(), vec![region], all)
    }

    #[test]
    fn a_municipality_is_found_by_name_by_province_and_by_code() {
        let list = list();
        let found = |text: &str| find(&list, text).map(|one| one.code.as_str().to_owned());
        for text in ["Forlì", "FORLI", "forli (fc)", "040012"] {
            assert_eq!(found(text).as_deref(), Ok("040012"), "{text}");
        }
        assert_eq!(found("bozen").as_deref(), Ok("021008"));
        assert_eq!(found("Bolzano/Bozen").as_deref(), Ok("021008"));
        assert_eq!(found("Livo (TN)").as_deref(), Ok("022106"));
    }

    #[test]
    fn what_fits_several_or_none_is_told() {
        let list = list();
        let told = |text: &str| find(&list, text).unwrap_err();
        let names = "Livo (CO), Livo (TN)";
        assert_eq!(told("Livo"), FieldProblem::new("municipality", "place-several").with("names", names));
        assert_eq!(told("Atlantide"), FieldProblem::new("municipality", "place-unknown"));
        assert_eq!(told("999999"), FieldProblem::new("municipality", "place-unknown"));
    }
}
