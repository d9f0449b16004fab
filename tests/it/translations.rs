// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A body hands in translation sheets in the browser: tried first, for its own questionnaires only, on both databases.

use insieme::app::frameworks::{FrameworkVersion, find_shipped};
use insieme::app::{Refusal, Trial};
use insieme::domain::account::{Account, AccountState, Grant, Operator, Scope};
use insieme::domain::field::Typed;
use insieme::domain::language_tag::LanguageTag;
use insieme::domain::role::Role;
use insieme::domain::text::Language;
use insieme::domain::translation::{Translatable, Translation, Whose, translatables};
use insieme::export::translation::csv;
use insieme::store;
use insieme::view::sentences;
use uuid::Uuid;

use crate::collecting::{codes, open_wave};
use crate::service::{Answer, Client, Fresh};
use crate::staff::{PASSWORD, link, send, set_up};

fn version() -> FrameworkVersion {
    find_shipped("pratiche-collaborative", "1.0.0").unwrap()
}

fn texts() -> Vec<Translatable> {
    translatables(&version().framework).into_iter().chain(sentences::translatables()).collect()
}

/// A translation of every text of the framework whose key passes, each with a mark, and of a sentence of the pages.
fn translation(tag: &str, mark: &str, passes: impl Fn(&str) -> bool) -> Translation {
    let mut translation = Translation::new(LanguageTag::parse(tag).unwrap());
    let keys = translatables(&version().framework).into_iter().map(|one| one.key).filter(|key| passes(key));
    translation.texts = keys.map(|key| (key.clone(), format!("{mark} {key}"))).collect();
    translation.texts.insert("page.page-next".to_owned(), format!("{mark} page-next"));
    translation
}

fn sheet(mark: &str, passes: impl Fn(&str) -> bool) -> String {
    csv(&texts(), &translation("ur", mark, passes))
}

/// The body of whoever is signed in, as an address, and where the languages of its questionnaires are.
fn places(client: &mut Client) -> (String, String) {
    let body = link(&client.get("/it/staff"), "/it/staff/organisations/");
    let body = body.trim_end_matches("/projects/new").to_owned();
    let languages = format!("{body}/frameworks/{}/languages", version().sha256);
    (body, languages)
}

fn id_of(body: &str) -> Uuid {
    body.rsplit('/').next().unwrap().parse().unwrap()
}

/// What a body has of its own.
fn own(service: &Fresh, body: &str) -> Vec<Translation> {
    let whose = Whose::Body(id_of(body));
    let read = |db: &mut store::Db| store::translations::of_framework(db, &version().sha256, whose);
    let all = service.app.store.read_now::<_, store::StoreError>(read).unwrap();
    all.into_iter().filter(|(one, _)| *one == whose).map(|(_, translation)| translation).collect()
}

/// Hands a sheet in, to be tried.
fn try_sheet(client: &mut Client, languages: &str, (tag, state): (&str, &str), sheet: &str) -> Answer {
    let token = client.get("/it/staff").form_token();
    let fields = [("form_token", token.as_str()), ("translation_language", tag), ("translation_state", state)];
    client.upload(&format!("{languages}/trial"), &fields, ("translation_sheet", sheet))
}

/// Says yes to what was tried.
fn take(client: &mut Client, languages: &str, tried: &Answer) -> Answer {
    assert_eq!(tried.status, 200, "{}", tried.body);
    let document = scraper::Html::parse_document(&tried.body);
    let selector = scraper::Selector::parse("form.act input[type=hidden]").unwrap();
    let value = |input: scraper::ElementRef<'_>, name: &str| input.value().attr(name).unwrap().to_owned();
    let fields: Vec<(String, String)> =
        document.select(&selector).map(|input| (value(input, "name"), value(input, "value"))).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(&format!("{languages}/new"), &fields)
}

/// Landing page and first page of a questionnaire in a language.
fn read_in(service: &Fresh, code: &str, tag: &str) -> (String, String) {
    let mut phone = service.visitor();
    let landing = format!("/it/q/{code}?language={tag}");
    let shown = phone.get(&landing).body;
    assert_eq!(phone.post(&landing, &[]).status, 303);
    (shown, phone.get("/it/questionnaire/1").body)
}

