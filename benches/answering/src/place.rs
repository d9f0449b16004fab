// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A database with one open wave, and the link of one group.

use std::fmt::Write;

use diesel::{Connection, PgConnection, RunQueryDsl};
use insieme::app::{App, Refusal, frameworks, secrets};
use insieme::catalogue::{self, SourceFile};
use insieme::clock::Clock;
use insieme::domain::access_code::AccessCode;
use insieme::domain::framework::{Framework, Level};
use insieme::domain::invitation::{Invitation, InvitationKind, Setting};
use insieme::domain::phase::Phase;
use insieme::domain::profile::Profile;
use insieme::domain::programme::{BodyDetails, Organisation, Origin, Project, ProjectDetails, Visibility};
use insieme::domain::questionnaire::Questionnaire;
use insieme::domain::text::Text;
use insieme::domain::wave::{Collection, RosterEntry, Wave, WaveState};
use insieme::store::{self, Engine, Location};
use jiff::ToSpan;
use uuid::Uuid;

pub const GROUP: &str = "ETS";
const ITEMS: usize = 41;

/// What is asked.
#[derive(Clone, Copy)]
pub enum Questions {
    /// The set that comes with the program: a page for each family.
    Shipped,
    /// 41 items on one page.
    OnePage,
}

/// A wave that takes answers.
pub struct Place {
    pub engine: Engine,
    pub app: App,
    pub wave: Wave,
    pub code: AccessCode,
    pub questionnaire: Questionnaire,
}

impl Questions {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shipped => "pages",
            Self::OnePage => "single",
        }
    }

    pub fn described(self, place: &Place) -> String {
        let (pages, items) = (place.questionnaire.pages.len(), place.questionnaire.questions().count());
        match self {
            Self::Shipped => format!("page by page: {items} items on {pages} pages"),
            Self::OnePage => format!("single page: {items} items"),
        }
    }

    fn framework(self) -> Framework {
        match self {
            Self::Shipped => {
                let found = frameworks::find_shipped("pratiche-collaborative", "1.0.0").expect("the shipped set");
                (*found.framework).clone()
            }
            Self::OnePage => one_page(),
        }
    }
}

impl Place {
    /// Makes the schema of a fresh database and opens a wave in it.
    pub fn prepare(location: &Location, questions: Questions) -> Self {
        let app = App::open(location, Clock::System).expect("a database");
        let framework = questions.framework();
        let (wave, code) = open_wave(&app, &framework);
        let questionnaire = Questionnaire::for_group(&framework, &wave.wave_type, wave.level, GROUP);
        Self { engine: location.engine(), app, wave, code, questionnaire }
    }

    /// How many responses are stored; every one is checked to be whole.
    pub fn responses(&self) -> u64 {
        let wave = self.wave.clone();
        let stored = self.app.store.read_now(|db| store::responses::of_wave(db, &wave)).expect("the responses");
        let whole = crate::journey::whole(&self.questionnaire);
        assert!(stored.iter().all(|response| response.answers == whole), "every response is whole");
        stored.len() as u64
    }
}

/// A fresh database on a PostgreSQL server.
pub fn fresh_database(server: &str, name: &str) -> Location {
    let name = format!("answering_{name}_{}", Uuid::new_v4().simple());
    let mut connection = PgConnection::establish(server).expect("the server answers");
    diesel::sql_query(format!("CREATE DATABASE {name}")).execute(&mut connection).expect("a fresh database");
    let (base, _) = server.rsplit_once('/').expect("an address with a name");
    format!("{base}/{name}").parse().expect("an address")
}

fn one_page() -> Framework {
    let mut text = "[framework]\nid = \"answering\"\nversion = \"1.0.0\"\ntitle = { it = \"Prova\" }\n\
        languages = [\"it\"]\nlicense = \"CC0-1.0\"\n[[group]]\ncode = \"ETS\"\nname = { it = \"ETS\" }\n\
        [[scale]]\ncode = \"S5\"\npoints = [1, 2, 3, 4, 5]\n\
        labels = { it = [\"Per niente vera\", \"Poco vera\", \"In parte vera\", \"In gran parte vera\", \"Del tutto vera\"] }\n\
        [[family]]\ncode = \"F\"\npillar = \"facilitators\"\nname = { it = \"Tutto\" }\n\
        [[indicator]]\ncode = \"K\"\nfamily = \"F\"\nname = { it = \"Indicatore\" }\ndefinition = { it = \"Definizione\" }\n"
        .to_owned();
    for item in 1..=ITEMS {
        write!(
            text,
            "[[indicator.item]]\ncode = \"I{item:02}\"\nscale = \"S5\"\n\
             text = {{ it = \"Frase numero {item}: i partner mettono in comune risorse proprie, come spazi o fondi.\" }}\n"
        )
        .expect("text");
    }
    let source = SourceFile { name: "answering.toml".to_owned(), text };
    catalogue::read(&[source]).expect("a sound framework").framework
}

fn open_wave(app: &App, framework: &Framework) -> (Wave, AccessCode) {
    let sha256 = catalogue::sha256(framework);
    let organisation = Organisation {
        id: Uuid::now_v7(),
        name: "Banco di prova".to_owned(),
        contact: "nessuno".to_owned(),
        data: Origin::Real,
        details: BodyDetails::default(),
        revision: 1,
    };
    let project = project(&organisation);
    let first = framework.wave_types.first().map_or("1", |kind| &kind.code);
    let wave = wave(app, &project, (&sha256, first));
    let code = secrets::code();
    let invitation = Invitation {
        organisation_id: organisation.id,
        id: Uuid::now_v7(),
        wave_id: wave.id,
        group: GROUP.to_owned(),
        kind: InvitationKind::Group,
        setting: Setting::Own,
    };
    let (kept, framework, hash) = (wave.clone(), framework.clone(), secrets::hash(&code.compact()));
    let loaded: Result<(), Refusal> = app.store.write_now(move |db| {
        store::frameworks::keep(db, &framework, &sha256)?;
        store::organisations::insert(db, &organisation)?;
        store::projects::insert(db, &project)?;
        store::waves::insert(db, &kept, &[RosterEntry { group: GROUP.to_owned(), listed: None }])?;
        Ok(store::invitations::insert(db, &invitation, None, &hash)?)
    });
    loaded.expect("the wave is written");
    (wave, code)
}

fn project(organisation: &Organisation) -> Project {
    Project {
        organisation_id: organisation.id,
        id: Uuid::now_v7(),
        edition_id: None,
        name: "Prova".to_owned(),
        territory: String::new(),
        lead: String::new(),
        summary: Text::both("Prova", "Trial"),
        source: String::new(),
        origin: Origin::Fictional,
        profile: Profile::default(),
        details: ProjectDetails::default(),
        visibility: Visibility::Public,
        revision: 1,
    }
}

fn wave(app: &App, project: &Project, (sha256, wave_type): (&str, &str)) -> Wave {
    let today = app.clock.today();
    Wave {
        organisation_id: project.organisation_id,
        id: Uuid::now_v7(),
        project_id: project.id,
        code: "1".to_owned(),
        wave_type: wave_type.to_owned(),
        state: WaveState::Open,
        phase: Phase::Open,
        framework_sha256: sha256.to_owned(),
        level: Level::Core,
        collection: Collection::Anonymous,
        purpose: Text::both("Prova", "Trial"),
        opens_on: today,
        closes_on: today.saturating_add(1.days()),
        published_on: None,
        embargo_until: None,
        refusal: String::new(),
        revision: 1,
    }
}
