// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Are framework files read as written, are the shipped ones sound, and is every problem found where it is?

#![expect(clippy::expect_used, reason = "a fixture that cannot be read is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};

use insieme::catalogue::{Loaded, MAX_BYTES, Problem, ProblemCode, SourceFile, find, load, read, sha256};
use insieme::cli::check::{self, CheckOutcome};
use insieme::domain::framework::{Framework, Level, MeasureKind, Pillar, Relation, Status};
use insieme::domain::goalposts::Goalposts;
use insieme::domain::text::Text;

/// A line of a fixture that is at fault ends with this mark and the codes of what is wrong with it.
const MARK: &str = "#! ";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn broken(name: &str) -> PathBuf {
    root().join("tests/fixtures/frameworks/broken").join(name)
}

fn small() -> String {
    fs::read_to_string(root().join("tests/fixtures/frameworks/small.toml")).expect("the smallest sound framework")
}

fn shipped() -> Loaded {
    load(&root().join("indicators/pratiche-collaborative/1.0.0")).expect("the shipped framework is sound")
}

fn read_texts(texts: &[&str]) -> Result<Loaded, Vec<Problem>> {
    let file = |(index, text): (usize, &&str)| SourceFile { name: format!("{index}.toml"), text: (*text).to_owned() };
    read(&texts.iter().enumerate().map(file).collect::<Vec<_>>())
}

fn sound(texts: &[&str]) -> Framework {
    read_texts(texts).expect("a sound framework").framework
}

fn problems(result: Result<Loaded, Vec<Problem>>) -> Vec<Problem> {
    result.map_or_else(|problems| problems, |loaded| loaded.warnings)
}

fn codes(result: Result<Loaded, Vec<Problem>>) -> Vec<&'static str> {
    problems(result).into_iter().map(|problem| problem.code.code()).collect()
}

/// The problems a fixture says it has, in the form of [`found`].
fn expected(path: &Path) -> Vec<String> {
    let files = if path.is_dir() { find_files(path) } else { vec![path.to_owned()] };
    let mut expected = Vec::new();
    for file in files {
        let text = String::from_utf8_lossy(&fs::read(&file).expect("a fixture")).into_owned();
        for (line, number) in text.lines().zip(1..) {
            let marked = line.split_once(MARK).map_or("", |(_, codes)| codes);
            expected.extend(marked.split_whitespace().map(|code| format!("{}:{number}: {code}", file.display())));
        }
    }
    expected.sort();
    expected
}

fn find_files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}

fn found(path: &Path) -> Vec<String> {
    let place = |problem: &Problem| format!("{}:{}: {}", problem.file, problem.line, problem.code);
    let mut found: Vec<String> = problems(load(path)).iter().map(place).collect();
    found.sort();
    found
}

// The shipped framework

#[test]
fn the_shipped_framework_is_complete() {
    let framework = shipped().framework;
    assert_eq!((framework.id.as_str(), framework.version.as_str()), ("pratiche-collaborative", "1.0.0"));
    assert_eq!((framework.status, framework.license.as_str()), (Status::Draft, "CC-BY-4.0"));
    let group_codes: Vec<&str> = framework.groups.iter().map(|group| group.code.as_str()).collect();
    assert_eq!(group_codes, ["PA", "CSA", "ETS", "FON", "IMP", "SOC", "BEN", "FAC"]);
    let wave_codes: Vec<&str> = framework.wave_types.iter().map(|kind| kind.code.as_str()).collect();
    assert_eq!(wave_codes, ["T0", "T1", "T2", "T3", "T4"]);
    assert_eq!((framework.scales.len(), framework.families.len()), (2, 13));
    assert_eq!((framework.indicators.len(), framework.items().count()), (36, 75));
    assert_eq!((framework.measures.len(), framework.contexts.len(), framework.open_questions.len()), (10, 16, 3));
    for pillar in Pillar::ALL {
        assert_eq!(framework.indicators.iter().filter(|indicator| indicator.pillar == pillar).count(), 12, "{pillar}");
    }
    assert!(framework.indicators.is_sorted_by_key(|indicator| indicator.pillar));
    assert!(framework.items().all(|(_, item)| !item.reverse));
    assert!(framework.measures.iter().any(|measure| measure.code == "N02" && measure.kind == MeasureKind::Output));
}

