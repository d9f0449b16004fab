// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does every module name only what it may name? Cargo cannot refuse a wrong `use` inside one crate; this does.
//!
//! A row that has to grow is a decision: `docs/architecture.md` says why the direction is what it is.

#![expect(clippy::expect_used, reason = "a source file that cannot be read is a failed test")]

use std::fs;
use std::path::{Path, PathBuf};

mod files;
mod names;

use names::{Named, named};

/// A module and what it may name of the others: a whole module, or no more than an item of it.
const MODULES: [(&str, &[&str]); 19] = [
    ("domain", &[]),
    ("stats", &[]),
    ("clock", &[]),
    ("config", &["domain::text::Language", "identity::oidc", "mail::MailSettings"]),
    ("mail", &["domain"]),
    ("catalogue", &["domain"]),
    ("identity", &["domain::text::Text"]),
    ("intake", &["domain"]),
    ("scoring", &["domain", "stats"]),
    ("store", &["domain"]),
    ("chart", &["domain"]),
    ("print", &["domain"]),
    ("filing", &[]),
    ("view", &["domain", "chart", "print"]),
    // The scores of projects and editions are handed over as scoring computes them.
    ("export", &["domain", "scoring::EditionScores", "scoring::ProjectScores"]),
    ("app", &["catalogue", "clock", "domain", "identity", "intake", "scoring", "store"]),
    ("job", &["app", "domain", "mail"]),
    // A handler passes a connection on and knows how the database fails; it runs no query.
    (
        "web",
        &[
            "app",
            "domain",
            "export::answers",
            "export::audit",
            "export::book",
            "export::codes",
            "export::files",
            "export::model",
            "export::open_data",
            "export::results",
            "export::translation",
            "filing",
            "intake",
            "print",
            "store::Db",
            "store::StoreError",
            "store::sessions::Proof",
            "view",
        ],
    ),
    // `check` and `score` work on files, without a database. `serve` asks for which bodies it should print a link.
    (
        "cli",
        &[
            "app",
            "catalogue",
            "clock",
            "config",
            "domain",
            "export",
            "intake",
            "job",
            "mail",
            "scoring::ProjectAnswers",
            "scoring::WaveAnswers",
            "scoring::score_projects",
            "store::Db",
            "store::Location",
            "store::LocationError",
            "store::Store",
            "store::StoreError",
            "view::forms",
            "view::sentences",
            "view::words",
            "web",
        ],
    ),
];

/// A crate and the only modules that may name it; none where it is linked without being named.
const CRATES: [(&str, &[&str]); 50] = [
    (
        "actix_multipart",
        &[
            "web::pages::staff::batches",
            "web::pages::staff::frameworks",
            "web::pages::staff::lists",
            "web::pages::staff::translations",
        ],
    ),
    ("actix_web", &["web"]),
    ("argon2", &["identity::password"]),
    ("base64", &["identity::passkey"]),
    ("ciborium", &["identity::passkey"]),
    ("clap", &["cli"]),
    ("csv", &["intake"]),
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("encoding_rs", &["intake::encoding"]),
    ("fluent_bundle", &["view"]),
    ("handlebars", &["view"]),
    ("icu_datetime", &["view"]),
    ("icu_decimal", &["view"]),
    ("icu_locale_core", &["view"]),
    ("icu_normalizer", &["domain::folding"]),
    (
        "jiff",
        &[
            "app",
            "clock",
            "domain",
            "export",
            "filing",
            "identity",
            "intake::places",
            "job",
            "mail",
            "print",
            "store",
            "view",
            "web::attempts",
        ],
    ),
    ("lettre", &["mail"]),
    ("libsqlite3_sys", &[]),
    ("memchr", &["intake"]),
    ("openidconnect", &["identity::oidc"]),
    ("pq_sys", &[]),
    ("qrcode", &["identity::totp", "print::qr"]),
    ("rand", &["app::secrets", "identity::passkey"]),
    // Chance with a seed that was given.
    (
        "rand_chacha",
        &[
            "app::demo",
            "stats::bootstrap",
            "stats::permutation",
            "stats::resample",
            "stats::variate",
            "stats::weight_draws",
        ],
    ),
    // Work on several threads that comes out the same on any number of them.
    ("rayon", &["domain::response", "intake", "scoring", "stats::resample"]),
    // Signatures of passkeys, by the crate that encrypts connections already.
    ("ring", &["identity::passkey"]),
    ("rust_xlsxwriter", &["export::book::xlsx"]),
    ("rust_embed", &["app::frameworks", "app::translations", "print::world", "view", "web::assets"]),
    (
        "serde",
        &[
            "app::demo",
            "chart",
            "config",
            "domain",
            "export",
            "identity",
            "mail",
            "print",
            "store::types",
            "view",
            "web::pages",
        ],
    ),
    ("serde_json", &["catalogue::identity", "export", "identity", "print", "store::types", "view::render"]),
    // Identity of what is hashed: secrets, files served, framework, profile, input; and streams of chance with names.
    (
        "sha2",
        &[
            "app::demo::invention",
            "app::secrets",
            "catalogue::identity",
            "domain::audit",
            "domain::profile",
            "filing",
            "identity",
            "intake::table",
            "scoring::seed",
            "web::assets",
        ],
    ),
    ("statrs", &["stats::distribution"]),
    ("strsim", &["domain::nearest"]),
    ("thiserror", &["app", "cli", "config", "domain", "filing", "identity", "mail", "print", "stats", "store", "view"]),
    ("tempfile", &["cli::demo", "web::download"]),
    // The web gives way once, so that the server runs before it says that it does.
    ("tokio", &["store", "web"]),
    ("toml", &["app::demo", "catalogue", "config", "intake"]),
    ("totp_rs", &["identity::totp"]),
    ("tracing", &["app", "cli", "job", "store", "view", "web"]),
    ("tracing_subscriber", &["cli"]),
    ("typst", &["print"]),
    ("typst_layout", &["print"]),
    ("typst_pdf", &["print"]),
    ("unic_langid", &["view"]),
    ("ureq", &["identity::oidc"]),
    ("url", &["identity::oidc", "identity::passkey"]),
    ("uuid", &["app", "domain", "store", "web"]),
    ("zip", &["export::book::ods", "filing"]),
    ("zxcvbn", &["identity::password"]),
];

