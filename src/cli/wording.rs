// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme check --wording`: how do the items read in Italian? Never a reason to refuse a framework.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::catalogue;
use crate::domain::framework::Framework;
use crate::domain::readability::{HARD_BELOW, ItemReading, WordingWarning, of_framework};

/// Says for every framework that can be read which items are worth a second look, and how many read hard.
pub(super) fn run(paths: &[PathBuf], out: &mut impl Write) -> io::Result<()> {
    let default = [PathBuf::from(super::check::DEFAULT_FOLDER)];
    let paths = if paths.is_empty() { &default } else { paths };
    for path in paths.iter().flat_map(|path: &PathBuf| catalogue::find(Path::new(path))) {
        if let Ok(loaded) = catalogue::load(&path) {
            tell(&loaded.framework, out)?;
        }
    }
    Ok(())
}

fn tell(framework: &Framework, out: &mut impl Write) -> io::Result<()> {
    let readings = of_framework(framework);
    for ItemReading { code, language, warnings, .. } in readings.iter().filter(|one| !one.warnings.is_empty()) {
        let told: Vec<String> = warnings.iter().map(in_words).collect();
        writeln!(out, "{} {} {code} ({language}): {}", framework.id, framework.version, told.join("; "))?;
    }
    let hard = |one: &&ItemReading<'_>| one.index.is_some_and(|index| index < HARD_BELOW);
    let (hard, all) = (readings.iter().filter(hard).count(), readings.len());
    writeln!(
        out,
        "{} {}: {hard} of {all} wordings in Italian have a Gulpease index below 60",
        framework.id, framework.version
    )
}

fn in_words(warning: &WordingWarning) -> String {
    match warning {
        WordingWarning::Hard(index) => format!("hard to read, Gulpease {:.0}", index.floor()),
        WordingWarning::Negation(word) => format!("negates (“{word}”)"),
        WordingWarning::Absolute(word) => format!("leaves no room (“{word}”)"),
        WordingWarning::TwoIdeas(word) => format!("may join two ideas (“{word}”)"),
        WordingWarning::Long(words) => format!("{words} words, more than about 17"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_worth_a_second_look_are_told_with_the_reason() {
        let mut out = Vec::new();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators");
        run(&[folder], &mut out).expect("a vector takes everything");
        let told = String::from_utf8(out).expect("text");
        assert!(told.contains("pratiche-collaborative 1.0.0 FC2a (it): hard to read, Gulpease 50\n"), "{told}");
        assert!(told.contains("FO4a (it): may join two ideas (“o”)"), "{told}");
        assert!(told.lines().last().is_some_and(|line| line.contains("of 75 wordings in Italian")), "{told}");
    }
}
