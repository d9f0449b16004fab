// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which municipalities and regions are there, by their ISTAT codes and by their names?

use std::fmt;

use jiff::civil::Date;

use super::folding::folded;

/// The ISTAT code of a region: two digits, `08`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegionCode(String);

/// The ISTAT code of a municipality: six digits, of which the first three are those of its province, `099014`.
///
/// Codes of municipalities that no longer exist are not given to others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MunicipalityCode(String);

/// Why characters are not a code of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlaceCodeError {
    /// A character that is no digit.
    #[error("the code has digits only, not {0:?}")]
    Character(char),
    /// Too few digits: as a rule, a program took the code for a number and left out the zeros before it.
    #[error("the code has {digits} digits, not {found}: zeros before it were left out")]
    TooShort {
        /// Digits a code has.
        digits: usize,
        /// Digits found.
        found: usize,
    },
    /// Too many digits.
    #[error("the code has {digits} digits, not {found}")]
    TooLong {
        /// Digits a code has.
        digits: usize,
        /// Digits found.
        found: usize,
    },
    /// Zeros only.
    #[error("no place has the code of zeros")]
    Zero,
}

impl PlaceCodeError {
    /// The stable code, by which pages find their words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Character(_) => "character",
            Self::TooShort { .. } => "too-short",
            Self::TooLong { .. } => "too-long",
            Self::Zero => "zero",
        }
    }
}

impl RegionCode {
    /// Reads a code of two digits.
    ///
    /// # Errors
    /// If it is no such code.
    pub fn parse(typed: &str) -> Result<Self, PlaceCodeError> {
        digits(typed, 2).map(Self)
    }

    /// The two digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl MunicipalityCode {
    /// Reads a code of six digits.
    ///
    /// # Errors
    /// If it is no such code.
    pub fn parse(typed: &str) -> Result<Self, PlaceCodeError> {
        digits(typed, 6).map(Self)
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn digits(typed: &str, digits: usize) -> Result<String, PlaceCodeError> {
    let code = typed.trim();
    match code.chars().find(|digit| !digit.is_ascii_digit()) {
        Some(letter) => Err(PlaceCodeError::Character(letter)),
        None if code.len() < digits => Err(PlaceCodeError::TooShort { digits, found: code.len() }),
        None if code.len() > digits => Err(PlaceCodeError::TooLong { digits, found: code.len() }),
        None if code.bytes().all(|digit| digit == b'0') => Err(PlaceCodeError::Zero),
        None => Ok(code.to_owned()),
    }
}

/// A region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// ISTAT code.
    pub code: RegionCode,
    /// Name as published, in two languages where it has two: `Trentino-Alto Adige/Südtirol`.
    pub name: String,
}

/// A municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// ISTAT code.
    pub code: MunicipalityCode,
    /// Name in Italian.
    pub name: String,
    /// Name in another official language, where there is one.
    pub other_name: Option<String>,
    /// The two letters of its province, which may be empty.
    pub province: String,
    /// ISTAT code of its region.
    pub region_code: RegionCode,
}

impl Municipality {
    /// The name in all its languages: `Bolzano/Bozen`.
    #[must_use]
    pub fn full_name(&self) -> String {
        self.other_name.as_ref().map_or_else(|| self.name.clone(), |other| format!("{}/{other}", self.name))
    }
}

/// All municipalities and regions on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceList {
    /// Day on which the list was valid.
    pub as_of: Date,
    /// Where it comes from, as it is to be named.
    pub source: String,
    /// Regions, by code.
    regions: Vec<Region>,
    /// Municipalities, by code.
    municipalities: Vec<Municipality>,
    /// Names to search by, folded, and the position of their municipality: Italian names first.
    names: Vec<(String, usize)>,
}

impl PlaceList {
    /// A list; of places with the same code, the first is kept.
    #[must_use]
    pub fn new(as_of: Date, source: String, mut regions: Vec<Region>, mut municipalities: Vec<Municipality>) -> Self {
        regions.sort_by(|one, other| one.code.cmp(&other.code));
        regions.dedup_by(|later, first| later.code == first.code);
        municipalities.sort_by(|one, other| one.code.cmp(&other.code));
        municipalities.dedup_by(|later, first| later.code == first.code);
        let names = municipalities.iter().enumerate().flat_map(|(place, municipality)| names(municipality, place));
        Self { names: names.collect(), as_of, source, regions, municipalities }
    }

    /// The regions, by code.
    #[must_use]
    pub fn regions(&self) -> &[Region] {
        &self.regions
    }

