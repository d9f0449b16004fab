// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The demonstration: the public facts of Equilibri, an invented later edition, and answers that are all invented.

mod content;
mod decisions;
mod discussion;
mod invention;
mod proposals;
mod weights;

use jiff::ToSpan;
use uuid::Uuid;

use self::content::{Content, EditionContent, MeasureContent, ProjectContent, WaveContent};
use self::decisions::DecisionsContent;
use self::invention::Character;
use super::frameworks::FrameworkVersion;
use super::planning::saved;
use super::waves::issue_group_link;
use super::{App, Purpose, Refusal, translations};
use crate::domain::access_code::AccessCode;
use crate::domain::account::{Account, AccountState, Operator};
use crate::domain::framework::Level;
use crate::domain::invitation::Setting;
use crate::domain::measure::{FigureState, MeasureValue, Period};
use crate::domain::phase::Phase;
use crate::domain::profile::Profile;
use crate::domain::programme::{
    BodyDetails, BodyKind, Edition, Organisation, Origin, Programme, Project, ProjectDetails, Visibility,
};
use crate::domain::role::Role;
use crate::domain::text::{Language, Text};
use crate::domain::translation::Whose;
use crate::domain::wave::{Collection, RosterEntry, Wave, WaveAct, WaveState};
use crate::intake::Problems;
use crate::store::{self, Db};

pub use content::ContentError;

/// The group whose questionnaire the demonstration invites to.
const INVITED_GROUP: &str = "ETS";

/// The invented project whose published results were talked about.
const TALKED_ABOUT: &str = "Ponti di valle (inventato)";

/// The invented members of staff: name and e-mail address. The first sets up, the second evaluates.
const ACCOUNTS: [(&str, &str); 2] =
    [("Coordinatrice (inventata)", "coordinatrice@example.org"), ("Valutatore (inventato)", "valutatore@example.org")];

/// Where the demonstration can be entered.
#[derive(Clone, Debug)]
pub struct Entrances {
    /// Signs staff in once: whoever sets up and invites.
    pub sign_in_token: String,
    /// Signs staff in once: whoever evaluates, and so neither sets up nor invites.
    pub evaluator_token: String,
    /// Opens a questionnaire.
    pub access_code: AccessCode,
    /// The programme whose results are public.
    pub programme: Uuid,
    /// Open the participants' space of a wave that is in another phase, each with its phase.
    pub spaces: Vec<(Phase, AccessCode)>,
}

impl App {
    /// Fills an empty database with the demonstration, in one transaction.
    ///
    /// # Errors
    /// If the demonstration's own content is broken or the database fails.
    pub fn load_demonstration(&mut self, version: &FrameworkVersion) -> Result<(), DemonstrationError> {
        let content = Content::read()?;
        let decisions = DecisionsContent::read()?;
        let said = discussion::Words::read()?;
        let loading = Loading { content, decisions, version: version.clone(), today: self.clock.today() };
        let translations = translations::shipped(version).map_err(DemonstrationError::Sheets)?;
        let app = self.clone();
        self.store.write_now(move |db| {
            let organisation = loading.run(db)?;
            for wave in talked_about(db, organisation)? {
                said.load(&app, db, &wave)?;
            }
            for translation in &translations {
                let at = (loading.version.sha256.as_str(), Whose::Installation);
                store::translations::replace(db, at, translation, app.clock.now())?;
            }
            proposals::load(&app, db, organisation)?;
            app.add_demonstration_accounts(db, organisation)
        })?;
        self.purpose = Purpose::Demonstration;
        Ok(())
    }

    /// Two invented members of staff without a password: they come in by link only.
    fn add_demonstration_accounts(&self, db: &mut Db, organisation: Uuid) -> Result<(), Refusal> {
        let setting_up = Role::FOUNDING;
        for ((name, email), roles) in ACCOUNTS.into_iter().zip([setting_up.as_slice(), &[Role::Evaluator]]) {
            let account = Account {
                id: Uuid::now_v7(),
                email: email.to_owned(),
                name: name.to_owned(),
                language: Language::It,
                state: AccountState::Active,
                operator: Operator::No,
            };
            store::accounts::insert(db, &account, email, self.clock.now())?;
            self.grant_all(db, &account, organisation, roles)?;
        }
        Ok(())
    }

    /// The invented members of staff; a demonstration kept from an earlier version gets them now.
    fn demonstration_accounts(&self, db: &mut Db, organisation: Uuid) -> Result<[Uuid; 2], Refusal> {
        let [(_, first), (_, second)] = ACCOUNTS;
        if store::accounts::find_by_email(db, first)?.is_none() {
            self.add_demonstration_accounts(db, organisation)?;
        }
        let (first, second) = (store::accounts::find_by_email(db, first)?, store::accounts::find_by_email(db, second)?);
        first.zip(second).map(|(first, second)| [first.id, second.id]).ok_or(Refusal::NotFound)
    }

