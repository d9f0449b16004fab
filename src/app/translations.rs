// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! In which further languages can a questionnaire be answered, and how do their texts come in?

use std::sync::Arc;

use rust_embed::RustEmbed;
use uuid::Uuid;

use super::frameworks::{FrameworkVersion, find_shipped};
use super::responses::{Landing, OpenQuestionnaire, Place};
use super::{App, Refusal, Trial};
use crate::domain::audit::AuditNote;
use crate::domain::duration::median_minutes;
use crate::domain::language_tag::LanguageTag;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::text::Language;
use crate::domain::translation::{Tongue, Translation, TranslationState, Whose, counting, languages_of, translatables};
use crate::intake::{Problems, Sheet, read_translation};
use crate::store::{self, Db};

/// Translation sheets that come with the program: drafts, for the demonstration.
#[derive(RustEmbed)]
#[folder = "indicators/"]
#[include = "*.csv"]
struct Sheets;

/// The translations of a framework version that come with the program.
///
/// # Errors
/// What is wrong with the first sheet that cannot be read.
pub(super) fn shipped(version: &FrameworkVersion) -> Result<Vec<Translation>, Problems> {
    let texts = translatables(&version.framework);
    let folder = format!("{}/{}/translations/", version.framework.id, version.framework.version);
    let mut found = Vec::new();
    for path in Sheets::iter() {
        let tag = path.strip_prefix(&folder).and_then(|name| name.strip_suffix(".csv"));
        let Some((Ok(language), file)) = tag.map(LanguageTag::parse).zip(Sheets::get(&path)) else { continue };
        let sheet = Sheet { texts: &texts, is_sentence: |_| true };
        let words = read_translation(&*file.data, &path, sheet)?;
        found.push(Translation { texts: words, ..Translation::new(language) });
    }
    Ok(found)
}

impl App {
    /// The framework version with this id and version: one that comes with the program, or one that is in use.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], or a failure of the database.
    pub fn framework_version(&self, db: &mut Db, id: &str, version: &str) -> Result<FrameworkVersion, Refusal> {
        if let Ok(shipped) = find_shipped(id, version) {
            return Ok(shipped);
        }
        let (sha256, _) = store::frameworks::kept_as(db, id, version)?.ok_or(Refusal::NotFound)?;
        Ok(FrameworkVersion { framework: self.framework(db, &sha256)?, sha256 })
    }

    /// What the installation, or a body, has brought in for a framework version in a language; without a word where it has
    /// nothing.
    ///
    /// # Errors
    /// If the database fails.
    pub fn translation(
        db: &mut Db,
        version: &FrameworkVersion,
        whose: Whose,
        language: &LanguageTag,
    ) -> Result<Translation, Refusal> {
        let kept = store::translations::find(db, (&version.sha256, whose), language)?;
        Ok(kept.unwrap_or_else(|| Translation::new(language.clone())))
    }

    /// Every language of a framework version beyond those of the interface, from its files or brought in, as it counts for
    /// the installation or for a body; with whose it is where it was brought in.
    ///
    /// # Errors
    /// If the database fails.
    pub fn translations(db: &mut Db, version: &FrameworkVersion, whose: Whose) -> Result<Languages, Refusal> {
        let kept = counting(store::translations::of_framework(db, &version.sha256, whose)?);
        let mut all: Languages = kept.into_iter().map(|(whose, translation)| (Some(whose), translation)).collect();
        for language in languages_of(&version.framework) {
            if !all.iter().any(|(_, known)| known.language == language) {
                all.push((None, Translation::new(language)));
            }
        }
        all.sort_by(|(_, a), (_, b)| a.language.cmp(&b.language));
        Ok(all)
    }

    /// What counts for a body in a language: its own translation, or else the installation's; with whose it is where it was
    /// brought in.
    ///
    /// # Errors
    /// If the database fails.
    pub(super) fn translation_for(
        db: &mut Db,
        version: &FrameworkVersion,
        organisation: Uuid,
        language: &LanguageTag,
    ) -> Result<(Option<Whose>, Translation), Refusal> {
        for whose in [Whose::Body(organisation), Whose::Installation] {
            if let Some(translation) = store::translations::find(db, (&version.sha256, whose), language)? {
                return Ok((Some(whose), translation));
            }
        }
        Ok((None, Translation::new(language.clone())))
    }