    /// The municipalities, by code.
    #[must_use]
    pub fn municipalities(&self) -> &[Municipality] {
        &self.municipalities
    }

    /// The region with this code.
    #[must_use]
    pub fn region(&self, code: &RegionCode) -> Option<&Region> {
        let place = self.regions.binary_search_by(|region| region.code.cmp(code)).ok()?;
        self.regions.get(place)
    }

    /// The municipality with this code.
    #[must_use]
    pub fn municipality(&self, code: &MunicipalityCode) -> Option<&Municipality> {
        let place = self.municipalities.binary_search_by(|municipality| municipality.code.cmp(code)).ok()?;
        self.municipalities.get(place)
    }

    /// Municipalities with these words in a name, `most` at most: first those whose whole name it is, then those whose
    /// name begins with it, then those in which a word begins with it; each by name. Accents and case do not matter.
    #[must_use]
    pub fn search(&self, words: &str, most: usize) -> Vec<&Municipality> {
        let words = folded(words);
        if words.is_empty() {
            return Vec::new();
        }
        let rank = |(name, place): &(String, usize)| Some((rank(name, &words)?, name.len(), *place));
        let mut found: Vec<_> = self.names.iter().filter_map(rank).collect();
        found.sort_unstable();
        let mut places: Vec<usize> = Vec::new();
        for (_, _, place) in found {
            if places.len() < most && !places.contains(&place) {
                places.push(place);
            }
        }
        places.into_iter().filter_map(|place| self.municipalities.get(place)).collect()
    }
}

/// The names of a municipality by which it is searched.
fn names(municipality: &Municipality, place: usize) -> impl Iterator<Item = (String, usize)> {
    let full = municipality.other_name.as_ref().map(|_| municipality.full_name());
    let names = [Some(&municipality.name), municipality.other_name.as_ref(), full.as_ref()];
    names.map(|name| name.map(|name| (folded(name), place))).into_iter().flatten()
}

/// How well a name fits the words: the less, the better.
fn rank(name: &str, words: &str) -> Option<u8> {
    let rest = name.strip_prefix(words);
    match rest {
        Some("") => Some(0),
        Some(rest) if rest.starts_with(' ') => Some(1),
        Some(_) => Some(2),
        None => name.contains(&format!(" {words}")).then_some(3),
    }
}

/// What a new list changes, each by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceChanges {
    /// Municipalities whose code the old list does not have.
    pub added: Vec<Municipality>,
    /// Municipalities with another name, in one language or the other.
    pub renamed: Vec<PlaceChange>,
    /// Municipalities of another province or region under the same code; they may be among the renamed too.
    pub moved: Vec<PlaceChange>,
    /// Municipalities whose code the new list does not have. Their codes are not given to others.
    pub removed: Vec<Municipality>,
}

/// A municipality before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceChange {
    /// As the old list has it.
    pub before: Municipality,
    /// As the new list has it.
    pub after: Municipality,
}

impl PlaceChanges {
    /// Whether nothing changes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty() && self.renamed.is_empty() && self.moved.is_empty() && self.removed.is_empty()
    }
}

