// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which constants does a profile file set?

use std::collections::BTreeMap;

use toml::{Table, Value};

use crate::domain::framework::{Framework, Pillar};
use crate::domain::profile::{Profile, ProfileError, Unit, Voice};

use super::problem::{Problem, ProblemCode, Problems};

/// The keys of profile files.
const KEYS: [&str; 17] = [
    "min_answered_share",
    "min_answered_abs",
    "k_show",
    "k_calc",
    "k_dist",
    "voice",
    "unit",
    "mid",
    "bands",
    "alpha_level",
    "agree_min",
    "bootstrap_draws",
    "permutations",
    "essential_groups",
    "group_weights",
    "indicator_weights",
    "pillar_weights",
];

/// Reads a profile: what is absent has its default; codes are checked against `framework`.
///
/// # Errors
/// Every problem found: an unknown key, a value of the wrong type or out of range, a code nobody knows.
pub fn read_profile(text: &str, file: &str, framework: &Framework) -> Result<Profile, Problems> {
    let mut reader = Reader { file, problems: Problems::default(), profile: Profile::default() };
    match text.trim_start_matches('\u{feff}').parse::<Table>() {
        Ok(table) => table.iter().for_each(|(key, value)| reader.key(key, value)),
        Err(error) => {
            let line = error.span().map(|span| line_of(text, span.start));
            reader.problem(ProblemCode::NotToml, None, error.message().to_owned(), "write it as TOML");
            if let Some(problem) = reader.problems.errors.last_mut() {
                problem.line = line;
            }
        }
    }
    if !reader.problems.stops() {
        let checks = [reader.profile.check(), reader.profile.check_codes(framework)];
        checks.into_iter().filter_map(Result::err).flatten().for_each(|error| reader.refuse(&error));
    }
    if reader.problems.stops() { Err(reader.problems) } else { Ok(reader.profile) }
}

struct Reader<'a> {
    file: &'a str,
    problems: Problems,
    profile: Profile,
}

impl Reader<'_> {
    fn key(&mut self, key: &str, value: &Value) {
        match key {
            "min_answered_share" | "mid" | "alpha_level" | "agree_min" => self.share(key, value),
            "min_answered_abs" | "k_show" | "k_calc" | "k_dist" | "bootstrap_draws" | "permutations" => {
                self.count(key, value);
            }
            "voice" | "unit" => self.word(key, value),
            "bands" => self.bands(value),
            "essential_groups" => self.essential(value),
            "group_weights" | "indicator_weights" | "pillar_weights" => self.weights(key, value),
            unknown => self.unknown(unknown),
        }
    }

    fn share(&mut self, key: &str, value: &Value) {
        let Some(number) = number(value) else { return self.wrong(key, "a number") };
        let place = match key {
            "min_answered_share" => &mut self.profile.min_answered_share,
            "mid" => &mut self.profile.mid,
            "alpha_level" => &mut self.profile.alpha_level,
            _ => &mut self.profile.agree_min,
        };
        *place = number;
    }

    fn count(&mut self, key: &str, value: &Value) {
        let Some(number) = value.as_integer() else { return self.wrong(key, "a whole number") };
        let Ok(number) = u32::try_from(number) else {
            return self.problem(
                ProblemCode::BadValue,
                Some(key),
                format!("is {number}"),
                "use a whole number in the range of this key",
            );
        };
        let place = match key {
            "min_answered_abs" => &mut self.profile.min_answered_abs,
            "k_show" => &mut self.profile.k_show,
            "k_calc" => &mut self.profile.k_calc,
            "k_dist" => &mut self.profile.k_dist,
            "bootstrap_draws" => &mut self.profile.bootstrap_draws,
            _ => &mut self.profile.permutations,
        };
        *place = number;
    }

    fn word(&mut self, key: &str, value: &Value) {
        let word = value.as_str().unwrap_or_default();
        if key == "voice" {
            match Voice::from_code(word) {
                Some(voice) => self.profile.voice = voice,
                None => self.wrong(key, "equal, head, population or participatory"),
            }
        } else {
            match Unit::from_code(word) {
                Some(unit) => self.profile.unit = unit,
                None => self.wrong(key, "respondent or organisation"),
            }
        }
    }

    fn bands(&mut self, value: &Value) {
        let limits: Option<Vec<_>> = value.as_array().and_then(|limits| limits.iter().map(number).collect());
        match limits.as_deref() {
            Some([one, other]) => self.profile.bands = [one.min(*other), one.max(*other)],
            Some(_) | None => self.wrong("bands", "a list of two limits"),
        }
    }

    fn essential(&mut self, value: &Value) {
        let codes: Option<_> =
            value.as_array().and_then(|codes| codes.iter().map(|code| code.as_str().map(str::to_owned)).collect());
        match codes {
            Some(codes) => self.profile.essential_groups = codes,
            None => self.wrong("essential_groups", "a list of group codes"),
        }
    }

    fn weights(&mut self, key: &str, value: &Value) {
        let Some(table) = value.as_table() else { return self.wrong(key, "a table of weights by code") };
        let mut weights = BTreeMap::new();
        for (code, weight) in table {
            match number(weight) {
                Some(weight) => drop(weights.insert(code.clone(), weight)),
                None => self.wrong(&format!("{key}.{code}"), "a number"),
            }
        }
        match key {
            "group_weights" => self.profile.group_weights = weights,
            "indicator_weights" => self.profile.indicator_weights = weights,
            _ => self.pillars(weights),
        }
    }

    fn pillars(&mut self, weights: BTreeMap<String, f64>) {
        for (code, weight) in weights {
            match Pillar::ALL.into_iter().find(|pillar| pillar.code() == code) {
                Some(pillar) => drop(self.profile.pillar_weights.insert(pillar, weight)),
                None => self.problem(
                    ProblemCode::UnknownKey,
                    Some(&format!("pillar_weights.{code}")),
                    "is no pillar".to_owned(),
                    "use facilitators, obstacles and results",
                ),
            }
        }
    }

    fn unknown(&mut self, key: &str) {
        let nearest =
            KEYS.into_iter().min_by_key(|known| distance(known, key)).filter(|known| distance(known, key) <= 4);
        let meant = nearest.map_or(String::new(), |known| format!("; did you mean `{known}`?"));
        self.problem(
            ProblemCode::UnknownKey,
            Some(key),
            format!("profiles have no such key{meant}"),
            "correct or remove it",
        );
    }

    fn wrong(&mut self, key: &str, wanted: &str) {
        self.problem(ProblemCode::WrongType, Some(key), format!("must be {wanted}"), "correct or remove it");
    }

    fn refuse(&mut self, error: &ProfileError) {
        let key = error.key().to_owned();
        self.problem(ProblemCode::BadValue, Some(&key), error.to_string(), "correct or remove it");
    }

    fn problem(&mut self, code: ProblemCode, key: Option<&str>, what: String, remedy: &'static str) {
        let column = key.map(str::to_owned);
        self.problems.error(Problem { code, file: self.file.to_owned(), line: None, column, what, remedy });
    }
}