#[test]
fn the_shipped_framework_speaks_both_languages_everywhere() {
    let framework = shipped().framework;
    let mut texts: Vec<&Text> = vec![&framework.title];
    texts.extend(framework.groups.iter().map(|group| &group.name));
    texts.extend(framework.wave_types.iter().map(|kind| &kind.name));
    texts.extend(framework.scales.iter().flat_map(|scale| scale.labels.iter().chain(&scale.prompt)));
    texts.extend(framework.families.iter().map(|family| &family.name));
    texts.extend(framework.indicators.iter().flat_map(|indicator| [&indicator.name, &indicator.definition]));
    texts.extend(framework.items().map(|(_, item)| &item.text));
    texts.extend(framework.measures.iter().flat_map(|measure| [&measure.name, &measure.definition]));
    texts.extend(framework.contexts.iter().map(|context| &context.name));
    texts.extend(framework.contexts.iter().flat_map(|context| context.options.iter().map(|option| &option.name)));
    texts.extend(framework.open_questions.iter().map(|question| &question.text));
    assert_eq!(texts.len(), 302);
    for text in texts {
        let languages: Vec<&str> = text.iter().map(|(language, _)| language).collect();
        assert_eq!(languages, ["en", "it"], "{text:?}");
    }
}

#[test]
fn the_shipped_framework_warns_of_its_two_mixed_scales_and_of_nothing_else() {
    let warnings = shipped().warnings;
    let mixed: Vec<&str> = warnings.iter().filter_map(|warning| warning.what.split('”').next()).collect();
    assert_eq!(mixed, ["indicator “RR1", "indicator “RP2"]);
    assert!(warnings.iter().all(|warning| warning.code == ProblemCode::MixedScales));
}

#[test]
fn the_core_of_the_shipped_framework_asks_each_group_as_much_as_intended() {
    let framework = shipped().framework;
    let core_items = |wave: &str| -> Vec<usize> {
        let asked = |group: &str| {
            let of_group = framework.items().filter(|(indicator, item)| {
                let in_wave = indicator.waves.is_empty() || indicator.waves.iter().any(|code| code == wave);
                in_wave && item.level == Level::Core && item.addresses(group)
            });
            of_group.count()
        };
        framework.groups.iter().map(|group| asked(&group.code)).collect()
    };
    // PA, CSA, ETS, FON, IMP, SOC, BEN, FAC
    assert_eq!(core_items("T0"), [10, 10, 10, 10, 9, 9, 0, 6]);
    assert_eq!(core_items("T1"), [23, 23, 23, 23, 22, 22, 3, 14]);
    assert_eq!(core_items("T2"), [35, 35, 35, 32, 29, 33, 8, 23]);
    assert_eq!(core_items("T3"), core_items("T2"));
    assert_eq!(core_items("T4"), [12, 12, 12, 9, 7, 11, 5, 9]);
}

// Reading

#[test]
fn every_key_of_the_format_is_read() {
    let extra = r#"
[[indicator]]
code = "FC2"
family = "FC"
name = { it = "Sostegno", en = "Backing" }
definition = { it = "Quanto.", en = "How far." }
model = "formative"
trace = "where"
evidence = "LIT"
replaces = [{ framework = "0.9.0", code = "FC9", relation = "comparable" }]
item = [
  { code = "FC2a", scale = "S3", level = "extended", reverse = true, text = { it = "Uno.", en = "One." } },
]
[[measure]]
code = "N01"
kind = "outcome"
unit = "persons"
name = { it = "Persone", en = "People" }
definition = { it = "Diverse.", en = "Unique." }
[[measure]]
code = "N02"
kind = "outcome"
unit = "persons"
name = { it = "Donne", en = "Women" }
definition = { it = "Diverse.", en = "Unique." }
breakdown_of = "N01"
goalposts = { best = 0x1E, worst = 90.5 }
[[context]]
code = "X01"
level = "organisation"
name = { it = "Dove", en = "Where" }
options = [{ code = "NO", name = { it = "Nord", en = "North" } }]
[[open_question]]
code = "Q1"
audience = ["PA"]
text = { it = "Che cosa?", en = "What?" }
"#;
    let framework = sound(&[&small(), extra]);
    let indicator = framework.indicator("FC2").expect("the indicator");
    assert_eq!(serde_json::to_value(indicator.model).expect("a word"), "formative");
    assert_eq!((indicator.trace.as_deref(), indicator.evidence.as_deref()), (Some("where"), Some("LIT")));
    assert_eq!(indicator.replaces[0].relation, Relation::Comparable);
    let item = &indicator.items[0];
    assert_eq!((item.level, item.reverse, item.audience.len()), (Level::Extended, true, 0));
    let part = &framework.measures[1];
    assert_eq!((part.breakdown_of.as_deref(), part.goalposts), (Some("N01"), Goalposts::new(90.5, 30.0)));
    assert_eq!(framework.contexts[0].options[0].name, Text::both("Nord", "North"));
    assert_eq!(framework.open_questions[0].audience, ["PA"]);
    assert_eq!(framework.scales[0].labels[1], Text::both("in parte", "partly"));
    assert_eq!(framework.scales[0].ends(), (1, 3));
}