    /// Puts a translation in the place of the one that the installation had, and returns that. `actor` is who does it, for
    /// the audit.
    ///
    /// # Errors
    /// If the database fails.
    pub fn import_translation(
        &self,
        db: &mut Db,
        version: &FrameworkVersion,
        translation: &Translation,
        (actor, trial): (&str, Trial),
    ) -> Result<Translation, Refusal> {
        let before = Self::translation(db, version, Whose::Installation, &translation.language)?;
        if trial == Trial::No {
            let at = (version.sha256.as_str(), Whose::Installation);
            store::translations::replace(db, at, translation, self.clock.now())?;
            self.record(
                db,
                AuditNote {
                    organisation: String::new(),
                    actor: actor.to_owned(),
                    act: "translation.import",
                    subject: subject(version, &translation.language),
                    note: format!("{} texts, {}", translation.texts.len(), translation.state.code()),
                },
            )?;
        }
        Ok(before)
    }

    /// The languages in which a questionnaire can be answered, beyond those of the interface.
    ///
    /// # Errors
    /// If the database fails.
    pub fn offered_languages(
        db: &mut Db,
        place: &Place,
        questionnaire: &Questionnaire,
    ) -> Result<Vec<(LanguageTag, TranslationState)>, Refusal> {
        let all = Self::translations(db, &version_of(place), Whose::Body(place.wave.organisation_id))?;
        let offered = all.into_iter().filter(|(_, translation)| translation.speaks(questionnaire));
        Ok(offered.map(|(_, translation)| (translation.language, translation.state)).collect())
    }

    /// A landing page in the language chosen; in that of the interface where it cannot be had.
    ///
    /// # Errors
    /// If the database fails.
    pub fn landing_in(db: &mut Db, landing: Landing, chosen: Chosen<'_>) -> Result<Landing, Refusal> {
        let place = spoken(db, landing.place, &landing.questionnaire, chosen)?;
        Ok(Landing { questionnaire: said_in(&place, landing.questionnaire), place, ..landing })
    }

    /// An open questionnaire in the language chosen; in that of the interface where it cannot be had.
    ///
    /// # Errors
    /// If the database fails.
    pub fn questionnaire_in(
        db: &mut Db,
        open: OpenQuestionnaire,
        chosen: Chosen<'_>,
    ) -> Result<OpenQuestionnaire, Refusal> {
        let place = spoken(db, open.place, &open.questionnaire, chosen)?;
        Ok(OpenQuestionnaire { questionnaire: said_in(&place, open.questionnaire), place, ..open })
    }

    /// Counts how long a questionnaire took, apart from its response and without anything that leads to it.
    ///
    /// # Errors
    /// If the database fails.
    pub fn count_minutes(db: &mut Db, place: &Place, minutes: u32) -> Result<(), Refusal> {
        Ok(store::durations::count(db, &place.wave, &place.group, minutes)?)
    }

    /// How many minutes a questionnaire usually takes, once enough people have answered its like.
    ///
    /// # Errors
    /// If the database fails.
    pub fn measured_minutes(db: &mut Db, place: &Place) -> Result<Option<u32>, Refusal> {
        Ok(median_minutes(&store::durations::counts(db, &place.wave, &place.group)?))
    }
}

/// Languages by their tags, each with whose translation it is; nobody's where the framework version says it itself.
pub type Languages = Vec<(Option<Whose>, Translation)>;

/// The language of the interface, and the one chosen over it.
pub type Chosen<'a> = (Language, Option<&'a LanguageTag>);

/// The same place in the language chosen, whose framework then says its texts in one more; its hash stays that of the
/// version.
fn spoken(
    db: &mut Db,
    place: Place,
    questionnaire: &Questionnaire,
    (base, chosen): Chosen<'_>,
) -> Result<Place, Refusal> {
    let Some(language) = chosen else { return Ok(Place { tongue: base.into(), ..place }) };
    let organisation = place.wave.organisation_id;
    let (_, translation) = App::translation_for(db, &version_of(&place), organisation, language)?;
    if !translation.speaks(questionnaire) {
        return Ok(Place { tongue: base.into(), ..place });
    }
    let framework = Arc::new(translation.laid_over(&place.framework));
    Ok(Place { framework, tongue: Tongue::translated(base, &translation), ..place })
}

/// The questionnaire of a place, in its language.
fn said_in(place: &Place, plain: Arc<Questionnaire>) -> Arc<Questionnaire> {
    if place.tongue.other().is_none() {
        return plain;
    }
    let wave = &place.wave;
    Arc::new(Questionnaire::for_group(&place.framework, &wave.wave_type, wave.level, &place.group))
}

fn version_of(place: &Place) -> FrameworkVersion {
    FrameworkVersion { framework: Arc::clone(&place.framework), sha256: place.wave.framework_sha256.clone() }
}

/// How a translation is called in the audit.
pub(super) fn subject(version: &FrameworkVersion, language: &LanguageTag) -> String {
    format!("{} {} {language}", version.framework.id, version.framework.version)
}