fn number(value: &Value) -> Option<f64> {
    let whole = || value.as_integer().and_then(|whole| i32::try_from(whole).ok()).map(f64::from);
    value.as_float().or_else(whole)
}

fn line_of(text: &str, byte: usize) -> u64 {
    let before = text.bytes().take(byte).filter(|letter| *letter == b'\n').count();
    u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1)
}

/// Letters to change, add or remove to turn one word into the other (Levenshtein 1966).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (index, letter) in one.chars().enumerate() {
        let mut diagonal = index;
        let mut left = index + 1;
        for (place, second) in row.iter_mut().zip(std::iter::once(None).chain(other.chars().map(Some))) {
            let above = *place;
            *place =
                second.map_or(left, |second| (diagonal + usize::from(second != letter)).min(above + 1).min(left + 1));
            diagonal = above;
            left = *place;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Profile, Problems> {
        let framework = crate::scoring::samples::framework(&[1, 2, 3, 4, 5], &[("F1", &[("F1a", false)])]);
        read_profile(text, "profile.toml", &framework)
    }

    fn said(text: &str) -> Vec<String> {
        read(text).unwrap_err().errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_empty_profile_is_the_default() {
        assert_eq!(read(""), Ok(Profile::default()));
    }

    #[test]
    fn a_written_profile_is_read_again_to_the_last_digit() {
        let mut profile = Profile { min_answered_share: 1.0 / 3.0, bands: [40.1, 75.0], ..Profile::default() };
        profile.essential_groups.insert("PUB".to_owned());
        profile.group_weights.insert("CIV".to_owned(), 0.1 + 0.2);
        profile.indicator_weights.insert("F1".to_owned(), 1.0 / 7.0);
        profile.pillar_weights.extend(Pillar::ALL.into_iter().zip([1.0, 1e-7, 0.0]));
        for profile in [profile, Profile::default()] {
            let again = read(&crate::domain::profile_file::profile_file(&profile)).unwrap();
            assert_eq!((again.sha256(), &again), (profile.sha256(), &profile));
        }
    }

    #[test]
    fn every_key_can_be_set() {
        let profile = read(
            "min_answered_share = 0.6\nmin_answered_abs = 1\nk_show = 6\nk_calc = 4\nk_dist = 12\nmid = 5\n\
             bands = [75, 40]\nalpha_level = 0.1\nagree_min = 0.7\nbootstrap_draws = 500\npermutations = 5000\n\
             voice = 'participatory'\nunit = 'organisation'\nessential_groups = ['PUB']\n\
             [group_weights]\nPUB = 1\nCIV = 0.5\n[indicator_weights]\nF1 = 2\n[pillar_weights]\nresults = 3\n",
        )
        .unwrap();
        assert_eq!((profile.k_show, profile.k_calc, profile.k_dist), (6, 4, 12));
        assert_eq!(profile.bands.map(f64::to_bits), [40.0_f64, 75.0].map(f64::to_bits));
        assert_eq!(profile.voice, Voice::Participatory);
        assert_eq!(profile.pillar_weights.get(&Pillar::Results), Some(&3.0));
    }

    #[test]
    fn each_problem_names_its_key() {
        let all =
            said("k_shwo = 5\nmid = 'ten'\nk_calc = -1\nbands = [50]\nvoice = 'loud'\n[pillar_weights]\njoy = 1\n");
        assert_eq!(all.len(), 6);
        assert!(all.iter().any(|one| one.contains("“k_shwo”") && one.contains("`k_show`")));
        assert!(all.iter().any(|one| one.contains("“mid”: must be a number")));
        assert!(all.iter().any(|one| one.contains("pillar_weights.joy")));
        assert!(said("k_show = 2")[0].contains("`k_show` is 2; it must be from 3 to 1000"));
        assert!(said("essential_groups = ['XX']")[0].contains("XX"));
    }

    #[test]
    fn what_is_not_toml_names_its_line() {
        let problems = read("k_show = 5\nk_calc = = 3\n").unwrap_err();
        assert_eq!((problems.errors[0].code, problems.errors[0].line), (ProblemCode::NotToml, Some(2)));
    }

    #[test]
    fn distances_between_words() {
        assert_eq!((distance("", "abc"), distance("k_show", "k_shwo"), distance("mid", "mid")), (3, 2, 0));
    }
}
