// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme check`: are these framework files sound?

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::catalogue::{self, Loaded, Problem};

/// Where the frameworks are where no path is given.
pub(super) const DEFAULT_FOLDER: &str = "indicators";

/// What came of checking some frameworks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckOutcome {
    /// Every framework can be used: exit code 0. There may be warnings.
    Sound,
    /// At least one cannot: exit code 1.
    Faulty,
}

/// Checks the frameworks at or under the paths, or every version under `indicators/` of the current folder where there
/// are none. Writes each problem on a line of its own, `(warning)` after those that do not refuse the framework, and a
/// summary line for each framework.
///
/// # Errors
/// Whatever `out` refuses.
pub fn run(paths: &[PathBuf], out: &mut impl Write) -> io::Result<CheckOutcome> {
    let default = [PathBuf::from(DEFAULT_FOLDER)];
    let paths = if paths.is_empty() { &default } else { paths };
    let mut outcome = CheckOutcome::Sound;
    for path in paths.iter().flat_map(|path| catalogue::find(path)) {
        if check(&path, out)? == CheckOutcome::Faulty {
            outcome = CheckOutcome::Faulty;
        }
    }
    Ok(outcome)
}

fn check(path: &Path, out: &mut impl Write) -> io::Result<CheckOutcome> {
    match catalogue::load(path) {
        Ok(loaded) => {
            write_problems(&loaded.warnings, out)?;
            writeln!(out, "{}", summary(&loaded))?;
            Ok(CheckOutcome::Sound)
        }
        Err(problems) => {
            write_problems(&problems, out)?;
            let warnings = problems.iter().filter(|problem| problem.code.is_warning()).count();
            let counts =
                [counted(problems.len() - warnings, "problem", "problems"), counted(warnings, "warning", "warnings")];
            writeln!(out, "{}: {}", path.display(), counts.join(", "))?;
            Ok(CheckOutcome::Faulty)
        }
    }
}

fn write_problems(problems: &[Problem], out: &mut impl Write) -> io::Result<()> {
    for problem in problems {
        let mark = if problem.code.is_warning() { " (warning)" } else { "" };
        writeln!(out, "{problem}{mark}")?;
    }
    Ok(())
}

fn summary(loaded: &Loaded) -> String {
    let framework = &loaded.framework;
    let counts = [
        counted(framework.indicators.len(), "indicator", "indicators"),
        counted(framework.items().count(), "item", "items"),
        counted(framework.families.len(), "family", "families"),
        counted(framework.groups.len(), "group", "groups"),
        counted(framework.measures.len(), "measure", "measures"),
        counted(loaded.warnings.len(), "warning", "warnings"),
    ];
    let hash = catalogue::sha256(framework);
    format!("{} {}: {}, sha256 {hash}", framework.id, framework.version, counts.join(", "))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str) -> (CheckOutcome, String) {
        let mut out = Vec::new();
        let outcome = run(&[PathBuf::from(path)], &mut out).expect("a vector takes everything");
        (outcome, String::from_utf8(out).expect("text"))
    }

    #[test]
    fn what_is_not_there_is_a_problem_and_a_summary() {
        let (outcome, printed) = check("no/such/file.toml");
        assert_eq!(outcome, CheckOutcome::Faulty);
        assert!(printed.starts_with("no/such/file.toml:1: F001 "), "{printed}");
        assert!(printed.ends_with("no/such/file.toml: 1 problem, 0 warnings\n"), "{printed}");
    }

    #[test]
    fn one_is_singular_and_the_rest_plural() {
        assert_eq!(counted(0, "family", "families"), "0 families");
        assert_eq!(counted(1, "family", "families"), "1 family");
    }
}
