// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does a source file name? Paths are read from its code alone: no comments, no texts, no tests.

use std::collections::HashMap;

use super::Source;

/// What one file names.
pub(super) struct Named {
    /// The file.
    pub path: String,
    /// Its module, e.g. `web::pages::waves`.
    pub module: String,
    /// What it names: `crate::…` for this program, else the crate first.
    pub paths: Vec<String>,
}

/// What each file names; the root of the crate, which names its modules, and files that only tests use are left out.
pub(super) fn named(sources: &[Source]) -> Vec<Named> {
    let tests: Vec<String> = sources.iter().flat_map(test_modules).collect();
    sources
        .iter()
        .filter_map(|source| {
            let module = module_of(&source.path)?;
            (!tests.contains(&module)).then(|| Named {
                path: source.path.clone(),
                paths: paths(&without_tests(&code_of(&source.text)), &module),
                module,
            })
        })
        .collect()
}

/// `src/web/pages/waves.rs` is `web::pages::waves`; `src/lib.rs` and `src/main.rs` are no module's.
fn module_of(path: &str) -> Option<String> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let inside = inside.strip_suffix("/mod").unwrap_or(inside);
    (!matches!(inside, "lib" | "main")).then(|| inside.replace('/', "::"))
}

/// Modules declared for tests only.
fn test_modules(source: &Source) -> Vec<String> {
    let Some(module) = module_of(&source.path) else { return Vec::new() };
    let code = code_of(&source.text);
    let declared = code.split(TEST_MARK).skip(1).filter_map(|after| {
        let declaration = after.split_once(';')?.0.trim();
        let name = declaration.strip_prefix("pub(crate)").unwrap_or(declaration).trim().strip_prefix("mod ")?;
        name.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| format!("{module}::{name}"))
    });
    declared.collect()
}

const TEST_MARK: &str = "#[cfg(test)]";

/// The text with comments, texts and characters blanked.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (skipped, kept) = match first {
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), ""),
            '/' if rest.starts_with("/*") => (rest.find("*/").map_or(rest.len(), |end| end + 2), " "),
            '"' => (text_length(rest), "\"\""),
            'r' if raw_length(rest).is_some() && !ends_with_word(&code) => (raw_length(rest).unwrap_or(1), "\"\""),
            '\'' => character_length(rest).map_or((1, "'"), |length| (length, "' '")),
            other => {
                code.push(other);
                (other.len_utf8(), "")
            }
        };
        code.push_str(kept);
        rest = rest.get(skipped..).unwrap_or_default();
    }
    code
}

fn ends_with_word(code: &str) -> bool {
    code.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_')
}

fn text_length(rest: &str) -> usize {
    let mut escaped = false;
    for (place, character) in rest.char_indices().skip(1) {
        match character {
            '"' if !escaped => return place + 1,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    rest.len()
}

fn raw_length(rest: &str) -> Option<usize> {
    let hashes: String = rest.get(1..)?.chars().take_while(|c| *c == '#').collect();
    let inside = rest.get(1 + hashes.len()..)?.strip_prefix('"')?;
    let end = inside.find(&format!("\"{hashes}"))?;
    Some(1 + hashes.len() + 1 + end + 1 + hashes.len())
}

/// `'a'` and `'\''` are characters, `'a` is a lifetime.
fn character_length(rest: &str) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1);
    let (_, first) = characters.next()?;
    if first == '\\' {
        return rest.get(3..)?.find('\'').map(|end| 3 + end + 1);
    }
    characters.next().and_then(|(place, second)| (second == '\'').then_some(place + 1))
}

/// The code without what `#[cfg(test)]` stands before.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some((before, after)) = rest.split_once(TEST_MARK) {
        kept.push_str(before);
        rest = after.get(item_length(after)..).unwrap_or_default();
    }
    kept + rest
}

