// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do the files keep to the house: licence, size, first line, nothing left to do, and templates that only escape?

use super::{Source, sources};

/// Lines of a source file, without its tests.
const LINES: usize = 400;
/// Templates that may write text without escaping it.
const UNESCAPED: [&str; 0] = [];

/// What is wrong with the head and size of a file of source.
fn untidy(source: &Source) -> Vec<String> {
    let mut wrong = Vec::new();
    let lines = source.text.lines().take_while(|line| *line != "#[cfg(test)]").count();
    if lines > LINES {
        wrong.push(format!("{} has {lines} lines: {LINES} at most", source.path));
    }
    let first = source.text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("// "));
    if !first.is_some_and(|line| line.starts_with("//! ")) {
        wrong.push(format!("{} does not say first what it answers", source.path));
    }
    wrong
}

fn unlicensed(source: &Source) -> Option<String> {
    let head: Vec<&str> = source.text.lines().take(3).collect();
    let says = |words: &str| head.iter().any(|line| line.contains(words));
    let licensed = says(concat!("SPDX-FileCopyright", "Text: ")) && says(concat!("SPDX-License-", "Identifier: "));
    (!licensed).then(|| format!("{} does not say who may use it", source.path))
}

fn unfinished(source: &Source) -> Vec<String> {
    let marks = [
        concat!("to", "do!"),
        concat!("unimple", "mented!"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("db", "g!("),
    ];
    let left = |line: &str| marks.iter().any(|mark| line.contains(mark));
    let lines = source.text.lines().zip(1..).filter(|(line, _)| left(line));
    lines.map(|(line, number)| format!("{}:{number} is not finished: {}", source.path, line.trim())).collect()
}

/// What a template does that it may not: unescaped text, styles of its own, attributes without quotation marks.
fn unsafe_markup(source: &Source) -> Vec<String> {
    let unescaped = ["{{{", "{{&", "{{~{", "{{~&"].iter().any(|opening| source.text.contains(opening));
    let mut wrong = Vec::new();
    if unescaped && !UNESCAPED.contains(&source.path.as_str()) {
        wrong.push(format!("{} writes text without escaping it", source.path));
    }
    for tag in tags(&without_expressions(&source.text)) {
        let mut rest = tag.as_str();
        while let Some((name, after)) = rest.split_once('=') {
            let name = name.rsplit(char::is_whitespace).next().unwrap_or_default();
            if name == "style" || name.starts_with("on") {
                wrong.push(format!("{} has a {name} attribute: <{tag}>", source.path));
            }
            let Some((_, behind)) = after.strip_prefix('"').and_then(|value| value.split_once('"')) else {
                wrong.push(format!("{} has a value without quotation marks: <{tag}>", source.path));
                break;
            };
            rest = behind;
        }
    }
    wrong
}

/// The markup with `x` in the place of every expression.
fn without_expressions(text: &str) -> String {
    let mut markup = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        markup.push_str(before);
        let comment = after.starts_with("!--");
        let inside = after.split_once(if comment { "--}}" } else { "}}" });
        let block = after.starts_with(['#', '/', '!', '>']) || after.starts_with("else");
        markup.push_str(if block { " " } else { "x" });
        rest = inside.map_or("", |(_, behind)| behind);
    }
    markup + rest
}

/// What stands between `<` and `>`.
fn tags(markup: &str) -> Vec<String> {
    let opened = markup.split('<').skip(1);
    opened.filter_map(|after| after.split_once('>')).map(|(tag, _)| tag.to_owned()).collect()
}

fn written(endings: &[&str]) -> Vec<Source> {
    ["src", "tests", "templates", "migrations", "indicators", "benches"]
        .iter()
        .flat_map(|folder| sources(folder, endings))
        .collect()
}

#[test]
fn every_file_says_who_may_use_it() {
    let files = written(&[".rs", ".hbs", ".scss", ".sql", ".toml", ".ftl", ".typ", ".sh", ".py", ".mjs"]);
    let wrong: Vec<String> = files.iter().filter_map(unlicensed).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_source_file_says_what_it_answers_and_can_be_read_at_one_sitting() {
    let wrong: Vec<String> = sources("src", &[".rs"]).iter().flat_map(untidy).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for source in sources("tests/it", &[".rs"]) {
        let wrong = untidy(&source);
        assert!(!wrong.iter().any(|what| what.contains("does not say")), "{}", wrong.join("\n"));
    }
}

#[test]
fn nothing_is_left_to_be_finished() {
    let wrong: Vec<String> =
        written(&[".rs", ".hbs", ".scss", ".sql", ".toml", ".ftl", ".typ"]).iter().flat_map(unfinished).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn templates_escape_everything_and_bring_no_style_of_their_own() {
    let templates = sources("templates", &[".hbs"]);
    assert!(templates.len() > 20, "only {} templates were found", templates.len());
    let wrong: Vec<String> = templates.iter().flat_map(unsafe_markup).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn source(text: &str) -> Source {
    Source { path: "a".to_owned(), text: text.to_owned() }
}

#[test]
fn markup_that_is_not_safe_is_found() {
    let wrong = [
        "<p>{{{page.text}}}</p>",
        "<p>{{&page.text}}</p>",
        "<p style=\"color: red\">a</p>",
        "<p class=lead>a</p>",
        "<p class={{page.class}}>a</p>",
        "<p class='lead'>a</p>",
        "<a href=\"{{t \"a\" b=c}}\"{{#if d}} rel=next{{/if}}>a</a>",
        "<button onclick=\"a()\">a</button>",
    ];
    for text in wrong {
        assert!(!unsafe_markup(&source(text)).is_empty(), "nothing was found in {text}");
    }
    let right = [
        "{{!-- <p style=a> --}}<p class=\"a{{#unless b}} c{{/unless}}\"{{#if d}} lang=\"{{d}}\"{{/if}}>1 = 1</p>",
        "<nav aria-label=\"{{t \"main\" of=page.name}}\"><input checked></nav>",
    ];
    for text in right {
        assert_eq!(unsafe_markup(&source(text)), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn files_that_do_not_keep_to_the_house_are_found() {
    assert!(unlicensed(&source("fn main() {}")).is_some());
    assert_eq!(unfinished(&source(concat!("a\n// TO", "DO: b"))).len(), 1);
    assert_eq!(untidy(&source("// A comment\n\nuse std::fmt;")).len(), 1);
    let long = format!("//! Says it.\n{}", "fn f() {}\n".repeat(LINES));
    assert_eq!(untidy(&source(&long)).len(), 1);
    assert_eq!(untidy(&source(&format!("//! Says it.\n#[cfg(test)]\n{long}"))), Vec::<String>::new());
}