/// What reaches outside the program, and the only modules that may.
const OUTSIDE: [(&str, &[&str]); 9] = [
    ("std::env", &["cli", "config"]),
    ("std::fs", &["catalogue::source", "cli", "config"]),
    ("std::net", &["cli", "mail", "web"]),
    ("std::process", &["cli", "store::migrations"]),
    ("std::thread", &["job", "store"]),
    // How long is waited, and a moment as another crate wants it.
    ("std::time", &["identity::oidc", "job", "mail", "store"]),
    ("jiff::Timestamp::now", &["clock"]),
    ("uuid::Uuid::now_v7", &["app"]),
    ("uuid::Uuid::new_v4", &["app"]),
];

/// One file of source.
pub(crate) struct Source {
    /// Its path from the root, with `/`.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with one of these endings, sorted; what others wrote or a program made is left out.
fn sources(folder: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<Source>) {
    if !folder.exists() {
        return;
    }
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "node_modules" | "target") && !name.starts_with('.') {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let below = path.strip_prefix(root()).expect("below the root");
            let path_text = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>();
            let text = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
            found.push(Source { path: path_text.join("/"), text });
        }
    }
}

/// Whether a path is the pattern or something in it.
fn is_within(path: &str, pattern: &str) -> bool {
    path.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn is_within_any(path: &str, patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| is_within(path, pattern))
}

/// Everything that a file names although its module may not.
fn violations(sources: &[Source]) -> Vec<String> {
    named(sources).iter().flat_map(violations_of).collect()
}

fn violations_of(file: &Named) -> Vec<String> {
    let own = file.module.split("::").next().unwrap_or_default();
    let refused = |path: &&String| match path.strip_prefix("crate::") {
        Some(inside) => !is_within(inside, own) && !is_allowed(own, inside),
        None => !is_home(&file.module, path),
    };
    file.paths.iter().filter(refused).map(|path| format!("{} names {path}, which {own} may not", file.path)).collect()
}

fn is_allowed(own: &str, inside: &str) -> bool {
    MODULES.iter().any(|(module, allowed)| *module == own && is_within_any(inside, allowed))
}

fn is_home(module: &str, outside: &str) -> bool {
    let rows = CRATES.iter().chain(&OUTSIDE);
    rows.filter(|(pattern, _)| is_within(outside, pattern)).all(|(_, homes)| is_within_any(module, homes))
}

#[test]
fn every_module_names_only_what_it_may() {
    let sources = sources("src", &[".rs"]);
    assert!(sources.len() > 100, "only {} files were found", sources.len());
    let violations = violations(&sources);
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn every_module_and_every_dependency_stands_in_a_table() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let declared = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let mut declared: Vec<&str> = declared.collect();
    declared.sort_unstable();
    let mut listed = MODULES.map(|(module, _)| module);
    listed.sort_unstable();
    assert_eq!(declared, listed);

    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("TOML");
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table).expect("dependencies");
    let mut dependencies: Vec<String> = dependencies.keys().map(|name| name.replace('-', "_")).collect();
    dependencies.sort_unstable();
    let mut homes = CRATES.map(|(name, _)| name);
    homes.sort_unstable();
    assert_eq!(dependencies, homes, "give every dependency its home");
}