/// Two bodies with an open wave each, and a code for each wave.
fn two_bodies(service: &Fresh) -> [(Client, String); 2] {
    let mut ada = set_up(service);
    let app = service.app.clone();
    let typed = Typed::default().with("name", "Bea").with("email", "bea@altro.example.org").with("password", PASSWORD);
    let added = service.app.store.write_now(move |db| app.add_account(db, &typed, Operator::No, Some("Altro ente")));
    added.unwrap();
    let mut bea = service.visitor();
    let entered = bea.post("/it/staff/sign-in", &[("email", "bea@altro.example.org"), ("password", PASSWORD)]);
    assert_eq!(entered.status, 303, "{}", entered.body);
    [&mut ada, &mut bea].map(|client| {
        let wave = open_wave(client, "anonymous");
        let code = codes(client, &wave, "everybody").remove(0).1;
        (client.clone(), code)
    })
}

/// What the shell brings in, for every body.
fn import(service: &Fresh, translation: Translation) {
    let app = service.app.clone();
    let done = service
        .app
        .store
        .write_now::<_, Refusal>(move |db| app.import_translation(db, &version(), &translation, ("shell", Trial::No)));
    done.unwrap();
}

#[test]
fn a_sheet_is_tried_and_then_counts_for_the_questionnaires_of_its_body_only() {
    for service in Fresh::on_both() {
        let [(mut ada, code), (mut bea, elsewhere)] = two_bodies(&service);
        let ((body, languages), (other, _)) = (places(&mut ada), places(&mut bea));
        assert!(ada.get(&format!("{body}/frameworks")).body.contains(&languages), "the frameworks lead there");
        assert!(ada.get("/it/frameworks/pratiche-collaborative/1.0.0").body.contains(&languages));
        assert!(!bea.get("/it/frameworks/pratiche-collaborative/1.0.0").body.contains(&languages));

        let tried = try_sheet(&mut ada, &languages, ("UR", "revised"), &sheet("نص", |key| key != "family.FC"));
        assert!(tried.body.contains("Non è ancora cambiato niente") && tried.body.contains("اردو (ur)"));
        assert!(tried.body.contains("<strong>family.FC</strong>"), "what is left empty: {}", tried.body);
        assert!(tried.body.contains("In questa lingua non c&#x27;era niente"), "{}", tried.body);
        assert!(tried.body.contains("Una rilevazione aperta fa queste domande: Orto di tutti, anonymous · T1"));
        assert!(own(&service, &body).is_empty(), "it was only tried");
        assert!(!read_in(&service, &code, "ur").0.contains("hreflang=\"ur\""));

        let taken = take(&mut ada, &languages, &tried);
        assert_eq!((taken.status, taken.location.as_deref()), (303, Some(languages.as_str())), "{}", taken.body);
        assert_eq!(own(&service, &body).first().map(|one| one.language.code().to_owned()).as_deref(), Some("ur"));
        let page = ada.get(&languages).body;
        assert!(page.contains("Foglio di questo ente") && page.contains("Riletta da chi parla la lingua"), "{page}");
        let mut phone = service.visitor();
        assert!(phone.get(&format!("/it/q/{code}")).body.contains("hreflang=\"ur\" lang=\"ur\" dir=\"auto\">اردو</a>"));
        let (landing, first) = read_in(&service, &code, "ur");
        assert!(landing.contains("<html lang=\"ur\" dir=\"rtl\">") && first.contains("نص page-next"), "{first}");
        assert!(first.contains("نص item."), "{first}");

        let (landing, first) = read_in(&service, &elsewhere, "ur");
        assert!(landing.contains("<html lang=\"it\">") && !first.contains("نص"), "another body's stays as it was");
        assert!(own(&service, &other).is_empty());
        assert!(ada.get(&format!("{body}/audit")).body.contains("Foglio di traduzione consegnato"));
        assert!(!bea.get(&format!("{other}/audit")).body.contains("Foglio di traduzione"));
    }
}

