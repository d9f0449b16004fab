// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What do a body's own questionnaires say in further languages? A sheet is handed in, tried first, and can be taken away.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::frameworks::FrameworkVersion;
use super::staff::{self, Staff, note, of_body};
use super::translations::{Languages, subject};
use super::{App, Refusal, secrets};
use crate::domain::audit::AuditNote;
use crate::domain::field::FieldProblem;
use crate::domain::language_tag::LanguageTag;
use crate::domain::programme::Organisation;
use crate::domain::role::Action;
use crate::domain::text::Language;
use crate::domain::translation::{Translatable, Translation, TranslationState, Whose, translatables};
use crate::domain::wave::WaveState;
use crate::intake::{Problems, Sheet, decode, read_translation};
use crate::store::{self, Db};

/// A framework version that a body may use, with its further languages as they count for the body.
#[derive(Clone, Debug)]
pub struct LanguagesFile {
    /// The body.
    pub body: Organisation,
    /// The version.
    pub version: FrameworkVersion,
    /// Its languages beyond those of the interface.
    pub languages: Languages,
    /// The body's waves that are open and ask this version: project and code.
    pub open_waves: Vec<String>,
}

impl LanguagesFile {
    /// The body's own translation into a language, by its tag.
    #[must_use]
    pub fn own(&self, language: &str) -> Option<&Translation> {
        let is_own = |whose: &Option<Whose>| *whose == Some(Whose::Body(self.body.id));
        let found = self.languages.iter().find(|(whose, one)| is_own(whose) && one.language.code() == language);
        found.map(|(_, translation)| translation)
    }
}

/// A translation sheet as it was handed in.
#[derive(Clone, Debug)]
pub struct HandedSheet {
    /// The file.
    pub bytes: Vec<u8>,
    /// Tag of its language, as it was typed.
    pub language: String,
    /// Word of who has looked at it, as it was chosen.
    pub state: String,
    /// The sentences that the pages say themselves.
    pub sentences: Vec<Translatable>,
    /// Whether a sentence of a page can be said.
    pub is_sentence: fn(&str) -> bool,
}

/// A translation sheet that was read; nothing of it is kept yet.
#[derive(Clone, Debug)]
pub struct ReadSheet {
    /// What it would bring.
    pub translation: Translation,
    /// What counts for the body now, with whose it is where there is anything.
    pub before: (Option<Whose>, Translation),
    /// Everything that there is to translate.
    pub texts: Vec<Translatable>,
    /// The file as text.
    pub text: String,
}

/// What is wrong with a translation sheet, or with what was said about it.
#[derive(Clone, Debug, Default)]
pub struct SheetFaults {
    /// In the form.
    pub fields: Vec<FieldProblem>,
    /// In the file.
    pub file: Problems,
}

/// A body and the SHA-256 of one of the framework versions that it may use.
pub type VersionOfBody<'a> = (Uuid, &'a str);

impl App {
    /// A framework version of a body with its further languages, for whoever may change what the body asks.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the body may not use such a version; or as [`Staff::require`].
    pub fn languages_of_body(
        &self,
        db: &mut Db,
        staff: &Staff,
        (organisation, sha256): VersionOfBody<'_>,
    ) -> Result<LanguagesFile, Refusal> {
        let body = staff::organisation(db, staff, organisation, Action::EditProject)?;
        let version = self.version_of_body(db, organisation, sha256)?;
        let languages = Self::translations(db, &version, Whose::Body(organisation))?;
        let open_waves = open_waves(db, organisation, sha256)?;
        Ok(LanguagesFile { body, version, languages, open_waves })
    }