    /// Fresh ways into a demonstration that is already there.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] if the database does not hold a demonstration with an open wave.
    pub fn demonstration_entrances(&self, db: &mut Db) -> Result<Entrances, Refusal> {
        for organisation in store::organisations::all(db)? {
            let programmes = store::programmes::of_organisation(db, organisation.id)?;
            let Some(programme) = programmes.first() else { continue };
            if let Some(wave) = open_wave(db, &organisation)? {
                let access_code = issue_group_link(db, &wave, INVITED_GROUP, Setting::Own)?.code;
                let [coordinator, evaluator] = self.demonstration_accounts(db, organisation.id)?;
                let sign_in_token = self.issue_sign_in(db, coordinator)?;
                let evaluator_token = self.issue_sign_in(db, evaluator)?;
                let spaces = spaces(db, &organisation)?;
                let programme = programme.id;
                return Ok(Entrances { sign_in_token, evaluator_token, access_code, programme, spaces });
            }
        }
        Err(Refusal::NotFound)
    }
}

/// Why the demonstration could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemonstrationError {
    /// Its content cannot be read.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// A translation that comes with the program cannot be read.
    #[error("{0}")]
    Sheets(Problems),
    /// It could not be written.
    #[error(transparent)]
    Refusal(#[from] Refusal),
}

/// The invented waves whose results are talked about: those given back to participants now, and one that was published.
fn talked_about(db: &mut Db, organisation: Uuid) -> Result<Vec<Wave>, Refusal> {
    let mut found = Vec::new();
    for project in store::projects::of_organisation(db, organisation)? {
        let waves = store::waves::of_project(db, &project)?;
        found.extend(waves.iter().filter(|wave| wave.phase == Phase::Restitution).cloned());
        if project.name == TALKED_ABOUT {
            found.extend(waves.iter().rfind(|wave| wave.phase == Phase::Decisions).cloned());
        }
    }
    Ok(found)
}

fn open_wave(db: &mut Db, organisation: &Organisation) -> Result<Option<Wave>, Refusal> {
    for project in store::projects::of_organisation(db, organisation.id)? {
        let open = store::waves::of_project(db, &project)?.into_iter().find(|wave| wave.state == WaveState::Open);
        if open.is_some() {
            return Ok(open);
        }
    }
    Ok(None)
}

/// Fresh codes for one wave in each of the phases in which those who take part have something to do.
fn spaces(db: &mut Db, organisation: &Organisation) -> Result<Vec<(Phase, AccessCode)>, Refusal> {
    let mut found: Vec<(Phase, AccessCode)> = Vec::new();
    for project in store::projects::of_organisation(db, organisation.id)? {
        for wave in store::waves::of_project(db, &project)? {
            let is_shown = matches!(wave.phase, Phase::Definition | Phase::Weights | Phase::Restitution);
            if is_shown && found.iter().all(|(phase, _)| *phase != wave.phase) {
                found.push((wave.phase, issue_group_link(db, &wave, INVITED_GROUP, Setting::Own)?.code));
            }
        }
    }
    found.sort_by_key(|(phase, _)| *phase);
    Ok(found)
}

struct Loading {
    content: Content,
    decisions: DecisionsContent,
    version: FrameworkVersion,
    today: jiff::civil::Date,
}

impl Loading {
    fn run(&self, db: &mut Db) -> Result<Uuid, Refusal> {
        store::frameworks::keep(db, &self.version.framework, &self.version.sha256)?;
        let organisation = Organisation {
            id: Uuid::now_v7(),
            name: self.content.organisation.name.clone(),
            contact: self.content.organisation.contact.clone(),
            data: Origin::Fictional,
            details: BodyDetails { kind: BodyKind::Foundation, ..BodyDetails::default() },
            revision: 1,
        };
        store::organisations::insert(db, &organisation)?;
        let programme = Programme {
            organisation_id: organisation.id,
            id: Uuid::now_v7(),
            name: self.content.programme.name.clone(),
            summary: self.content.programme.summary.clone(),
            source: self.content.programme.source.clone(),
            visibility: Visibility::Public,
            revision: 1,
        };
        store::programmes::insert(db, &programme)?;
        self.content.editions.iter().try_for_each(|edition| self.edition(db, &programme, edition))?;
        Ok(organisation.id)
    }

    fn edition(&self, db: &mut Db, programme: &Programme, content: &EditionContent) -> Result<(), Refusal> {
        let edition = Edition {
            organisation_id: programme.organisation_id,
            id: Uuid::now_v7(),
            programme_id: programme.id,
            name: content.name.clone(),
            years: content.years.clone(),
            origin: content.origin,
            profile: Profile::default(),
            revision: 1,
        };
        store::programmes::insert_edition(db, &edition)?;
        content.projects.iter().try_for_each(|project| self.project(db, &edition, project))
    }