#[test]
fn a_bodys_sheet_replaces_the_installations_as_a_whole_until_it_is_taken_away() {
    for service in Fresh::on_both() {
        let [(mut ada, code), (_, elsewhere)] = two_bodies(&service);
        let (body, languages) = places(&mut ada);
        import(&service, translation("ur", "shell", |_| true));
        let tried = try_sheet(&mut ada, &languages, ("ur", "draft"), &sheet("نص", |key| !key.starts_with("group.")));
        assert!(tried.body.contains("Foglio dell&#x27;installazione"), "what there was before: {}", tried.body);
        assert_eq!(take(&mut ada, &languages, &tried).status, 303);
        let (landing, first) = read_in(&service, &code, "ur");
        assert!(first.contains("نص item.") && !first.contains("shell ") && !landing.contains("shell "), "{landing}");
        assert!(read_in(&service, &elsewhere, "ur").1.contains("shell item."));
        let out = ada.get(&format!("{languages}/ur/sheet")).body;
        assert!(out.contains("نص item.FC2a") && !out.contains("shell "), "it goes out as it counts");

        // Somebody is in the middle of a questionnaire when it is taken away.
        let mut phone = service.visitor();
        assert_eq!(phone.post(&format!("/it/q/{code}?language=ur"), &[]).status, 303);
        let removal = format!("{languages}/ur/removal");
        let asked = ada.get(&removal).body;
        assert!(asked.contains("tornerà a valere") && asked.contains("Orto di tutti"), "{asked}");
        assert_eq!(own(&service, &body).len(), 1, "asking changes nothing");
        assert_eq!(send(&mut ada, &removal, &[]).location.as_deref(), Some(languages.as_str()));
        assert!(phone.get("/it/questionnaire/1").body.contains("shell item."));
        assert!(own(&service, &body).is_empty());
        assert_eq!(ada.get(&removal).status, 404);
        let token = ada.get("/it/staff").form_token();
        assert_eq!(ada.post(&removal, &[("form_token", &token)]).status, 404, "it is gone already");
        assert!(!ada.get(&languages).body.contains("/ur/removal"), "the installation's is not theirs to take away");
        assert!(ada.get(&format!("{body}/audit")).body.contains("Foglio di traduzione tolto"));
    }
}

#[test]
fn an_easy_version_of_a_body_says_itself_who_has_looked_at_it_and_without_it_italian_is_read() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = open_wave(&mut ada, "anonymous");
        let code = codes(&mut ada, &wave, "everybody").remove(0).1;
        let (_, languages) = places(&mut ada);
        for (state, told) in [("draft", true), ("tested", false)] {
            let tried = try_sheet(&mut ada, &languages, ("it-X-Facile", state), &sheet("facile", |_| true));
            assert_eq!(take(&mut ada, &languages, &tried).status, 303);
            let (landing, first) = read_in(&service, &code, "it-x-facile");
            assert!(landing.contains("<html lang=\"it-x-facile\">") && first.contains("facile item."), "{landing}");
            assert_eq!(landing.contains("class=\"translation-note\""), told, "{state}");
        }
        let mut phone = service.visitor();
        assert_eq!(phone.post(&format!("/it/q/{code}?language=it-x-facile"), &[]).status, 303);
        let removal = format!("{languages}/it-x-facile/removal");
        assert!(ada.get(&removal).body.contains("continua in italiano"));
        assert_eq!(send(&mut ada, &removal, &[]).status, 303);
        let page = phone.get("/it/questionnaire/1").body;
        assert!(page.contains("<html lang=\"it\">") && !page.contains("facile item."), "{page}");
    }
}

#[test]
fn what_is_wrong_with_a_sheet_is_told_with_its_place_and_nothing_changes() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (body, languages) = places(&mut ada);
        let good = "key;translation\nitem.FC1a;x\n";
        let large = format!("{good}{}", "item.FC1a;x\n".repeat(180_000));
        let cases = [
            (("ro", "draft"), "key;translation\nitem.ZZ;x\n", "Riga 2, “item.ZZ”, colonna “key”: questo quadro non ha"),
            (
                ("ro", "draft"),
                "key;translation\npage.page-step;Pasul\n",
                "“page.page-step”, colonna “translation”: la frase",
            ),
            (
                ("ro", "draft"),
                "key;translation\nitem.FC1a;x\nitem.FC1a;y\n",
                "Riga 3, “item.FC1a”, colonna “key”: questa",
            ),
            (("ro", "draft"), "\u{1}\u{2}PNG\nIHDR", "colonna “translation”: manca una colonna che serve"),
            (("ro", "draft"), "", "Questo campo va compilato"),
            (("ro", "draft"), "key;translation\nitem.FC1a;\n", "Nel foglio non c&#x27;è nessuna traduzione"),
            (("ro", "draft"), large.as_str(), "un foglio ha al massimo 2 MB"),
            (("rumeno", "draft"), good, "“rumeno” non è la sigla di una lingua"),
            (("en", "draft"), good, "Il questionario è già in “en”"),
            (("ro", ""), good, "Scelga una delle risposte"),
        ];
        for (said, sheet, told) in cases {
            let tried = try_sheet(&mut ada, &languages, said, sheet);
            assert_eq!(tried.status, 422, "{told}");
            assert!(tried.body.contains(told), "{told}: {}", tried.body);
            assert!(tried.body.contains(&format!("value=\"{}\"", said.0)), "what was typed is still there");
        }
        assert_eq!(try_sheet(&mut ada, &languages, ("ro", "draft"), &"x".repeat(6_000_000)).status, 413);
        // Brought in without having been tried.
        let fields = [("translation_language", "ro"), ("translation_state", "draft")];
        let wrong = [&fields[..], &[("translation_sheet", "key;translation\nitem.ZZ;x\n")]].concat();
        let refused = send(&mut ada, &format!("{languages}/new"), &wrong);
        assert!(refused.status == 422 && refused.body.contains("Il foglio non è stato preso"), "{}", refused.body);
        assert!(own(&service, &body).is_empty());
        assert!(!ada.get(&format!("{body}/audit")).body.contains("Foglio di traduzione"));
        let nowhere = languages.replace(&version().sha256, &"0".repeat(64));
        assert_eq!(ada.get(&nowhere).status, 404, "a version that the body may not use");
    }
}

