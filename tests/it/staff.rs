// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! From the first start to an open wave, on both databases; and what happens when something is wrong on the way.

use insieme::app::App;
use insieme::domain::audit::AuditEntry;
use insieme::store;

use crate::service::{Answer, Client, Fresh, Service};

pub const PASSWORD: &str = "lumaca viola scavalca il tram";

/// Sends a form with the token of the page that shows it.
pub fn send(client: &mut Client, page: &str, fields: &[(&str, &str)]) -> Answer {
    let token = client.get(page).form_token();
    let mut all = vec![("form_token", token.as_str())];
    all.extend(fields);
    client.post(page, &all)
}

pub fn set_up(service: &Fresh) -> Client {
    let mut client = service.visitor();
    let fields = [
        ("body_name", "Comune di Esempio"),
        ("kind", "public_body"),
        ("contact", "Ada, 055 123"),
        ("name", "Ada Rossi"),
        ("email", "ada@comune.example.org"),
        ("password", PASSWORD),
    ];
    let done = client.post(&format!("/it/set-up/{}", service.set_up), &fields);
    assert_eq!((done.status, done.location.as_deref()), (303, Some("/it/staff")), "{}", done.body);
    client
}

/// The path of the first link on a page that starts like this.
pub fn link(answer: &Answer, start: &str) -> String {
    format!("{start}{}", answer.attribute(&format!("href=\"{start}")))
}

/// A project of the body, with its context described; returns its place.
pub fn project(client: &mut Client, name: &str) -> String {
    let body = link(&client.get("/it/staff"), "/it/staff/organisations/");
    let body = body.trim_end_matches("/projects/new").to_owned();
    let new = format!("{body}/projects/new");
    let framework = client.get(&new).attribute("<option value=\"");
    let made = send(client, &new, &[("project_name", name), ("framework", &framework), ("level", "core")]);
    assert_eq!(made.status, 303, "{}", made.body);
    let place = made.location.unwrap().trim_end_matches("/context").to_owned();
    describe(client, &place);
    place
}

/// Describes the context of a project that nobody has changed yet.
fn describe(client: &mut Client, place: &str) {
    let context = client.get(&format!("{place}/context"));
    let mut choices = first_choices(&context);
    choices.extend(empty_lines(&context).into_iter().map(|name| (name, "Firenze".to_owned())));
    let fields: Vec<(&str, &str)> = choices.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let mut fields = fields;
    fields.push(("revision", "1"));
    assert_eq!(send(client, &format!("{place}/context"), &fields).status, 303);
}

/// The first real value of every list on a page.
fn first_choices(answer: &Answer) -> Vec<(String, String)> {
    let document = scraper::Html::parse_document(&answer.body);
    let select = scraper::Selector::parse("select").unwrap();
    let option = scraper::Selector::parse("option").unwrap();
    let first = |list: scraper::ElementRef<'_>| {
        let value = list.select(&option).filter_map(|one| one.value().attr("value")).find(|value| !value.is_empty());
        (list.value().attr("name").unwrap().to_owned(), value.unwrap().to_owned())
    };
    document.select(&select).map(first).collect()
}

/// The names of the text fields on a page.
fn empty_lines(answer: &Answer) -> Vec<String> {
    let document = scraper::Html::parse_document(&answer.body);
    let input = scraper::Selector::parse("main input[type=text]").unwrap();
    document.select(&input).map(|one| one.value().attr("name").unwrap().to_owned()).collect()
}

pub fn groups(client: &mut Client, place: &str) {
    let chosen = [
        ("group", "PA"),
        ("group", "ETS"),
        ("group", "CSA"),
        ("listed-PA", "6"),
        ("listed-ETS", "9"),
        ("listed-CSA", "30"),
    ];
    let done = send(client, &format!("{place}/groups"), &chosen);
    assert_eq!(done.status, 303, "{}", done.body);
}

pub fn plan(client: &mut Client, place: &str, wave: &str, dates: (&str, &str)) -> Answer {
    plan_as(client, place, wave, (dates.0, dates.1, "anonymous"))
}