#[test]
fn items_may_be_written_as_tables_or_inline() {
    let tables = small();
    let (before, item) = tables.split_once("[[indicator.item]]\n").expect("an item table");
    let inline = format!("{before}item = [{{ {} }}]\n", item.trim().replace('\n', ", "));
    assert_eq!(sound(&[&inline]), sound(&[&tables]));
}

#[test]
fn one_language_is_enough_where_it_is_the_only_one_listed() {
    let english = r#"
[framework]
id = "english"
version = "1.0.0"
title = { en = "English only" }
languages = ["en"]
license = "CC0-1.0"
[[group]]
code = "G"
name = { en = "Group" }
[[scale]]
code = "S"
points = [0, 1]
labels = { en = ["no", "yes"] }
[[family]]
code = "F"
pillar = "results"
name = { en = "Family" }
[[indicator]]
code = "I"
family = "F"
name = { en = "Indicator" }
definition = { en = "What it is." }
item = [{ code = "A", scale = "S", text = { en = "It is." } }]
"#;
    assert!(read_texts(&[english]).expect("a sound framework").warnings.is_empty());
    assert_eq!(
        codes(read_texts(&[&english.replace("\"no\", \"yes\"] }", "\"no\", \"yes\"], it = [\"no\", \"sì\"] }")])),
        ["F205"]
    );
}

#[test]
fn an_obstacle_may_be_all_reversed_once_somebody_confirms_it() {
    let reversed = fs::read_to_string(broken("F210.toml")).expect("a fixture");
    assert_eq!(codes(read_texts(&[&reversed])), ["F210"]);
    let confirmed = reversed.replace("waves = ", "reversed_on_purpose = true\nwaves = ");
    let framework = sound(&[&confirmed]);
    let silent = reversed.replace("reverse = true", "reverse = false");
    assert_ne!(sha256(&framework), sha256(&sound(&[&silent])));
}

#[test]
fn a_file_may_begin_with_a_mark_of_encoding_and_end_lines_as_windows_does() {
    let windows = format!("\u{feff}{}", small().replace('\n', "\r\n"));
    assert_eq!(sound(&[&windows]), sound(&[&small()]));
}

// Problems

#[test]
fn every_code_has_an_example_that_yields_it_on_the_line_marked() {
    for code in ProblemCode::ALL {
        let name = code.code();
        let (path, lines) = match code {
            ProblemCode::Unreadable => {
                (broken("F001.toml"), vec![format!("{}:1: F001", broken("F001.toml").display())])
            }
            ProblemCode::NoFiles => (broken("F002"), vec![format!("{}:1: F002", broken("F002").display())]),
            ProblemCode::TooLarge => continue,
            ProblemCode::FolderName => {
                let folder = broken("W305/small/2.0.0");
                (folder.clone(), vec![format!("{}:1: W305", folder.display())])
            }
            ProblemCode::TwoFrameworks => (broken(name), expected(&broken(name))),
            _ => (broken(&format!("{name}.toml")), expected(&broken(&format!("{name}.toml")))),
        };
        assert!(lines.iter().any(|line| line.ends_with(name)), "{name} has no example");
        assert_eq!(found(&path), lines);
    }
}

#[test]
fn a_file_too_large_is_refused_unread() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.toml");
    let file = fs::File::create(&path).expect("a file");
    file.set_len(MAX_BYTES).expect("room");
    assert_ne!(codes(load(&path)), ["F004"]);
    file.set_len(MAX_BYTES + 1).expect("room");
    assert_eq!(codes(load(&path)), ["F004"]);
}

#[test]
fn all_problems_of_a_file_are_reported_at_once_in_the_order_of_lines() {
    let path = broken("everything.toml");
    assert_eq!(found(&path), expected(&path));
    let problems = problems(load(&path));
    assert!(problems.is_sorted_by_key(|problem| problem.line));
    assert!(problems.iter().all(|problem| !problem.what.is_empty() && !problem.remedy.is_empty()));
}

