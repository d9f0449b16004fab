// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which characters can be printed? What no font has would make a PDF that is not accessible, and is replaced.

use std::collections::BTreeSet;

use serde_json::Value;

/// Stands in the place of a character that no font has.
pub(super) const REPLACEMENT: char = '▯';

/// Makes every text of a document printable: characters that `has` does not know are replaced and noted in `missing`,
/// invisible ones that steer direction or look are left out, and breaks become spaces.
pub(super) fn clean(value: &mut Value, has: &dyn Fn(char) -> bool, missing: &mut BTreeSet<char>) {
    match value {
        Value::String(text) => *text = cleaned(text, has, missing),
        Value::Array(values) => values.iter_mut().for_each(|value| clean(value, has, missing)),
        Value::Object(values) => values.values_mut().for_each(|value| clean(value, has, missing)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn cleaned(text: &str, has: &dyn Fn(char) -> bool, missing: &mut BTreeSet<char>) -> String {
    let printable = text.chars().filter(|c| !is_invisible(*c)).map(|c| {
        if c.is_whitespace() || c.is_control() {
            return if c == '\u{a0}' { c } else { ' ' };
        }
        if has(c) {
            return c;
        }
        missing.insert(c);
        REPLACEMENT
    });
    printable.collect()
}

/// Marks without a shape of their own: direction, joining and variation of look, soft hyphens, tags.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_printed_is_replaced_noted_and_never_steers_the_line() {
        let mut value =
            serde_json::json!({ "a": ["più\nlungo", { "b": "👩\u{200d}👧 \u{202e}gnirts", "c": 1 }], "d": null });
        let mut missing = BTreeSet::new();
        clean(&mut value, &|c| c.is_alphabetic(), &mut missing);
        assert_eq!(value, serde_json::json!({ "a": ["più lungo", { "b": "▯▯ gnirts", "c": 1 }], "d": null }));
        assert_eq!(missing.into_iter().collect::<String>(), "👧👩");
    }
}