/// Plans a wave with its first and last day, in a mode of collection.
pub fn plan_as(client: &mut Client, place: &str, wave: &str, dates: (&str, &str, &str)) -> Answer {
    let (opens, closes) = (format!("opens-{wave}"), format!("closes-{wave}"));
    let fields =
        [(opens.as_str(), dates.0), (closes.as_str(), dates.1), ("collection", dates.2), ("purpose", "Per capire.")];
    send(client, &format!("{place}/calendar"), &fields)
}

#[test]
fn from_the_first_start_to_an_open_wave_with_three_invited_groups() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let again = service.visitor().get(&format!("/it/set-up/{}", service.set_up));
        assert_eq!(again.status, 410, "a set-up link works once");
        let place = project(&mut ada, "Orto di tutti");
        groups(&mut ada, &place);
        assert_eq!(plan(&mut ada, &place, "T0", ("2026-11-20", "2026-12-20")).status, 303);
        let wave = link(&ada.get(&place), "/it/staff/waves/");
        let token = ada.get(&wave).form_token();
        let opened = ada.post(&format!("{wave}/opening"), &[("form_token", &token), ("note", "Si parte")]);
        assert_eq!(opened.status, 303, "{}", opened.body);
        let page = ada.get(&wave);
        assert!(page.body.contains("Si parte") && page.body.contains("Ada Rossi"), "the act is signed");
        let links = ada.post(&format!("{wave}/links"), &[("form_token", &token)]);
        let shown: Vec<&str> = links.body.split("class=\"code\">http").skip(1).collect();
        assert_eq!(shown.len(), 3, "a link for each group");
        let code = links.attribute("/q/").chars().take(12).collect::<String>();
        let mut somebody = service.visitor();
        assert_eq!(somebody.get(&format!("/it/q/{code}")).status, 200, "a group link opens the questionnaire");
        assert_eq!(somebody.get("/it/programmes").body.matches("Orto").count(), 0, "nothing is public yet");
    }
}

#[test]
fn passwords_that_leaked_are_refused_and_what_was_typed_is_kept() {
    for service in Fresh::on_both() {
        let mut client = service.visitor();
        let place = format!("/it/set-up/{}", service.set_up);
        let fields =
            [("body_name", "Ente"), ("name", "Ada"), ("email", "non un indirizzo"), ("password", "password1234")];
        let refused = client.post(&place, &fields);
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("value=\"non un indirizzo\"") && !refused.body.contains("password1234"));
        assert_eq!(refused.body.matches("field-error").count(), 3, "{}", refused.body);
        assert_eq!(client.get(&place).status, 200, "the link is not used up");
    }
}

#[test]
fn signing_in_needs_the_password_and_waits_after_too_many_failures() {
    for service in Fresh::on_both() {
        set_up(&service);
        let attempt = |password: &str| {
            let fields = [("email", "ADA@comune.example.org"), ("password", password)];
            service.visitor().post("/it/staff/sign-in", &fields)
        };
        assert_eq!(attempt(PASSWORD).location.as_deref(), Some("/it/staff"));
        let wrong = attempt("lumaca viola");
        assert!(wrong.status == 401 && wrong.cookie.is_none(), "{}", wrong.status);
        for _ in 0..9 {
            attempt("lumaca viola");
        }
        assert_eq!(attempt(PASSWORD).status, 429, "even the right password waits");
    }
}