#[test]
fn all_problems_of_all_files_are_reported_at_once() {
    let second = "[[familly]]\ncode = \"X\"\n[[scale]]\ncode = \"S3\"\n";
    let found = problems(read_texts(&[&small().replace("\"T0\"]", "\"T8\"]"), second, "a = = 1\n"]));
    let places: Vec<String> =
        found.iter().map(|problem| format!("{}:{} {}", problem.file, problem.line, problem.code)).collect();
    let line_of_waves = small().lines().position(|line| line.starts_with("waves")).expect("waves") + 1;
    let expected = [
        &format!("0.toml:{line_of_waves} F205"),
        "1.toml:1 F101",
        "1.toml:3 F102",
        "1.toml:3 F102",
        "1.toml:4 F204",
        "2.toml:1 F005",
    ];
    assert_eq!(places, expected);
}

#[test]
fn what_a_line_that_is_not_toml_might_have_declared_is_not_missed_elsewhere() {
    let garbled = small().replace("[[group]]\ncode = \"PA\"", "[[group]]\ncode = \"PA");
    assert_eq!(codes(read_texts(&[&garbled])), ["F005"]);
    let header = small().replace("[[family]]", "[[family]");
    assert_eq!(codes(read_texts(&[&header])), ["F005"]);
    let also_unknown = garbled.replace("audience = [\"PA\"]", "audience = [\"PB\"]");
    assert_eq!(codes(read_texts(&[&also_unknown])), ["F005", "F205"]);
}

#[test]
fn an_unreadable_file_among_others_does_not_make_the_others_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = small();
    let (first, rest) = text.split_once("[[scale]]").expect("a scale");
    fs::write(folder.path().join("a.toml"), [first.as_bytes(), b"# \xe0\n"].concat()).expect("a file");
    fs::write(folder.path().join("b.toml"), format!("[[scale]]{rest}")).expect("a file");
    assert_eq!(codes(load(folder.path())), ["F003"]);
}

#[test]
fn an_empty_text_lacks_everything_and_no_file_at_all_is_one_problem() {
    assert_eq!(codes(read_texts(&[""])), ["F201", "F203", "F203", "F203", "F203"]);
    assert_eq!(codes(read_texts(&[])), ["F002"]);
}

#[test]
fn single_and_double_brackets_confused_are_one_problem_each() {
    assert_eq!(codes(read_texts(&[&small().replace("[[group]]", "[group]")])), ["F103"]);
    assert_eq!(codes(read_texts(&[&small().replace("[framework]", "[[framework]]")])), ["F103"]);
    assert_eq!(codes(read_texts(&[&small(), "measure = 3\nfamily = []\n"])), ["F103"]);
}

#[test]
fn a_scale_has_2_to_11_points_from_0_to_10() {
    let with = |points: &str, count: usize| {
        let labels = vec!["\"x\""; count].join(", ");
        let old = r#"{ it = ["no", "in parte", "sì"], en = ["no", "partly", "yes"] }"#;
        let text =
            small().replace("[1, 2, 3]", points).replace(old, &format!("{{ it = [{labels}], en = [{labels}] }}"));
        codes(read_texts(&[&text]))
    };
    assert!(with("[0, 1]", 2).is_empty());
    assert!(with("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]", 11).is_empty());
    assert!(with("[0x1, 1_0]", 2).is_empty());
    for (points, count) in
        [("[]", 0), ("[1]", 1), ("[1, 1]", 2), ("[2, 1]", 2), ("[1, 11]", 2), ("[-1, 1]", 2), ("[1, 2.5]", 2)]
    {
        assert_eq!(with(points, count), ["F208"], "{points}");
    }
    assert_eq!(with("\"1-5\"", 5), ["F103"]);
}

#[test]
fn the_manual_explains_every_code_and_its_example_is_sound() {
    let manual = fs::read_to_string(root().join("docs/framework-files.md")).expect("the manual");
    for code in ProblemCode::ALL {
        assert!(manual.contains(&format!("| `{code}` |")), "{code} is not explained");
    }
    let example = manual.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let loaded = read_texts(&[example]).expect("a sound example");
    assert_eq!((loaded.warnings, loaded.framework.items().count()), (Vec::new(), 3));
}

// Identity