fn one(path: &str, text: &str) -> Vec<String> {
    violations(&[Source { path: path.to_owned(), text: text.to_owned() }])
}

#[test]
fn a_module_that_names_another_it_may_not_is_found_however_it_is_written() {
    let wrong = [
        ("src/domain/wave.rs", "use crate::store::Db;"),
        ("src/domain/wave.rs", "use crate::{app::App, store};\nfn f() { store::waves::all(); }"),
        ("src/domain/wave.rs", "use super::super::store::Db;"),
        ("src/stats/describe.rs", "fn f(w: &crate::domain::wave::Wave) {}"),
        ("src/stats/mod.rs", "use super::domain::wave::Wave;"),
        ("src/catalogue/mod.rs", "use crate::{\n    domain::text::Text,\n    scoring::{self, score_wave},\n};"),
        ("src/view/waves.rs", "use crate::app::waves::Coverage;"),
        ("src/web/pages/waves.rs", "use crate::store::waves::find;"),
        ("src/web/pages/waves.rs", "use crate::store;\nasync fn f() { store::waves::find() }"),
        ("src/export/mod.rs", "use crate::scoring::{ProjectScores, score_project};"),
        ("src/app/mod.rs", "pub use crate::web::Site;"),
        ("src/scoring/wave.rs", "type A = crate /* so */ ::app::App;"),
    ];
    for (path, text) in wrong {
        assert!(!one(path, text).is_empty(), "nothing was found in {path}: {text}");
    }
}

#[test]
fn a_crate_outside_its_home_is_found_however_it_is_written() {
    let wrong = [
        ("src/app/waves.rs", "use diesel::prelude::*;"),
        ("src/app/waves.rs", "#[derive(diesel::Queryable)] struct Row;"),
        ("src/view/waves.rs", "fn f() -> actix_web::HttpResponse {}"),
        ("src/web/pages/home.rs", "use handlebars::Handlebars;"),
        ("src/scoring/wave.rs", "fn f() { tracing::warn!(\"…\") }"),
        ("src/domain/wave.rs", "use toml as other;"),
        ("src/domain/wave.rs", "fn f() { std::fs::read(\"a\"); }"),
        ("src/domain/wave.rs", "use std::{fmt, fs};"),
        ("src/app/staff.rs", "use jiff::Timestamp;\nfn f() { Timestamp::now() }"),
        ("src/app/demo/mod.rs", "use ::sha2::Digest;"),
    ];
    for (path, text) in wrong {
        assert!(!one(path, text).is_empty(), "nothing was found in {path}: {text}");
    }
}

#[test]
fn what_is_allowed_and_what_only_looks_like_code_passes() {
    let right = [
        (
            "src/scoring/wave.rs",
            "use crate::domain::wave::Wave;\nuse super::{Rules, cell::Cell};\nuse super::super::stats;",
        ),
        ("src/scoring/mod.rs", "/// See [`crate::web`].\nconst A: &str = \"crate::web::Site\"; // crate::app::App"),
        ("src/scoring/mod.rs", "const A: char = '\"'; const B: &str = r#\"crate::web\"#; fn f<'a>(a: &'a str) {}"),
        ("src/domain/wave.rs", "#[cfg(test)]\nmod tests { use crate::scoring::samples; fn f() { if true { } } }"),
        ("src/domain/wave.rs", "#[cfg(test)]\nuse crate::scoring::samples;\nuse std::fmt;"),
        ("src/store/waves.rs", "use diesel::prelude::*;\nfn f() { $crate::store::Db::open() }"),
        ("src/web/pages/home.rs", "use crate::store::{Db, StoreError};\nuse crate::web::site::Visit;"),
        ("src/lib.rs", "pub use crate::web::Site;"),
    ];
    for (path, text) in right {
        assert_eq!(one(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn code_after_a_test_item_is_still_looked_at() {
    let text = "#[cfg(test)]\nmod tests { fn f() {} }\nuse crate::web::Site;";
    assert_eq!(one("src/domain/wave.rs", text).len(), 1);
}

#[test]
fn a_file_that_only_tests_use_may_name_anything() {
    let file = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let tests = file("src/chart/rendering.rs", "use handlebars::Handlebars;");
    let declared = file("src/chart/mod.rs", "#[cfg(test)]\nmod rendering;");
    let used = file("src/chart/mod.rs", "mod rendering;");
    assert_eq!(violations(&[declared, tests]), Vec::<String>::new());
    assert_eq!(violations(&[used, file("src/chart/rendering.rs", "use handlebars::Handlebars;")]).len(), 1);
}
