// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How are columns called where names may hold letters, digits and underscores only, each once whatever its case?

use std::collections::BTreeSet;

/// Bytes of the longest name that SPSS takes.
const LONGEST: usize = 64;

/// A name for each column, close to its own.
pub fn distinct<'a>(columns: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for column in columns {
        let wanted = allowed(column);
        let numbered = |number: usize| if number == 1 { wanted.clone() } else { format!("{wanted}_{number}") };
        let most = taken.len() + 1;
        let free = (1..=most).map(numbered).find(|name| taken.insert(name.to_ascii_uppercase()));
        names.extend(free);
    }
    names
}

fn allowed(column: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
    let name: String = column.chars().map(letter).take(LONGEST - 8).collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("v{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let names = distinct(["FC1a", "FC-1a", "fc_1a", "1", "", &"x".repeat(300)].into_iter());
        assert_eq!(names[..5], ["FC1a", "FC_1a", "fc_1a_2", "v1", "v"]);
        assert_eq!(names[5].len(), 56);
    }
}
