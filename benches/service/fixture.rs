// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A running service with one open wave whose questionnaire is a single page of 41 items.

use std::fmt::Write;
use std::net::{SocketAddr, TcpListener};
use std::thread;

use insieme::app::{App, Purpose, Refusal, secrets};
use insieme::catalogue::{self, SourceFile};
use insieme::clock::Clock;
use insieme::domain::access_code::AccessCode;
use insieme::domain::framework::{Framework, Level};
use insieme::domain::invitation::{Invitation, InvitationKind, Setting};
use insieme::domain::phase::Phase;
use insieme::domain::profile::Profile;
use insieme::domain::programme::{BodyDetails, Organisation, Origin, Project, ProjectDetails, Visibility};
use insieme::domain::text::Text;
use insieme::domain::wave::{Collection, RosterEntry, Wave, WaveState};
use insieme::store::{self, Location};
use insieme::web::{self, Logos, Mail, Site, SiteOptions};
use jiff::ToSpan;
use uuid::Uuid;

use crate::client::Client;

pub const ITEMS: usize = 41;

pub struct Fixture {
    pub address: SocketAddr,
    app: App,
    wave: Wave,
    code: AccessCode,
    _folder: tempfile::TempDir,
}

/// A page as one respondent sees it.
pub struct OpenPage {
    pub cookie: String,
    pub body: String,
}

impl Fixture {
    /// Starts the service in this process.
    pub fn serve() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let app = App::open(&Location::Sqlite(folder.path().join("bench.db")), Clock::System).expect("a database");
        let (wave, code) = load(&app);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("bound");
        assert_eq!(app.purpose, Purpose::Service);
        let options = SiteOptions {
            base_url: format!("http://{address}"),
            source_url: None,
            mail: Mail::Off,
            logos: Logos::default(),
        };
        let site = Site::new(app.clone(), options);
        thread::spawn(move || web::serve(site, listener, || Ok(())));
        Self { address, app, wave, code, _folder: folder }
    }

    /// Opens a questionnaire and returns its page.
    pub fn open_questionnaire(&self) -> OpenPage {
        let mut client = Client::connect(self.address);
        let cookie = self.start(&mut client);
        let body = client.fetch(self.address, "/it/questionnaire/1", &cookie).body;
        OpenPage { cookie, body }
    }

    /// One respondent: start, 41 answers, submit.
    pub fn answer(&self, client: &mut Client) {
        let cookie = self.start(client);
        let token = cookie.split_once('=').and_then(|(_, value)| value.split('.').next()).expect("a token");
        let form_token = secrets::form_token(token);
        let mut form = format!("form_token={form_token}&go=next");
        for item in 1..=ITEMS {
            write!(form, "&I{item:02}={}", item % 5 + 1).expect("text");
        }
        let saved = client.post(self.address, "/it/questionnaire/1", &cookie, &form);
        assert_eq!(saved.status, 303, "{}", saved.body);
        let form = format!("form_token={form_token}");
        let submitted = client.post(self.address, "/it/questionnaire/submission", &cookie, &form);
        assert_eq!(submitted.status, 303, "{}", submitted.body);
    }

    fn start(&self, client: &mut Client) -> String {
        let started = client.post(self.address, &format!("/it/q/{}", self.code.compact()), "", "");
        assert_eq!(started.status, 303, "{}", started.body);
        started.cookie.expect("a session")
    }

    /// How many responses the database holds.
    pub fn responses(&self) -> i64 {
        let wave = self.wave.clone();
        let counts = self.app.store.read_now(|db| store::responses::count_by_group(db, &wave)).expect("a count");
        counts.iter().map(|(_, count)| count).sum()
    }
}

/// A framework whose 41 items stand on one page.
pub fn framework() -> Framework {
    let mut text = "[framework]\nid = \"bench\"\nversion = \"1.0.0\"\ntitle = { it = \"Prova\" }\n\
        languages = [\"it\"]\nlicense = \"CC0-1.0\"\n[[group]]\ncode = \"ETS\"\nname = { it = \"ETS\" }\n\
        [[scale]]\ncode = \"S5\"\npoints = [1, 2, 3, 4, 5]\n\
        labels = { it = [\"Per niente vera\", \"Poco vera\", \"In parte vera\", \"In gran parte vera\", \"Del tutto vera\"] }\n\
        [[family]]\ncode = \"F\"\npillar = \"facilitators\"\nname = { it = \"Tutto\" }\n"
        .to_owned();
    for item in 1..=ITEMS {
        if item % 4 == 1 {
            let number = item / 4 + 1;
            write!(
                text,
                "[[indicator]]\ncode = \"K{number:02}\"\nfamily = \"F\"\nname = {{ it = \"Indicatore {number}\" }}\n\
                 definition = {{ it = \"Definizione\" }}\n"
            )
            .expect("text");
        }
        write!(
            text,
            "[[indicator.item]]\ncode = \"I{item:02}\"\nscale = \"S5\"\n\
             text = {{ it = \"Frase numero {item}: i partner mettono in comune risorse proprie, come spazi o fondi.\" }}\n"
        )
        .expect("text");
    }
    let source = SourceFile { name: "bench.toml".to_owned(), text };
    catalogue::read(&[source]).expect("a sound framework").framework
}

fn load(app: &App) -> (Wave, AccessCode) {
    let framework = framework();
    let sha256 = catalogue::sha256(&framework);
    let organisation = Organisation {
        id: Uuid::now_v7(),
        name: "Banco di prova".to_owned(),
        contact: "nessuno".to_owned(),
        data: Origin::Real,
        details: BodyDetails::default(),
        revision: 1,
    };
    let project = Project {
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
    };
    let wave = open_wave(app, &project, &sha256);
    let code = secrets::code();
    let invitation = Invitation {
        organisation_id: organisation.id,
        id: Uuid::now_v7(),
        wave_id: wave.id,
        group: "ETS".to_owned(),
        kind: InvitationKind::Group,
        setting: Setting::Own,
    };
    let (kept, hash) = (wave.clone(), secrets::hash(&code.compact()));
    let loaded: Result<(), Refusal> = app.store.write_now(move |db| {
        store::frameworks::keep(db, &framework, &sha256)?;
        store::organisations::insert(db, &organisation)?;
        store::projects::insert(db, &project)?;
        store::waves::insert(db, &kept, &[RosterEntry { group: "ETS".to_owned(), listed: None }])?;
        Ok(store::invitations::insert(db, &invitation, None, &hash)?)
    });
    loaded.expect("the fixture is written");
    (wave, code)
}

fn open_wave(app: &App, project: &Project, sha256: &str) -> Wave {
    let today = app.clock.today();
    Wave {
        organisation_id: project.organisation_id,
        id: Uuid::now_v7(),
        project_id: project.id,
        code: "1".to_owned(),
        wave_type: "1".to_owned(),
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