#[test]
fn one_time_codes_are_asked_for_once_turned_on_and_recovery_codes_work_once() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let page = ada.get("/it/staff/account/second-factor");
        let secret =
            page.body.split("<span class=\"code\">").nth(1).unwrap().split('<').next().unwrap().replace(' ', "");
        let wrong = send(&mut ada, "/it/staff/account/second-factor", &[("code", "000000")]);
        assert!(wrong.body.contains("code-error"), "a wrong first code turns nothing on");
        let code = code_of(&secret, service.app.clock.now().as_second());
        let on = send(&mut ada, "/it/staff/account/second-factor", &[("code", &code)]);
        let recovery = on.body.split("<span class=\"code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
        let mut device = service.visitor();
        let first = device.post("/it/staff/sign-in", &[("email", "ada@comune.example.org"), ("password", PASSWORD)]);
        assert_eq!(first.location.as_deref(), Some("/it/staff/sign-in/second-factor"));
        assert_eq!(device.get("/it/staff/account").status, 401, "half a sign-in opens nothing");
        let replayed = send(&mut device, "/it/staff/sign-in/second-factor", &[("code", &code)]);
        assert_eq!(replayed.status, 401, "a code is not taken twice");
        let taken = send(&mut device, "/it/staff/sign-in/second-factor", &[("code", &recovery)]);
        assert_eq!(taken.location.as_deref(), Some("/it/staff"));
        assert_eq!(device.get("/it/staff/account").status, 200);
    }
}

/// The one-time code of a secret at a second.
pub fn code_of(secret: &str, second: i64) -> String {
    let second = u64::try_from(second).unwrap();
    let all = (0..1_000_000_u32).map(|number| format!("{number:06}"));
    all.into_iter()
        .find(|code| {
            insieme::identity::totp::step(secret, code, second, None).unwrap().is_some_and(|step| step == second / 30)
        })
        .unwrap()
}

#[test]
fn two_people_who_edit_at_once_overwrite_nothing() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "Orto di tutti");
        let facts = format!("{place}/facts");
        let framework = ada.get(&facts).attribute("<option value=\"");
        let change = |client: &mut Client, name: &str, revision: &str| {
            let fields =
                [("project_name", name), ("framework", framework.as_str()), ("level", "core"), ("revision", revision)];
            send(client, &facts, &fields)
        };
        assert_eq!(change(&mut ada, "Orto nuovo", "2").status, 303);
        let second = change(&mut ada, "Orto vecchio", "2");
        assert_eq!(second.status, 409);
        assert!(second.body.contains("value=\"Orto vecchio\""), "what was typed is still there");
        assert!(ada.get(&place).body.contains("Orto nuovo"), "and nothing was overwritten");
        assert_eq!(change(&mut ada, "Orto vecchio", "3").status, 303, "saving again with open eyes works");
    }
}

#[test]
fn a_form_sent_after_its_session_has_ended_is_handed_back() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "Orto di tutti");
        let new = format!("{place}/map/new");
        let token = ada.get(&new).form_token();
        let out = ada.get("/it/staff").form_token();
        let mut other = ada.clone();
        assert_eq!(other.post("/it/staff/sign-out", &[("form_token", &out)]).status, 303);
        let fields = [
            ("form_token", token.as_str()),
            ("stakeholder_name", "Circolo"),
            ("group", "ETS"),
            ("presence", "involved"),
        ];
        let ended = ada.post(&new, &fields);
        assert_eq!(ended.status, 401);
        let back = ada.post("/it/staff/sign-in", &[("email", "ada@comune.example.org"), ("password", PASSWORD)]);
        assert_eq!(back.location.as_deref(), Some("/it/staff/kept"));
        let kept = ada.get("/it/staff/kept");
        assert!(kept.body.contains("value=\"Circolo\""), "{}", kept.body);
    }
}

#[test]
fn waves_that_overlap_and_names_that_are_taken_are_refused() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "Orto di tutti");
        groups(&mut ada, &place);
        assert_eq!(plan(&mut ada, &place, "T0", ("2027-01-01", "2027-01-31")).status, 303);
        assert_eq!(plan(&mut ada, &place, "T1", ("31/1/2027", "2027-02-28")).status, 422, "they share a day");
        assert_eq!(plan(&mut ada, &place, "T1", ("2027-03-31", "2027-03-01")).status, 422, "it ends before it begins");
        assert_eq!(plan(&mut ada, &place, "T1", ("2027-03-01", "")).status, 422);
        assert_eq!(plan(&mut ada, &place, "T1", ("2027-03-01", "2027-03-31")).status, 303);
        let facts = format!("{place}/facts");
        let framework = ada.get(&facts).attribute("<option value=\"");
        let body = link(&ada.get("/it/staff"), "/it/staff/organisations/");
        let body = body.trim_end_matches("/projects/new").to_owned();
        let again = send(
            &mut ada,
            &format!("{body}/projects/new"),
            &[("project_name", "ORTO di tutti"), ("framework", &framework)],
        );
        assert_eq!(again.status, 422);
    }
}

