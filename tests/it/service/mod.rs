// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The whole service over HTTP, on a loopback port, with the demonstration in it and a fixed clock.

mod client;

use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc;
use std::thread;

use insieme::app::{App, frameworks};
use insieme::clock::Clock;
use insieme::domain::access_code::AccessCode;
use insieme::domain::programme::Project;
use insieme::domain::wave::Wave;
use insieme::store::{self, Location};
use insieme::web::{self, Logos, Mail, Site, SiteOptions};
use uuid::Uuid;

pub use client::{Answer, Client};

/// A service with the demonstration.
pub struct Service {
    pub address: SocketAddr,
    pub app: App,
    pub code: AccessCode,
    pub sign_in: String,
    pub evaluator_sign_in: String,
    pub programme: Uuid,
    _folder: tempfile::TempDir,
}

impl Service {
    /// On a fresh SQLite file.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(folder.path().join("test.db"));
        Self::at(&location, folder)
    }

    /// On a fresh SQLite file, and on a fresh PostgreSQL database where a server is given.
    pub fn on_both() -> Vec<Self> {
        let mut services = vec![Self::start()];
        match postgres() {
            Some(location) => services.push(Self::at(&location, tempfile::tempdir().unwrap())),
            None => eprintln!("left out: PostgreSQL, because TEST_DATABASE_URL is not set"),
        }
        services
    }

    fn at(location: &Location, folder: tempfile::TempDir) -> Self {
        let clock = Clock::Fixed("2026-11-24T10:00:00Z".parse().unwrap());
        let mut app = App::open(location, clock).unwrap();
        let version = frameworks::find_shipped("pratiche-collaborative", "1.0.0").unwrap();
        app.load_demonstration(&version).unwrap();
        let issuing = app.clone();
        let entrances = app.store.write_now(move |db| issuing.demonstration_entrances(db)).unwrap();
        let address = serve(&app);
        Self {
            address,
            app,
            code: entrances.access_code,
            sign_in: entrances.sign_in_token,
            evaluator_sign_in: entrances.evaluator_token,
            programme: entrances.programme,
            _folder: folder,
        }
    }

    /// The same service some minutes later, and what a browser's address becomes.
    pub fn later(&self, minutes: i64) -> SocketAddr {
        use jiff::ToSpan;
        let mut app = self.app.clone();
        app.clock = Clock::Fixed(self.app.clock.now() + minutes.minutes());
        serve(&app)
    }

    /// A browser without cookies.
    pub fn visitor(&self) -> Client {
        Client::new(self.address)
    }

    /// A browser that has opened the questionnaire of the demonstration's link.
    pub fn respondent(&self) -> Client {
        let mut client = self.visitor();
        let started = client.post(&format!("/it/q/{}", self.code.compact()), &[]);
        assert_eq!((started.status, started.location.as_deref()), (303, Some("/it/questionnaire/1")));
        client
    }

    /// A browser of a signed-in member of staff.
    pub fn staff(&self) -> Client {
        let mut client = self.visitor();
        assert_eq!(client.post(&format!("/it/staff/sign-in/{}", self.sign_in), &[]).status, 303);
        client
    }

    /// A browser of a signed-in evaluator.
    pub fn evaluator(&self) -> Client {
        let mut client = self.visitor();
        assert_eq!(client.post(&format!("/it/staff/sign-in/{}", self.evaluator_sign_in), &[]).status, 303);
        client
    }

    /// Every project with its waves.
    pub fn waves(&self) -> Vec<(Project, Vec<Wave>)> {
        let read = |db: &mut store::Db| {
            let organisation = store::organisations::all(db)?.remove(0);
            let projects = store::projects::of_organisation(db, organisation.id)?;
            projects.into_iter().map(|project| Ok((project.clone(), store::waves::of_project(db, &project)?))).collect()
        };
        self.app.store.read_now::<_, store::StoreError>(read).unwrap()
    }

    /// The wave that is open.
    pub fn open_wave(&self) -> Wave {
        let open = |wave: &Wave| wave.state == insieme::domain::wave::WaveState::Open;
        self.waves().into_iter().flat_map(|(_, waves)| waves).find(open).unwrap()
    }

    /// How many responses and unsubmitted drafts a wave has.
    pub fn counts(&self, wave: &Wave) -> (i64, i64) {
        let sum = |counts: Vec<(String, i64)>| counts.iter().map(|(_, count)| count).sum();
        let read = |db: &mut store::Db| {
            let responses = store::responses::count_by_group(db, wave)?;
            Ok((sum(responses), sum(store::drafts::count_unsubmitted(db, wave)?)))
        };
        self.app.store.read_now::<_, store::StoreError>(read).unwrap()
    }
}

/// Serves an application on a free port.
fn serve(app: &App) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let options = SiteOptions {
        base_url: format!("http://{address}"),
        source_url: None,
        mail: Mail::On,
        logos: Logos::default(),
    };
    let site = Site::new(app.clone(), options);
    let (ready, wait) = mpsc::channel();
    thread::spawn(move || {
        web::serve(site, listener, move || {
            ready.send(()).unwrap();
            Ok(())
        })
    });
    wait.recv().unwrap();
    address
}

/// A service nobody has set up yet.
pub struct Fresh {
    pub address: SocketAddr,
    pub app: App,
    pub set_up: String,
    location: Location,
    _folder: tempfile::TempDir,
}