/// An item ends at its `;` or with the bracket that closes its first one.
fn item_length(code: &str) -> usize {
    let mut depth = 0_u32;
    for (place, character) in code.char_indices() {
        match character {
            ';' if depth == 0 => return place + 1,
            '{' => depth += 1,
            '}' if depth <= 1 => return place + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// Words, `::`, and the single characters that matter to a path.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if is_word(first) {
            rest.find(|c: char| !is_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        if !first.is_whitespace() {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

/// Every path in the code, from the root of this program or with its crate first; names brought in by `use` are
/// followed. A module of this program brought in by its name alone counts where something of it is used.
fn paths(code: &str, module: &str) -> Vec<String> {
    let tokens = tokens(code);
    let mut found: Vec<(bool, Vec<String>)> = Vec::new();
    let mut place = 0;
    while place < tokens.len() {
        let before = place.checked_sub(1).and_then(|before| tokens.get(before)).copied().unwrap_or_default();
        let imported = before == "use" || (before == "::" && place >= 2 && tokens.get(place - 2) == Some(&"use"));
        let next = tokens.get(place + 1).copied().unwrap_or_default();
        let starts =
            is_name(tokens.get(place).copied().unwrap_or_default()) && (imported || (before != "::" && next == "::"));
        if starts || (imported && tokens.get(place) == Some(&"{")) {
            let mut reading = Reading { tokens: &tokens, place, paths: Vec::new() };
            reading.tree(&[]);
            place = reading.place.max(place + 1);
            found.extend(reading.paths.into_iter().map(|path| (imported, path)));
        } else {
            place += 1;
        }
    }
    resolved(found, module)
}

fn is_name(token: &str) -> bool {
    token != "use" && token.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// Reads one path or tree of paths.
struct Reading<'a> {
    tokens: &'a [&'a str],
    place: usize,
    paths: Vec<Vec<String>>,
}

impl Reading<'_> {
    fn token(&self) -> &str {
        self.tokens.get(self.place).copied().unwrap_or_default()
    }

    fn tree(&mut self, stem: &[String]) {
        let mut path = stem.to_vec();
        loop {
            match self.token() {
                "{" => {
                    self.place += 1;
                    self.branches(&path);
                    return;
                }
                "self" if !path.is_empty() => self.place += 1,
                name if is_name(name) => {
                    path.push(name.to_owned());
                    self.place += 1;
                }
                _ => break,
            }
            if self.token() != "::" {
                break;
            }
            self.place += 1;
        }
        self.paths.push(path);
    }

    fn branches(&mut self, stem: &[String]) {
        while !matches!(self.token(), "}" | "") {
            let before = self.place;
            self.tree(stem);
            if self.token() == "as" {
                self.place += 2;
            }
            if self.token() == "," || self.place == before {
                self.place += 1;
            }
        }
        self.place += 1;
    }
}

fn resolved(found: Vec<(bool, Vec<String>)>, module: &str) -> Vec<String> {
    let mut names: HashMap<String, String> = HashMap::new();
    for (_, path) in found.iter().filter(|(imported, _)| *imported) {
        if let Some(last) = path.last() {
            names.insert(last.clone(), from_root(path, module));
        }
    }
    let mut paths: Vec<String> = Vec::new();
    for (imported, path) in found {
        let known = path.first().filter(|_| !imported).and_then(|first| names.get(first));
        let full = match known {
            Some(known) => std::iter::once(known.as_str())
                .chain(path.iter().skip(1).map(String::as_str))
                .collect::<Vec<_>>()
                .join("::"),
            None => from_root(&path, module),
        };
        let alone = imported && full.strip_prefix("crate::").is_some_and(|inside| !inside.contains("::"));
        if !alone {
            paths.push(full);
        }
    }
    paths.sort();
    paths.dedup();
    paths
}

/// `super::cell` in `scoring::wave` is `crate::scoring::cell`.
fn from_root(path: &[String], module: &str) -> String {
    let mut stem: Vec<&str> = match path.first().map(String::as_str) {
        Some("crate") => vec!["crate"],
        Some("super" | "self") => std::iter::once("crate").chain(module.split("::")).collect(),
        _ => Vec::new(),
    };
    for name in path.iter().map(String::as_str) {
        match name {
            "crate" | "self" => {}
            "super" if stem.len() > 1 => {
                stem.pop();
            }
            name => stem.push(name),
        }
    }
    stem.join("::")
}