#[test]
fn what_is_removed_asks_for_its_name_and_comes_back() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "Orto di tutti");
        let removal = format!("{place}/removal");
        assert_eq!(send(&mut ada, &removal, &[("typed_name", "Orto")]).status, 422);
        let bin = send(&mut ada, &removal, &[("typed_name", "orto di  tutti")]).location.unwrap();
        assert_eq!(ada.get(&place).status, 404);
        let page = ada.get(&bin);
        let restoring = format!("{bin}/{}", page.attribute(&format!("action=\"{bin}/")));
        assert_eq!(ada.post(&restoring, &[("form_token", &page.form_token())]).status, 303);
        assert_eq!(ada.get(&place).status, 200);
    }
}

#[test]
fn the_audit_holds_until_somebody_changes_it() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        project(&mut ada, "Orto di tutti");
        let walk = || service.app.store.read_now(|db| App::walk_audit(db, |_: &AuditEntry| Ok(())));
        let (count, _) = walk().unwrap();
        assert!(count >= 4, "{count} entries");
        let told = service.app.store.read_now::<_, store::StoreError>(|db| store::audit::after(db, 0, 100)).unwrap();
        let text = format!("{told:?}");
        assert!(!text.contains(PASSWORD) && !text.contains(&service.set_up), "no secret is in it");
    }
}

#[test]
fn an_evaluator_does_not_invite_and_a_coordinator_does_not_evaluate() {
    for service in Service::on_both() {
        let wave = format!("/it/staff/waves/{}", service.open_wave().id.simple());
        let mut evaluator = service.evaluator();
        let page = evaluator.get(&wave);
        assert!(page.status == 200 && !page.body.contains("/links\"") && !page.body.contains("/closing\""));
        let token = evaluator.get("/it/staff").form_token();
        for act in ["links", "closing", "opening"] {
            assert_eq!(evaluator.post(&format!("{wave}/{act}"), &[("form_token", &token)]).status, 403, "{act}");
        }
        let mut coordinator = service.staff();
        assert_eq!(coordinator.get(&wave).body.matches("/links\"").count(), 1);
        let body = link(&coordinator.get("/it/staff"), "/it/staff/organisations/");
        let body = body.trim_end_matches("/projects/new").to_owned();
        let fields =
            [("name", "X"), ("email", "coordinatrice@example.org"), ("role", "evaluator"), ("scope", "organisation")];
        let both = send(&mut coordinator, &format!("{body}/people/new"), &fields);
        assert_eq!(both.status, 409, "one person does not get both roles");
    }
}