impl Fresh {
    /// On a fresh SQLite file, and on a fresh PostgreSQL database where a server is given.
    pub fn on_both() -> Vec<Self> {
        Self::on_both_as(|app| app)
    }

    /// The same, after a change to the application.
    pub fn on_both_as(change: impl Fn(App) -> App) -> Vec<Self> {
        let folder = tempfile::tempdir().unwrap();
        let file = Location::Sqlite(folder.path().join("fresh.db"));
        let mut all = vec![Self::at(&file, folder, &change)];
        match postgres() {
            Some(location) => all.push(Self::at(&location, tempfile::tempdir().unwrap(), &change)),
            None => eprintln!("left out: PostgreSQL, because TEST_DATABASE_URL is not set"),
        }
        all
    }

    fn at(location: &Location, folder: tempfile::TempDir, change: impl Fn(App) -> App) -> Self {
        let app = App::open(location, Clock::Fixed("2026-11-25T10:00:00Z".parse().unwrap())).unwrap();
        let app = change(app);
        let issuing = app.clone();
        let set_up = app.store.write_now(move |db| issuing.issue_set_up(db)).unwrap().unwrap();
        Self { address: serve(&app), app, set_up, location: location.clone(), _folder: folder }
    }

    /// The same database served some time later, and what a browser's address becomes.
    pub fn later(&self, hours: i64) -> SocketAddr {
        use jiff::ToSpan;
        let clock = Clock::Fixed(self.app.clock.now() + hours.hours());
        let mut app = self.app.clone();
        app.clock = clock;
        serve(&app)
    }

    /// A browser without cookies.
    pub fn visitor(&self) -> Client {
        Client::new(self.address)
    }
    /// The signed-in member of staff with this address.
    pub fn staff(&self, email: &'static str) -> insieme::app::staff::Staff {
        let now = self.app.clock.now();
        let found = self.app.store.read_now(move |db| {
            let account = insieme::store::accounts::find_by_email(db, email)?.unwrap();
            let grants = insieme::store::grants::of_account(db, account.id)?;
            let session = Uuid::nil();
            Ok::<_, insieme::store::StoreError>(insieme::app::staff::Staff { account, session, seen_at: now, grants })
        });
        found.unwrap()
    }

    /// Everything that stands in these tables, row by row and as text, read behind the back of the program.
    pub fn tables(&self, some: &[&str], others: &[&str]) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
        let read = |tables: &[&str]| tables.iter().flat_map(|table| rows(&self.location, table)).collect();
        (read(some), read(others))
    }

    /// Runs statements behind the back of the program.
    pub fn run(&self, statements: &str) {
        use diesel::Connection;
        use diesel::connection::SimpleConnection;
        match &self.location {
            Location::Postgres(address) => {
                diesel::PgConnection::establish(address).unwrap().batch_execute(statements).unwrap();
            }
            Location::Sqlite(file) => {
                let mut connection = diesel::SqliteConnection::establish(&file.to_string_lossy()).unwrap();
                connection.batch_execute(statements).unwrap();
            }
        }
    }

    /// The ids of everybody listed.
    pub fn people(&self) -> Vec<String> {
        rows(&self.location, "listed_people").into_iter().filter_map(|row| row.get(1).cloned()).collect()
    }
}

/// The rows of a table as text; ids as 32 hexadecimal digits.
fn rows(location: &Location, table: &str) -> Vec<Vec<String>> {
    use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query, sql_types};
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = sql_types::Text)]
        said: String,
    }
    #[derive(QueryableByName)]
    struct Column {
        #[diesel(sql_type = sql_types::Text)]
        name: String,
    }
    let rows: Vec<Row> = match location {
        Location::Postgres(address) => {
            let mut connection = diesel::PgConnection::establish(address).unwrap();
            let query = format!(
                "SELECT array_to_string(array(SELECT replace(value, '-', '') FROM json_each_text(row_to_json({table}))), '|') AS said FROM {table}"
            );
            sql_query(query).load(&mut connection).unwrap()
        }
        Location::Sqlite(file) => {
            let mut connection = diesel::SqliteConnection::establish(&file.to_string_lossy()).unwrap();
            let columns: Vec<Column> =
                sql_query(format!("SELECT name FROM pragma_table_info('{table}')")).load(&mut connection).unwrap();
            let said = |one: &Column| {
                let name = &one.name;
                format!("coalesce(CASE typeof({name}) WHEN 'blob' THEN lower(hex({name})) ELSE {name} END, '')")
            };
            let said: Vec<String> = columns.iter().map(said).collect();
            sql_query(format!("SELECT {} AS said FROM {table}", said.join(" || '|' || ")))
                .load(&mut connection)
                .unwrap()
        }
    };
    rows.into_iter().map(|row| row.said.split('|').map(str::to_owned).collect()).collect()
}

/// A fresh PostgreSQL database on the server of `TEST_DATABASE_URL`.
pub fn postgres() -> Option<Location> {
    use diesel::{Connection, RunQueryDsl};
    let server = std::env::var("TEST_DATABASE_URL").ok()?;
    let name = format!("insieme_{}", Uuid::new_v4().simple());
    let mut connection = diesel::PgConnection::establish(&server).unwrap();
    diesel::sql_query(format!("CREATE DATABASE {name}")).execute(&mut connection).unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    Some(format!("{base}/{name}").parse().unwrap())
}