    /// The bodies for which staff may hand in translations of a framework version.
    ///
    /// # Errors
    /// If the database fails.
    pub fn bodies_translating(&self, db: &mut Db, staff: &Staff, sha256: &str) -> Result<Vec<Organisation>, Refusal> {
        let mut found = Vec::new();
        for id in staff.organisations() {
            if !staff.may(Action::EditProject, of_body(id)) {
                continue;
            }
            match self.version_of_body(db, id, sha256) {
                Ok(_) => found.extend(store::organisations::find(db, id)?),
                Err(Refusal::NotFound) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(found)
    }

    /// Reads a sheet without keeping anything: what it would bring, or everything that is wrong with it.
    ///
    /// # Errors
    /// As [`App::languages_of_body`].
    pub fn try_sheet(
        &self,
        db: &mut Db,
        staff: &Staff,
        at: VersionOfBody<'_>,
        handed: &HandedSheet,
    ) -> Result<(LanguagesFile, Result<ReadSheet, SheetFaults>), Refusal> {
        let file = self.languages_of_body(db, staff, at)?;
        let texts: Vec<Translatable> =
            translatables(&file.version.framework).into_iter().chain(handed.sentences.iter().cloned()).collect();
        let read = match read(handed, &texts) {
            Err(faults) => Err(faults),
            Ok(translation) => {
                let before = Self::translation_for(db, &file.version, file.body.id, &translation.language)?;
                Ok(ReadSheet { translation, before, texts, text: decode(&handed.bytes).0 })
            }
        };
        Ok((file, read))
    }

    /// Makes a sheet the body's own translation, whole, in the place of the one before.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] if anything is wrong with it; or as [`App::languages_of_body`].
    pub fn take_sheet(
        &self,
        db: &mut Db,
        staff: &Staff,
        at: VersionOfBody<'_>,
        handed: &HandedSheet,
    ) -> Result<(), Refusal> {
        let (file, read) = self.try_sheet(db, staff, at, handed)?;
        let ReadSheet { translation, text, .. } = read.map_err(|faults| Refusal::Invalid(faults.fields))?;
        let kept_at = (at.1, Whose::Body(file.body.id));
        store::translations::replace(db, kept_at, &translation, self.clock.now())?;
        let what = subject(&file.version, &translation.language);
        let said = (translation.texts.len(), translation.state.code(), secrets::hash(&text));
        let audit = note(staff, file.body.id, "translation.import", what);
        self.record(db, AuditNote { note: format!("{} texts, {}, {}", said.0, said.1, said.2), ..audit })
    }

    /// The languages of a body, one of which it has a translation of its own into, and those that would count without it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the body has none in this language; or as [`App::languages_of_body`].
    pub fn own_translation(
        &self,
        db: &mut Db,
        staff: &Staff,
        at: VersionOfBody<'_>,
        language: &str,
    ) -> Result<(LanguagesFile, Languages), Refusal> {
        let file = self.languages_of_body(db, staff, at)?;
        file.own(language).ok_or(Refusal::NotFound)?;
        let below = Self::translations(db, &file.version, Whose::Installation)?;
        Ok((file, below))
    }

    /// Takes a body's own translation away; the installation's counts again where there is one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where the body has none in this language; or as [`App::languages_of_body`].
    pub fn remove_own_translation(
        &self,
        db: &mut Db,
        staff: &Staff,
        at: VersionOfBody<'_>,
        language: &str,
    ) -> Result<(), Refusal> {
        let file = self.languages_of_body(db, staff, at)?;
        let language = &file.own(language).ok_or(Refusal::NotFound)?.language;
        if !store::translations::remove(db, (at.1, Whose::Body(file.body.id)), language)? {
            return Err(Refusal::NotFound);
        }
        self.record(db, note(staff, file.body.id, "translation.removal", subject(&file.version, language)))
    }
}

/// What a sheet says, if nothing is wrong with it.
fn read(handed: &HandedSheet, texts: &[Translatable]) -> Result<Translation, SheetFaults> {
    let mut faults = SheetFaults::default();
    let language = language(&handed.language).map_err(|problem| faults.fields.push(problem)).ok();
    let state = TranslationState::from_code(&handed.state);
    if state.is_none() {
        faults.fields.push(FieldProblem::new("translation_state", "choose"));
    }
    let words = words(handed, texts).map_err(|found| {
        faults.fields.extend(found.fields);
        faults.file = found.file;
    });
    match (language, state, words) {
        (Some(language), Some(state), Ok(texts)) => Ok(Translation { language, state, texts }),
        _ => Err(faults),
    }
}

/// The words of a sheet, or what is wrong with it: in one sentence, and one by one.
fn words(handed: &HandedSheet, texts: &[Translatable]) -> Result<BTreeMap<String, String>, SheetFaults> {
    let faults = |problem, file| SheetFaults { fields: vec![problem], file };
    let alone = |key| faults(FieldProblem::new("translation_sheet", key), Problems::default());
    if handed.bytes.trim_ascii().is_empty() {
        return Err(alone("missing"));
    }
    let sheet = Sheet { texts, is_sentence: handed.is_sentence };
    let words = read_translation(handed.bytes.as_slice(), "", sheet).map_err(|problems| {
        let more = usize::try_from(problems.more_errors).unwrap_or(usize::MAX);
        let count = problems.errors.len().saturating_add(more);
        faults(FieldProblem::new("translation_sheet", "sheet-problems").with("count", count), problems)
    })?;
    if words.is_empty() { Err(alone("sheet-empty")) } else { Ok(words) }
}

/// A language beyond those of the interface.
fn language(typed: &str) -> Result<LanguageTag, FieldProblem> {
    let problem = |key| FieldProblem::new("translation_language", key).with("typed", typed.trim());
    if typed.trim().is_empty() {
        return Err(problem("missing"));
    }
    let language = LanguageTag::parse(typed.trim()).map_err(|_| problem("language-tag"))?;
    match Language::from_code(language.code()) {
        Some(_) => Err(problem("language-of-pages")),
        None => Ok(language),
    }
}

/// The waves of a body that are open and ask a version, each by its project and code.
fn open_waves(db: &mut Db, organisation: Uuid, sha256: &str) -> Result<Vec<String>, Refusal> {
    let mut found = Vec::new();
    for project in store::projects::of_organisation(db, organisation)? {
        let waves = store::waves::of_project(db, &project)?;
        let open = waves.iter().filter(|wave| wave.state == WaveState::Open && wave.framework_sha256 == sha256);
        found.extend(open.map(|wave| format!("{} · {}", project.name, wave.code)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Text;

    fn texts() -> Vec<Translatable> {
        vec![Translatable {
            key: "item.Fa".to_owned(),
            context: String::new(),
            text: Text::both("Mi fido.", "I trust."),
        }]
    }

    fn handed(language: &str, state: &str, sheet: &str) -> HandedSheet {
        HandedSheet {
            bytes: sheet.as_bytes().to_vec(),
            language: language.to_owned(),
            state: state.to_owned(),
            sentences: Vec::new(),
            is_sentence: |_| true,
        }
    }

    /// Field and key of everything that is wrong with the form.
    fn faults(handed: &HandedSheet) -> Vec<(String, &'static str)> {
        read(handed, &texts()).unwrap_err().fields.into_iter().map(|one| (one.field, one.key)).collect()
    }

    const SHEET: &str = "key;translation\nitem.Fa;Am încredere.\n";

    #[test]
    fn a_sheet_brings_its_words_in_the_language_in_its_usual_spelling() {
        for (typed, kept) in [("RO", "ro"), (" ur ", "ur"), ("it-X-Facile", "it-x-facile")] {
            let read = read(&handed(typed, "revised", SHEET), &texts()).unwrap();
            assert_eq!((read.language.code(), read.state), (kept, TranslationState::Revised));
            assert_eq!(read.texts.get("item.Fa").map(String::as_str), Some("Am încredere."));
        }
    }

    #[test]
    fn the_language_has_to_be_one_and_not_that_of_the_pages() {
        for (typed, key) in
            [("", "missing"), ("rumeno", "language-tag"), ("it", "language-of-pages"), ("EN", "language-of-pages")]
        {
            assert_eq!(faults(&handed(typed, "draft", SHEET)), [("translation_language".to_owned(), key)]);
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let wrong = handed("ro", "", "key;translation\nitem.Zz;x\nitem.Fa;Am\nitem.Fa;x\n");
        let found = read(&wrong, &texts()).unwrap_err();
        let keys: Vec<&str> = found.fields.iter().map(|one| one.key).collect();
        assert_eq!(keys, ["choose", "sheet-problems"]);
        assert_eq!(found.fields[1].values, [("count", "2".to_owned())]);
        assert_eq!(found.file.errors.len(), 2);
    }

    #[test]
    fn a_sheet_without_a_word_is_none() {
        let sheet = |key| vec![("translation_sheet".to_owned(), key)];
        assert_eq!(faults(&handed("ro", "draft", " \n")), sheet("missing"));
        assert_eq!(faults(&handed("ro", "draft", "key;translation\nitem.Fa;\n")), sheet("sheet-empty"));
    }
}