#[test]
fn a_profile_is_the_editions_where_there_is_one_and_freezes_when_a_wave_of_it_opens() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let body = link(&ada.get("/it/staff"), "/it/staff/organisations/");
        let body = body.trim_end_matches("/projects/new").to_owned();
        let programme = send(&mut ada, &format!("{body}/programmes/new"), &[("programme_name", "Equilibri")]);
        let programme = programme.location.unwrap();
        let edition = [("edition_name", "Seconda"), ("years", "2026-2028")];
        assert_eq!(send(&mut ada, &format!("{programme}/editions/new"), &edition).status, 303);
        let edition = ada.get(&programme).attribute("edition&#x3D;");
        let new = format!("{body}/projects/new?edition={edition}");
        let framework = ada.get(&new).attribute("<option value=\"");
        let place = format!("{body}/projects/new");
        let fields = [("project_name", "Orto"), ("framework", framework.as_str()), ("edition", &edition)];
        let made = send(&mut ada, &place, &fields).location.unwrap();
        let profile = format!("{}/profile", made.trim_end_matches("/context"));
        let change = [("k_show", "7"), ("mid", ""), ("voice", "equal"), ("revision", "1")];
        assert_eq!(send(&mut ada, &profile, &change).status, 303);
        let kept = service.app.store.read_now::<_, store::StoreError>(|db| {
            let body = store::organisations::all(db)?.remove(0).id;
            let programme = store::programmes::of_organisation(db, body)?.remove(0);
            Ok(store::programmes::editions_of(db, &programme)?.remove(0).profile)
        });
        let kept = kept.unwrap();
        assert_eq!(
            (kept.k_show, kept.mid),
            (7, 10.0),
            "the edition's profile changed, and an empty field changed nothing"
        );
        assert!(ada.get(&profile).body.contains("value=\"7\""));
        assert_eq!(send(&mut ada, &profile, &change).status, 409, "the revision is the edition's");
        let place = made.trim_end_matches("/context");
        describe(&mut ada, place);
        groups(&mut ada, place);
        assert_eq!(plan(&mut ada, place, "T0", ("2026-11-20", "2026-12-20")).status, 303);
        let wave = link(&ada.get(place), "/it/staff/waves/");
        let token = ada.get(&wave).form_token();
        assert_eq!(ada.post(&format!("{wave}/opening"), &[("form_token", &token)]).status, 303);
        let late = [("k_show", "9"), ("mid", "10"), ("voice", "equal"), ("revision", "2")];
        let frozen = send(&mut ada, &profile, &late);
        assert!(frozen.status == 409 && frozen.body.contains("Orto"), "{}", frozen.status);
    }
}

#[test]
fn a_body_says_where_it_is_and_its_own_pages_carry_its_name_and_contacts() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let body = link(&ada.get("/it/staff"), "/it/staff/organisations/");
        let body = body.trim_end_matches("/projects/new").to_owned();
        let fields = |municipality: &'static str, revision: &'static str| {
            [
                ("body_name", "Comune di Esempio"),
                ("kind", "public_body"),
                ("contact", "Ada, 055 123"),
                ("part_of", "Regione di Esempio"),
                ("registered_email", "comune@pec.example.org"),
                ("accessibility_page", "https://form.agid.example.org/1"),
                ("municipality", municipality),
                ("revision", revision),
            ]
        };
        let page = format!("{body}/particulars");
        let refused = send(&mut ada, &page, &fields("Livo", "1"));
        assert!(refused.status == 422 && refused.body.contains("codice ISTAT di 6 cifre"), "{}", refused.body);
        import(&service, "2026-01-01");
        let refused = send(&mut ada, &page, &fields("Bolzan", "1"));
        assert!(refused.body.contains("Potrebbe essere: Bolzano/Bozen (BZ)"), "{}", refused.body);
        let saved = send(&mut ada, &page, &fields("bozen", "1"));
        assert_eq!(saved.status, 303, "{}", saved.body);
        let told = ada.get(&body).body;
        assert!(told.contains("Bolzano/Bozen (BZ) · Trentino-Alto Adige/Südtirol"), "{told}");

        let project = project(&mut ada, "Orto di quartiere").replace("/staff", "");
        let public = ada.get(&project);
        for words in ["Regione di Esempio", "comune@pec.example.org</a>", "Comune di Esempio"] {
            assert!(public.body.contains(words), "{words}: {}", public.body);
        }
        assert!(public.body.contains("href=\"https://form.agid.example.org/1\" data-element=\"accessibility-link\""));
    }
}

/// Imports the list of places of the fixtures, as of a day.
fn import(service: &Fresh, as_of: &str) -> insieme::domain::place::PlaceChanges {
    let file = std::fs::File::open("tests/fixtures/places/municipalities.csv").unwrap();
    let list = insieme::intake::read_places(file, "istat.csv", (as_of.parse().unwrap(), "ISTAT")).unwrap();
    let app = service.app.clone();
    service.app.store.write_now(move |db| app.import_places(db, &list, insieme::app::Trial::No)).unwrap()
}

