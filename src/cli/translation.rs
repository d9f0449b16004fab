// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! `insieme export translation` and `insieme import translation`: the texts of a questionnaire, out to a translator and in
//! again.

use std::fs::File;
use std::io::Write;

use super::commands::{TranslationExportOptions, TranslationImportOptions, TranslationOf};
use super::failure::Failure;
use crate::app::frameworks::FrameworkVersion;
use crate::app::{App, Refusal, Trial};
use crate::clock::Clock;
use crate::domain::translation::{Completeness, Translatable, Translation, Whose, translatables};
use crate::export;
use crate::intake::{Sheet, read_translation};
use crate::view::sentences;

/// Writes a translation sheet.
pub(super) fn export(options: &TranslationExportOptions) -> Result<(), Failure> {
    let of = &options.of;
    let (app, version) = open(of)?;
    let (reading, language) = (version.clone(), of.language.clone());
    let translation = app.store.read_now(move |db| App::translation(db, &reading, Whose::Installation, &language))?;
    let sheet = export::translation::csv(&texts(&version), &translation);
    match &options.output {
        Some(path) => std::fs::write(path, sheet)
            .map_err(|source| Failure::Unwritable { path: path.display().to_string(), source })?,
        None => std::io::stdout().lock().write_all(sheet.as_bytes())?,
    }
    Ok(())
}

/// Takes a translation sheet in, or says what it has.
pub(super) fn import(options: &TranslationImportOptions) -> Result<(), Failure> {
    let path = options.file.display().to_string();
    let file = File::open(&options.file).map_err(|source| Failure::Unreadable { path: path.clone(), source })?;
    let (app, version) = open(&options.of)?;
    let all = texts(&version);
    let sheet = Sheet { texts: &all, is_sentence: sentences::is_well_formed };
    let words = read_translation(file, &path, sheet).map_err(Failure::List)?;
    let language = options.of.language.clone();
    let translation = Translation { language, state: options.state, texts: words };
    let trial = if options.dry_run { Trial::Yes } else { Trial::No };
    let (importing, kept) = (app.clone(), translation.clone());
    let before = app.store.write_now(move |db| importing.import_translation(db, &version, &kept, ("shell", trial)))?;
    tell(&mut std::io::stdout().lock(), &all, (&before, &translation), trial)?;
    Ok(())
}

fn open(of: &TranslationOf) -> Result<(App, FrameworkVersion), Failure> {
    let app = App::open(&of.on.location()?, Clock::System)?;
    let (asking, id, version) = (app.clone(), of.framework.clone(), of.version.clone());
    let found = app.store.read_now(move |db| asking.framework_version(db, &id, &version));
    match found {
        Ok(version) => Ok((app, version)),
        Err(Refusal::NotFound) => Err(Failure::NoFramework { id: of.framework.clone(), version: of.version.clone() }),
        Err(refusal) => Err(refusal.into()),
    }
}

/// Everything there is to translate: of the version, and of the pages.
fn texts(version: &FrameworkVersion) -> Vec<Translatable> {
    translatables(&version.framework).into_iter().chain(sentences::translatables()).collect()
}

/// How much is translated now, and how much was before.
fn tell(
    out: &mut impl Write,
    texts: &[Translatable],
    (before, now): (&Translation, &Translation),
    trial: Trial,
) -> std::io::Result<()> {
    let told = |done: Completeness| format!("{} of {} ({}%)", done.translated, done.of, done.percent());
    for (what, of_page) in [("texts of the framework", false), ("sentences of the pages", true)] {
        let some = || texts.iter().filter(|one| one.is_of_page() == of_page);
        let (before, now) = (before.completeness(some()), now.completeness(some()));
        writeln!(out, "{what}: {}, before {}", told(now), told(before))?;
    }
    match trial {
        Trial::Yes => writeln!(out, "Tried only: nothing was changed."),
        Trial::No => writeln!(out, "Imported {} as {}.", now.language, now.state.code()),
    }
}