    fn project(&self, db: &mut Db, edition: &Edition, content: &ProjectContent) -> Result<(), Refusal> {
        let project = Project {
            organisation_id: edition.organisation_id,
            id: Uuid::now_v7(),
            edition_id: Some(edition.id),
            name: content.name.clone(),
            territory: content.territory.clone(),
            lead: content.lead.clone(),
            summary: content.summary.clone(),
            source: content.source.clone(),
            origin: content.origin,
            profile: Profile::default(),
            details: ProjectDetails {
                framework_sha256: Some(self.version.sha256.clone()),
                ..ProjectDetails::default()
            },
            visibility: Visibility::Public,
            revision: 1,
        };
        store::projects::insert(db, &project)?;
        for measure in &content.measures {
            saved(store::measures::insert(db, &reported(&project, measure))?)?;
        }
        (0..).zip(&content.waves).try_for_each(|(place, wave)| {
            let character = Character { project: &content.name, mood: content.mood, turns: &wave.turns, place };
            self.wave(db, &project, wave, character)
        })?;
        self.decisions.load(db, &project)
    }

    fn wave(
        &self,
        db: &mut Db,
        project: &Project,
        planned: &WaveContent,
        character: Character<'_>,
    ) -> Result<(), Refusal> {
        let wave = self.planned_wave(project, planned);
        let roster: Vec<RosterEntry> = planned
            .roster
            .iter()
            .map(|(group, listed)| RosterEntry { group: group.clone(), listed: Some(*listed) })
            .collect();
        store::waves::insert(db, &wave, &roster)?;
        Self::acts(db, &wave)?;
        weights::load(db, &wave, &self.version.framework, (&roster, planned.weighed))?;
        if wave.state == WaveState::Draft {
            return Ok(());
        }
        let answers = invention::responses(&self.version.framework, &wave, &roster, character);
        Ok(store::responses::insert_all(db, &answers)?)
    }

    /// The signed acts that brought a wave to its phase. Map and weights were passed over in all but those shown there.
    fn acts(db: &mut Db, wave: &Wave) -> Result<(), Refusal> {
        let [(name, _), _] = ACCOUNTS;
        let was = |phase: &Phase| match phase {
            Phase::Map | Phase::Definition => matches!(wave.phase, Phase::Definition | Phase::Weights),
            Phase::Weights => wave.phase == Phase::Weights,
            Phase::Draft
            | Phase::Frozen
            | Phase::Open
            | Phase::Closed
            | Phase::Restitution
            | Phase::Decisions
            | Phase::Concluded => true,
        };
        for phase in Phase::ALL.into_iter().filter(|phase| *phase <= wave.phase && was(phase)) {
            let day = match phase.state() {
                WaveState::Draft => wave.opens_on.saturating_sub(60.days()),
                WaveState::Open => wave.opens_on,
                WaveState::Closed => wave.closes_on,
            };
            let done_at = day.at(9, 0, 0, 0).in_tz("UTC").map(|at| at.timestamp()).unwrap_or_default();
            let act = WaveAct { act: phase.act().to_owned(), actor: name.to_owned(), note: String::new(), done_at };
            store::rosters::insert_act(db, wave, Uuid::now_v7(), &act)?;
        }
        Ok(())
    }

    fn planned_wave(&self, project: &Project, planned: &WaveContent) -> Wave {
        let phase = planned.phase.unwrap_or(if planned.open_now { Phase::Open } else { Phase::Decisions });
        let (opens, closes): (i64, i64) = match phase.state() {
            WaveState::Draft => (45, 75),
            WaveState::Open => (-7, 30),
            WaveState::Closed => (-50, -20),
        };
        let opens_on = planned.opens_on.unwrap_or_else(|| self.today.saturating_add(opens.days()));
        let closes_on = planned.closes_on.unwrap_or_else(|| self.today.saturating_add(closes.days()));
        Wave {
            organisation_id: project.organisation_id,
            id: Uuid::now_v7(),
            project_id: project.id,
            code: planned.code.clone(),
            wave_type: planned.code.clone(),
            state: phase.state(),
            phase,
            framework_sha256: self.version.sha256.clone(),
            level: Level::Core,
            collection: if phase == Phase::Open { Collection::Anonymous } else { Collection::Confidential },
            purpose: Text::both(
                "Vogliamo capire come stiamo lavorando insieme, che cosa aiuta, che cosa ostacola e che cosa cambia per le persone. Serve a migliorare, non a dare voti.",
                "We want to understand how we are working together: what helps, what hinders and what changes for people. It is meant to improve things, not to give marks.",
            ),
            opens_on,
            closes_on,
            published_on: (phase >= Phase::Decisions).then_some(closes_on),
            embargo_until: (phase == Phase::Restitution).then(|| self.today.saturating_add(10.days())),
            refusal: String::new(),
            revision: 1,
        }
    }
}

fn reported(project: &Project, content: &MeasureContent) -> MeasureValue {
    MeasureValue {
        organisation_id: project.organisation_id,
        id: Uuid::now_v7(),
        revision: 1,
        project_id: project.id,
        measure: content.measure.clone(),
        label: content.label.clone(),
        value: content.value,
        parts: content.parts.clone(),
        unit: content.unit.clone(),
        definition: content.definition.clone(),
        period: Period { words: content.period.clone(), days: content.first_day.zip(content.last_day) },
        as_of: content.as_of,
        source: content.source.clone(),
        standing: content.standing,
        state: FigureState::Reported,
        reason: String::new(),
        reported_at: None,
    }
}