/// What changes if `new` takes the place of `old`.
#[must_use]
pub fn compare(old: &PlaceList, new: &PlaceList) -> PlaceChanges {
    let mut changes = PlaceChanges::default();
    for after in &new.municipalities {
        let Some(before) = old.municipality(&after.code) else {
            changes.added.push(after.clone());
            continue;
        };
        let change = || PlaceChange { before: before.clone(), after: after.clone() };
        if (&before.name, &before.other_name) != (&after.name, &after.other_name) {
            changes.renamed.push(change());
        }
        if (&before.province, &before.region_code) != (&after.province, &after.region_code) {
            changes.moved.push(change());
        }
    }
    let removed = old.municipalities.iter().filter(|before| new.municipality(&before.code).is_none());
    changes.removed.extend(removed.cloned());
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn municipality(code: &str, name: &str, other: Option<&str>) -> Municipality {
        Municipality {
            code: MunicipalityCode::parse(code).unwrap(),
            name: name.to_owned(),
            other_name: other.map(str::to_owned),
            province: String::new(),
            region_code: RegionCode::parse("04").unwrap(),
        }
    }

    fn list() -> PlaceList {
        let regions = ["08", "04"].map(|code| Region { code: RegionCode::parse(code).unwrap(), name: code.to_owned() });
        let municipalities = vec![
            municipality("040012", "Forlì", None),
            municipality("021008", "Bolzano", Some("Bozen")),
            municipality("024014", "Bolzano Vicentino", None),
            municipality("063056", "Forio", None),
            municipality("040013", "Forlimpopoli", None),
            municipality("021051", "Monguelfo-Tesido", Some("Welsberg-Taisten")),
        ];
        PlaceList::new(Date::constant(2025, 1, 1), "ISTAT".to_owned(), regions.into(), municipalities)
    }

    fn found(words: &str) -> Vec<String> {
        list().search(words, 10).into_iter().map(Municipality::full_name).collect()
    }

    #[test]
    fn codes_have_their_digits_and_keep_their_zeros() {
        assert_eq!(MunicipalityCode::parse(" 001001 ").unwrap().as_str(), "001001");
        assert_eq!(MunicipalityCode::parse("1001"), Err(PlaceCodeError::TooShort { digits: 6, found: 4 }));
        assert_eq!(MunicipalityCode::parse("0010011"), Err(PlaceCodeError::TooLong { digits: 6, found: 7 }));
        assert_eq!(MunicipalityCode::parse("A12345"), Err(PlaceCodeError::Character('A')));
        assert_eq!(MunicipalityCode::parse("000000"), Err(PlaceCodeError::Zero));
        assert_eq!(RegionCode::parse("08").unwrap().to_string(), "08");
        assert_eq!(RegionCode::parse(""), Err(PlaceCodeError::TooShort { digits: 2, found: 0 }));
    }

    #[test]
    fn places_are_found_by_code() {
        let list = list();
        assert_eq!(list.municipality(&MunicipalityCode::parse("040012").unwrap()).unwrap().name, "Forlì");
        assert_eq!(list.municipality(&MunicipalityCode::parse("040099").unwrap()), None);
        assert_eq!(list.region(&RegionCode::parse("08").unwrap()).unwrap().name, "08");
        let codes: Vec<&str> = list.regions().iter().map(|region| region.code.as_str()).collect();
        assert_eq!((codes, list.municipalities().len()), (vec!["04", "08"], 6));
    }

    #[test]
    fn places_are_found_by_name_whatever_the_accents_and_the_language() {
        assert_eq!(found("forli"), ["Forlì", "Forlimpopoli"]);
        assert_eq!(found("FORLI'"), ["Forlì", "Forlimpopoli"]);
        assert_eq!(found("bolzano"), ["Bolzano/Bozen", "Bolzano Vicentino"]);
        assert_eq!(found("Bolzano/Bozen"), ["Bolzano/Bozen"]);
        assert_eq!(found("bozen"), ["Bolzano/Bozen"]);
        assert_eq!(found("taisten"), ["Monguelfo-Tesido/Welsberg-Taisten"]);
        assert_eq!(found("vicen"), ["Bolzano Vicentino"]);
        assert_eq!((found(" "), found("Atlantide")), (vec![], vec![]));
        assert_eq!(list().search("for", 1).len(), 1);
    }

    #[test]
    fn of_two_places_with_one_code_the_first_is_kept() {
        let twice = vec![municipality("040012", "Forlì", None), municipality("040012", "Altra", None)];
        let list = PlaceList::new(Date::constant(2025, 1, 1), String::new(), Vec::new(), twice);
        assert_eq!(list.municipalities().len(), 1);
        assert_eq!(list.municipalities()[0].name, "Forlì");
    }

    #[test]
    fn a_new_list_says_what_it_adds_renames_moves_and_removes() {
        let old = list();
        let mut places = old.municipalities().to_vec();
        places.retain(|municipality| municipality.name != "Forio");
        for municipality in &mut places {
            if municipality.name == "Bolzano" {
                municipality.other_name = Some("Bozen-Neu".to_owned());
            }
            if municipality.name == "Forlì" {
                municipality.province = "FC".to_owned();
            }
        }
        places.push(municipality("040099", "Nuova", None));
        let new = PlaceList::new(Date::constant(2026, 1, 1), "ISTAT".to_owned(), old.regions().to_vec(), places);
        let changes = compare(&old, &new);
        let names = |found: &[Municipality]| found.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        let after = |found: &[PlaceChange]| found.iter().map(|one| one.after.full_name()).collect::<Vec<_>>();
        assert_eq!((names(&changes.added), names(&changes.removed)), (vec!["Nuova".into()], vec!["Forio".into()]));
        assert_eq!(after(&changes.renamed), ["Bolzano/Bozen-Neu"]);
        assert_eq!(after(&changes.moved), ["Forlì"]);
        assert!(!changes.is_empty() && compare(&old, &old).is_empty());
    }
}