#[test]
fn a_list_of_places_takes_the_place_of_an_older_one_and_old_codes_stay_known() {
    for service in Fresh::on_both() {
        assert!(!import(&service, "2026-01-01").added.is_empty());
        assert!(import(&service, "2026-06-30").is_empty(), "the same list changes nothing");
        let newest = service.app.store.read_now(store::places::newest).unwrap().unwrap();
        let mut fewer = newest.municipalities().to_vec();
        let gone = fewer.remove(0);
        let as_of = "2027-01-01".parse().unwrap();
        let list = insieme::domain::place::PlaceList::new(as_of, "ISTAT".to_owned(), newest.regions().to_vec(), fewer);
        let import =
            insieme::intake::PlaceImport { list, sha256: String::new(), encoding: insieme::intake::Encoding::Utf8 };
        let (trying, tried) = (service.app.clone(), import.clone());
        let trial = insieme::app::Trial::Yes;
        let changes = service.app.store.write_now(move |db| trying.import_places(db, &tried, trial)).unwrap();
        assert_eq!(changes.removed.len(), 1);
        let kept = service.app.store.read_now(store::places::newest).unwrap().unwrap();
        assert_eq!(kept, newest, "a trial changes nothing");
        let doing = service.app.clone();
        let trial = insieme::app::Trial::No;
        service.app.store.write_now(move |db| doing.import_places(db, &import, trial)).unwrap();
        let code = gone.code.as_str().to_owned();
        let still = service.app.store.read_now(move |db| store::places::find(db, &code)).unwrap();
        assert_eq!(still.unwrap().0, gone);
        let newest = service.app.store.read_now(store::places::newest).unwrap().unwrap();
        assert_eq!(newest.municipality(&gone.code), None);
    }
}

#[test]
fn an_invitation_leaves_by_mail_with_its_link_and_the_people_page_says_where_it_is() {
    use insieme::domain::message::{Letter, MessageState, Subject};
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let body = link(&ada.get("/it/staff"), "/it/staff/organisations/");
        let body = body.trim_end_matches("/projects/new").to_owned();
        let id: uuid::Uuid = body.rsplit('/').next().unwrap().parse().unwrap();
        let (app, fields) = (service.app.clone(), typed_invitation());
        let token = service.app.store.write_now(move |db| {
            let account = store::accounts::find_by_email(db, "ada@comune.example.org")?.unwrap();
            let grants = store::grants::of_account(db, account.id)?;
            let now = app.clock.now();
            let staff = insieme::app::staff::Staff { account, session: uuid::Uuid::nil(), seen_at: now, grants };
            let wording =
                |body: &str, _, token: &str| Letter { subject: Subject::of(body), text: format!("({token})") };
            app.invite_staff(db, &staff, (id, &fields), Some(&wording))
        });
        let token = token.unwrap();
        let people = ada.get(&format!("{body}/people"));
        assert!(people.body.contains("il messaggio è in partenza"), "{}", people.body);
        let now = service.app.clock.now();
        let claim = move |db: &mut store::Db| store::outbox::claim(db, now, now, 9);
        let sent = service.app.store.write_now(claim).unwrap();
        assert_eq!((sent.len(), sent[0].message.body.as_str()), (1, format!("({token})").as_str()));
        assert_eq!(sent[0].message.recipient.as_str(), "bruno@comune.example.org");
        let settle = move |db: &mut store::Db| store::outbox::settle_sent(db, &sent[0], now);
        assert!(service.app.store.write_now(settle).unwrap());
        let about = move |db: &mut store::Db| {
            let invited = store::grants::open_invitations(db, id)?;
            store::outbox::count_by_state(db, id, invited[0].grant.id)
        };
        assert_eq!(service.app.store.read_now(about).unwrap(), [(MessageState::Sent, 1)]);
    }
}

fn typed_invitation() -> insieme::domain::field::Typed {
    insieme::domain::field::Typed::default()
        .with("name", "Bruno Neri")
        .with("email", "bruno@comune.example.org")
        .with("role", "collector")
        .with("scope", "organisation")
}
