// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The texts of a questionnaire as a sheet for whoever translates: one text a row, with the words there are so far.

use super::cell;
use crate::domain::translation::{Translatable, Translation};

/// The columns of the sheet.
const COLUMNS: [&str; 5] = ["key", "context", "it", "en", "translation"];

/// The sheet as CSV: UTF-8 with a mark at its start, semicolons as Italian spreadsheets want them, one text a row.
#[must_use]
pub fn csv(texts: &[Translatable], translation: &Translation) -> String {
    let row = |cells: [&str; 5]| format!("{}\r\n", cells.map(cell).join(";"));
    let mut sheet = format!("\u{feff}{}", row(COLUMNS));
    for one in texts {
        let words = |language| one.text.words_in(language).unwrap_or_default();
        let cells = [&one.key, &one.context, words("it"), words("en"), translation.words(one).unwrap_or_default()];
        sheet.push_str(&row(cells));
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language_tag::LanguageTag;
    use crate::domain::text::Text;
    use crate::intake::{Sheet, read_translation};

    fn texts() -> Vec<Translatable> {
        let text = |key: &str, text: Text| Translatable { key: key.to_owned(), context: "a; \"b\"".to_owned(), text };
        let mut known = Text::both("Sì", "Yes");
        known.put("ro", "Da");
        vec![
            text("item.Fa", Text::both("=1+1", "-x")),
            text("item.Fb", known),
            Translatable::of_page("x", "", Text::both("{ $count ->\n[one] a\n*[other] b\n}", "c")),
        ]
    }

    #[test]
    fn a_sheet_starts_no_formula_and_brings_what_the_framework_says_already() {
        let sheet = csv(&texts(), &Translation::new(LanguageTag::parse("ro").unwrap()));
        let rows: Vec<&str> = sheet.split("\r\n").collect();
        assert_eq!(rows[0], "\u{feff}\"key\";\"context\";\"it\";\"en\";\"translation\"");
        assert_eq!(rows[1], "\"item.Fa\";\"a; \"\"b\"\"\";\"'=1+1\";\"'-x\";\"\"");
        assert_eq!(rows[2], "\"item.Fb\";\"a; \"\"b\"\"\";\"Sì\";\"Yes\";\"Da\"");
    }

    #[test]
    fn what_goes_out_comes_in_again() {
        let mut translation = Translation::new(LanguageTag::parse("ro").unwrap());
        for (key, words) in [("item.Fa", "-unu; \"doi\""), ("page.x", "{ $count ->\n*[other] b\n}")] {
            translation.texts.insert(key.to_owned(), words.to_owned());
        }
        let texts = texts();
        let sheet = csv(&texts, &translation);
        let read = read_translation(sheet.as_bytes(), "ro.csv", Sheet { texts: &texts, is_sentence: |_| true });
        translation.texts.insert("item.Fb".to_owned(), "Da".to_owned());
        assert_eq!(read.unwrap(), translation.texts);
    }
}