/// A browser of somebody with a role in a body.
fn member(service: &Fresh, body: &str, role: Role) -> Client {
    let email = format!("{}@example.org", role.code());
    let account = Account {
        id: Uuid::now_v7(),
        email: email.clone(),
        name: role.code().to_owned(),
        language: Language::It,
        state: AccountState::Active,
        operator: Operator::No,
    };
    let grant = Grant {
        organisation_id: id_of(body),
        id: Uuid::now_v7(),
        account_id: account.id,
        role,
        scope: Scope::Organisation,
        group: String::new(),
        body: String::new(),
    };
    let (app, id) = (service.app.clone(), account.id);
    let link = service.app.store.write_now::<String, Refusal>(move |db| {
        store::accounts::insert(db, &account, &email, app.clock.now())?;
        store::grants::insert(db, &grant, app.clock.now())?;
        app.issue_sign_in(db, id)
    });
    let mut client = service.visitor();
    assert_eq!(client.post(&format!("/it/staff/sign-in/{}", link.unwrap()), &[]).status, 303);
    client
}

#[test]
fn whoever_may_not_change_what_is_asked_hands_in_no_sheet_and_takes_none_away() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (body, languages) = places(&mut ada);
        let tried = try_sheet(&mut ada, &languages, ("ro", "draft"), &sheet("x", |_| true));
        assert_eq!(take(&mut ada, &languages, &tried).status, 303);
        let public = "/it/frameworks/pratiche-collaborative/1.0.0";
        for role in [Role::Administrator, Role::Collector, Role::Evaluator, Role::Committee] {
            let mut client = member(&service, &body, role);
            let token = client.get("/it/staff").form_token();
            for end in ["", "/new", "/ro/sheet", "/ro/removal"] {
                assert_eq!(client.get(&format!("{languages}{end}")).status, 403, "{role:?} {end}");
            }
            assert_eq!(try_sheet(&mut client, &languages, ("sq", "draft"), &sheet("x", |_| true)).status, 403);
            for end in ["/new", "/ro/removal"] {
                let fields = [("form_token", token.as_str()), ("translation_language", "sq")];
                assert_eq!(client.post(&format!("{languages}{end}"), &fields).status, 403, "{role:?} {end}");
            }
            assert!(!client.get(public).body.contains(&languages), "they are not led there");
        }
        assert_eq!(service.visitor().get(&languages).status, 401);
        assert_eq!(own(&service, &body), [translation("ro", "x", |_| true)]);
    }
}

#[test]
fn translations_that_were_brought_in_before_stay_the_installations() {
    const UP: &str = include_str!("../../migrations/2026-11-30-000019_own_translations/up.sql");
    const DOWN: &str = include_str!("../../migrations/2026-11-30-000019_own_translations/down.sql");
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (body, languages) = places(&mut ada);
        let shell = translation("ro", "shell", |_| true);
        import(&service, shell.clone());
        let tried = try_sheet(&mut ada, &languages, ("ro", "draft"), &sheet("x", |_| true));
        assert_eq!(take(&mut ada, &languages, &tried).status, 303);
        service.run(DOWN);
        service.run(UP);
        assert!(own(&service, &body).is_empty(), "a body's own has no place in the earlier table");
        let language = shell.language.clone();
        let kept = service.app.store.read_now::<_, store::StoreError>(move |db| {
            store::translations::find(db, (&version().sha256, Whose::Installation), &language)
        });
        assert_eq!(kept.unwrap(), Some(shell));
    }
}
