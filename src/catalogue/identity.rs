// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! By what is a framework version known, however its files are laid out?

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::domain::framework::Framework;

/// The SHA-256 of the framework's canonical form, as 64 lower-case hexadecimal digits.
///
/// It does not depend on how the texts are spread over files, on comments, on formatting or on the order of keys inside
/// a table. It changes with every word, code, number and with the order of tables and lists. See [`canonical`].
#[must_use]
pub fn sha256(framework: &Framework) -> String {
    let digest = Sha256::digest(canonical(framework));
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// The canonical form: the framework as JSON in UTF-8, keys in the order of their bytes, no white space.
///
/// A key whose value is `null`, `false` or an empty list is left out, so that an optional key added to the format later
/// does not change the identity of what was written before it.
#[must_use]
pub fn canonical(framework: &Framework) -> String {
    let mut text = String::new();
    // A framework holds nothing but tables, lists, texts, finite numbers and true or false: this conversion cannot fail.
    write(&serde_json::to_value(framework).unwrap_or_default(), &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().filter(|(_, value)| says_something(value)).collect();
            entries.sort_unstable_by_key(|(key, _)| key.as_str());
            enclose('{', entries, '}', text, |(key, value), text| {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(value, text);
            });
        }
        Value::Array(list) => enclose('[', list, ']', text, write),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => text.push_str(&value.to_string()),
    }
}

fn enclose<T>(
    open: char,
    parts: impl IntoIterator<Item = T>,
    close: char,
    text: &mut String,
    write_part: impl Fn(T, &mut String),
) {
    text.push(open);
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        write_part(part, text);
    }
    text.push(close);
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Array(list) => !list.is_empty(),
        Value::Object(_) | Value::Number(_) | Value::String(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::framework::{Measure, MeasureKind, StakeholderGroup};
    use crate::domain::goalposts::Goalposts;
    use crate::domain::text::Text;

    fn small() -> Framework {
        Framework {
            id: "small".to_owned(),
            version: "1.0.0".to_owned(),
            title: Text::both("Piccolo “quadro”", "Small"),
            groups: vec![StakeholderGroup { code: "A".to_owned(), name: Text::both("A\n", "A") }],
            ..Framework::default()
        }
    }

    #[test]
    fn the_canonical_form_is_sorted_json_without_what_says_nothing() {
        let expected = concat!(
            r#"{"groups":[{"code":"A","name":{"en":"A","it":"A\n"}}],"id":"small","license":"","status":"draft","#,
            r#""title":{"en":"Small","it":"Piccolo “quadro”"},"version":"1.0.0"}"#,
        );
        assert_eq!(canonical(&small()), expected);
    }

    #[test]
    fn goalposts_are_part_of_the_canonical_form_and_leave_it_alone_where_there_are_none() {
        let with = |goalposts| {
            let measure = Measure {
                code: "N".to_owned(),
                kind: MeasureKind::Process,
                unit: "days".to_owned(),
                name: Text::both("G", "D"),
                definition: Text::both("G", "D"),
                breakdown_of: None,
                goalposts,
            };
            canonical(&Framework { measures: vec![measure], ..small() })
        };
        let (before, after) = (with(None), with(Goalposts::new(90.0, 12.5)));
        assert!(before.contains(r#"{"code":"N","definition":{"en":"D","it":"G"},"kind":"process","name""#), "{before}");
        let named = r#""definition":{"en":"D","it":"G"},"goalposts":{"best":12.5,"worst":90},"kind""#;
        assert!(after.contains(named), "{after}");
    }

    #[test]
    fn the_hash_is_64_digits_and_changes_with_a_word() {
        let hash = sha256(&small());
        assert_eq!(hash.len(), 64);
        assert!(hash.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit)));
        let other = Framework { title: Text::both("Piccolo quadro", "Small"), ..small() };
        assert_ne!(sha256(&other), hash);
    }
}