#[test]
fn the_identity_does_not_depend_on_files_comments_or_formatting() {
    let whole = small();
    let (first, rest) = whole.split_once("[[scale]]").expect("a scale");
    let commented = whole.replace("\n\n", "\n# a comment\n\n").replace(" = ", "   =  ").replace("\"Trust\"", "'Trust'");
    let hash = sha256(&sound(&[&whole]));
    assert_eq!(sha256(&sound(&[first, &format!("[[scale]]{rest}")])), hash);
    assert_eq!(sha256(&sound(&[&commented])), hash);
    let defaults = whole.replace("scale = \"S3\"\n", "scale = \"S3\"\nlevel = \"core\"\nreverse = false\n");
    assert_eq!(sha256(&sound(&[&defaults])), hash);
}

#[test]
fn the_identity_changes_with_every_word_and_with_the_order() {
    let whole = small();
    let hash = sha256(&sound(&[&whole]));
    let second = "\n[[indicator.item]]\ncode = \"FC1b\"\nscale = \"S3\"\ntext = { it = \"B.\", en = \"B.\" }\n";
    let third = second.replace("FC1b", "FC1c");
    let changed = [
        whole.replace("Mi fido", "Io mi fido"),
        whole.replace("1.0.0", "1.0.1"),
        whole.replace("[1, 2, 3]", "[0, 1, 2]"),
        whole.replace("audience = [\"PA\"]\n", ""),
        whole.replace("scale = \"S3\"\n", "scale = \"S3\"\nreverse = true\n"),
        format!("{whole}{second}{third}"),
        format!("{whole}{third}{second}"),
    ];
    let mut hashes: Vec<String> = changed.iter().map(|text| sha256(&sound(&[text]))).collect();
    hashes.push(hash);
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), changed.len() + 1);
}

#[test]
fn the_identity_of_the_shipped_framework_is_the_one_written_down() {
    // Answers are tied to this hash. If the files changed on purpose, that is a new version in a new folder.
    assert_eq!(sha256(&shipped().framework), "3ebcf5a1da5b343e6b40250922b60d7726dff8469b969494dcd060821095b51a");
}

// Checking

#[test]
fn checking_says_what_each_framework_holds() {
    let mut out = Vec::new();
    let outcome = check::run(&[root().join("indicators")], &mut out).expect("a vector takes everything");
    let printed = String::from_utf8(out).expect("text");
    assert_eq!(outcome, CheckOutcome::Sound, "{printed}");
    let summary = "pratiche-collaborative 1.0.0: 36 indicators, 75 items, 13 families, 8 groups, 10 measures, 2 warnings, sha256 ";
    assert!(printed.lines().any(|line| line.starts_with(summary)), "{printed}");
    assert!(printed.contains("results.toml:35: W301 "), "{printed}");
}

#[test]
fn checking_goes_on_after_a_framework_that_cannot_be_used() {
    let mut out = Vec::new();
    let paths = [broken("F101.toml"), root().join("tests/fixtures/frameworks/small.toml")];
    let outcome = check::run(&paths, &mut out).expect("a vector takes everything");
    let printed = String::from_utf8(out).expect("text");
    assert_eq!(outcome, CheckOutcome::Faulty);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 3, "{printed}");
    assert!(lines[0].contains("F101.toml:34: F101 unknown key “wave” in indicator “FC1”: did you mean “waves”?"));
    assert!(lines[1].ends_with("F101.toml: 1 problem, 0 warnings"));
    assert!(
        lines[2].starts_with("small 1.0.0: 1 indicator, 1 item, 1 family, 1 group, 0 measures, 0 warnings, sha256 ")
    );
}

#[test]
fn every_version_under_a_folder_is_found() {
    let shipped = root().join("indicators/pratiche-collaborative/1.0.0");
    assert!(find(&root().join("indicators")).contains(&shipped));
    assert_eq!(find(&shipped), [shipped]);
    assert_eq!(find(&broken("W305")), [broken("W305/small/2.0.0")]);
    assert_eq!(find(Path::new("no/such/folder")), [PathBuf::from("no/such/folder")]);
}

/// Runs where the reference data lies beside the project; a clone of the project alone does not have it.
#[test]
fn a_framework_written_by_others_is_read() {
    let path = root().join("../shared/real/leadership/framework.toml");
    if path.exists() {
        let loaded = load(&path).expect("sound");
        assert_eq!((loaded.framework.items().count(), loaded.warnings.len()), (11, 0));
    }
}
