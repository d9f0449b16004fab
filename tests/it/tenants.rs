// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does anybody see what is not theirs? Every address of the workspace, asked for by the staff of another body.

use crate::service::{Client, Fresh};

const PASSWORD: &str = "lumaca viola scavalca il tram";

/// The routes of the workspace as the source has them, with whether they take a form.
fn routes() -> Vec<String> {
    let read = |file: &str| std::fs::read_to_string(format!("{}/src/web/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let source = read("mod.rs") + &read("circle.rs");
    let paths = source.split('"').filter(|text| text.starts_with("/staff/"));
    paths.filter(|path| path.contains("{id}") && !path.contains("account")).map(str::to_owned).collect()
}

fn ids(service: &Fresh) -> [String; 4] {
    use insieme::store;
    let read = |db: &mut store::Db| {
        let bodies = store::organisations::all(db)?;
        let body = bodies.iter().find(|body| body.name == "Comune di Esempio").unwrap().id;
        let programme = store::programmes::of_organisation(db, body)?.remove(0);
        let project = store::projects::of_organisation(db, body)?.remove(0);
        let wave = store::waves::of_project(db, &project)?.remove(0);
        Ok([body, programme.id, project.id, wave.id].map(|id| id.simple().to_string()))
    };
    service.app.store.read_now::<_, store::StoreError>(read).unwrap()
}

/// The framework version of a body's project, for which the body has a translation of its own.
fn framework_of(service: &Fresh, body: &str) -> String {
    use insieme::domain::language_tag::LanguageTag;
    use insieme::domain::translation::{Translation, Whose};
    use insieme::store;
    let mut secret = Translation::new(LanguageTag::parse("ro").unwrap());
    secret.texts.insert("item.FC1a".to_owned(), "segreto".to_owned());
    let (sha256, whose) =
        (insieme::app::App::choosable_frameworks().remove(0).sha256, Whose::Body(body.parse().unwrap()));
    let (at, now) = (sha256.clone(), service.app.clock.now());
    let kept = service.app.store.write_now::<(), insieme::app::Refusal>(move |db| {
        Ok(store::translations::replace(db, (&at, whose), &secret, now)?)
    });
    kept.unwrap();
    sha256
}

/// Two bodies: the first with a programme, a project and a wave; the second with nothing of the first.
fn two_bodies(service: &Fresh) -> (Client, Client) {
    use insieme::domain::account::Operator;
    use insieme::domain::field::Typed;
    let mut first = service.visitor();
    let fields = [
        ("body_name", "Comune di Esempio"),
        ("contact", "Ada"),
        ("name", "Ada Rossi"),
        ("email", "ada@comune.example.org"),
        ("password", PASSWORD),
    ];
    assert_eq!(first.post(&format!("/it/set-up/{}", service.set_up), &fields).status, 303);
    let app = service.app.clone();
    let typed = Typed::default().with("name", "Bea").with("email", "bea@altro.example.org").with("password", PASSWORD);
    let added = service.app.store.write_now(move |db| app.add_account(db, &typed, Operator::No, Some("Altro ente")));
    added.unwrap();
    fill(service);
    let mut second = service.visitor();
    let entered = second.post("/it/staff/sign-in", &[("email", "bea@altro.example.org"), ("password", PASSWORD)]);
    assert_eq!(entered.location.as_deref(), Some("/it/staff"));
    (first, second)
}

/// A programme, a project and a wave for the first body.
fn fill(service: &Fresh) {
    use insieme::app::staff::Staff;
    use insieme::domain::field::Typed;
    use insieme::store;
    let app = service.app.clone();
    let filled = service.app.store.write_now::<(), insieme::app::Refusal>(move |db| {
        let account = store::accounts::find_by_email(db, "ada@comune.example.org")?.unwrap();
        let grants = store::grants::of_account(db, account.id)?;
        let body = grants.first().unwrap().organisation_id;
        let staff = Staff { account, session: uuid::Uuid::nil(), seen_at: app.clock.now(), grants };
        app.add_programme(db, &staff, body, &Typed::default().with("programme_name", "Programma segreto"))?;
        let framework = insieme::app::App::choosable_frameworks().remove(0).sha256;
        let typed = Typed::default().with("project_name", "Progetto segreto").with("framework", framework);
        let project = app.add_project(db, &staff, body, &typed)?;
        let typed = Typed::default().with("opens-T0", "2027-01-01").with("closes-T0", "2027-01-31");
        app.plan_waves(db, &staff, project, &typed)?;
        Ok(())
    });
    filled.unwrap();
}

#[test]
fn every_address_of_another_bodys_things_leads_nowhere() {
    let routes = routes();
    assert!(routes.len() > 30, "{} routes", routes.len());
    for service in Fresh::on_both() {
        let (mut owner, mut stranger) = two_bodies(&service);
        let [body, programme, project, wave] = ids(&service);
        let token = stranger.get("/it/staff").form_token();
        let framework = framework_of(&service, &body);
        let mut shown = 0;
        for route in &routes {
            let id = match route.split('/').nth(2) {
                Some("organisations") => &body,
                Some("programmes") => &programme,
                Some("projects") => &project,
                _ => &wave,
            };
            let mut path = format!("/it{}", route.replace("{id}", id));
            path = path.replace("{sha256}", &framework).replace("{language}", "ro");
            let things = ["thing", "grant", "stakeholder", "person", "figure", "proposal", "decision", "action", "one"];
            for other in things.into_iter().chain(["indicator"]) {
                path = path.replace(&format!("{{{other}}}"), id);
            }
            let got = stranger.get(&path);
            assert!(!got.body.contains("segreto"), "{path}");
            let posted = stranger.post(&path, &[("form_token", token.as_str()), ("typed_name", "Progetto segreto")]);
            assert!([404, 405].contains(&got.status) || got.status == 403, "GET {path}: {}", got.status);
            assert!([400, 403, 404, 405, 415, 422].contains(&posted.status), "POST {path}: {}", posted.status);
            assert!(!posted.body.contains("segreto"), "{path}");
            shown += usize::from(owner.get(&path).status == 200);
        }
        assert!(shown > 20, "the owner sees them: {shown}");
        for public in
            [format!("/it/projects/{project}"), format!("/it/programmes/{programme}"), format!("/it/waves/{wave}")]
        {
            assert_eq!(stranger.get(&public).status, 404, "{public}");
            assert_eq!(service.visitor().get(&public).status, 404, "{public}");
        }
        assert!(!stranger.get("/it/staff").body.contains("segreto"));
        assert!(owner.get(&format!("/it/staff/projects/{project}")).body.contains("segreto"));
    }
}
