// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A questionnaire is answered in languages beyond those of the interface, on both databases, and its version stays itself.

use std::net::SocketAddr;
use std::process::Command;

use insieme::app::frameworks::{FrameworkVersion, find_shipped};
use insieme::app::{App, Refusal, Trial};
use insieme::domain::language_tag::LanguageTag;
use insieme::domain::translation::{Translation, TranslationState, Whose, translatables};
use insieme::{export, store, view};

use crate::answering::{answer_all, submit};
use crate::service::Service;

fn version() -> FrameworkVersion {
    find_shipped("pratiche-collaborative", "1.0.0").unwrap()
}

fn tag(code: &str) -> LanguageTag {
    LanguageTag::parse(code).unwrap()
}

/// A translation of every text of the framework whose key passes, and of some sentences of the pages.
fn translation(code: &str, passes: impl Fn(&str) -> bool) -> Translation {
    let texts = translatables(&version().framework).into_iter().map(|one| one.key).filter(|key| passes(key));
    let mut translation = Translation::new(tag(code));
    translation.texts = texts.map(|key| (key.clone(), format!("نص {key}"))).collect();
    translation.texts.insert("page.page-next".to_owned(), "التالي".to_owned());
    translation.texts.insert("page.page-step".to_owned(), "{ $step } / { $steps }".to_owned());
    translation
}

/// Takes a translation in, and returns the one before.
fn import(service: &Service, translation: &Translation, trial: Trial) -> Translation {
    let (app, translation) = (service.app.clone(), translation.clone());
    let done = service
        .app
        .store
        .write_now::<_, Refusal>(move |db| app.import_translation(db, &version(), &translation, ("test", trial)));
    done.unwrap()
}

#[test]
fn a_questionnaire_is_answered_in_a_language_brought_in_and_its_version_stays_the_same() {
    for service in Service::on_both() {
        import(&service, &translation("ur", |_| true), Trial::No);
        let (wave, before) = (service.open_wave(), service.counts(&service.open_wave()));
        assert_eq!(wave.framework_sha256, version().sha256);
        let (mut phone, landing) = (service.visitor(), format!("/it/q/{}", service.code.compact()));

        let italian = phone.get(&landing);
        assert!(italian.body.contains("hreflang=\"ur\" lang=\"ur\" dir=\"auto\">اردو</a>"), "{}", italian.body);
        let urdu = phone.get(&format!("{landing}?language=ur"));
        assert!(urdu.body.contains("<html lang=\"ur\" dir=\"rtl\">"), "{}", urdu.body);
        assert!(urdu.body.contains("<span lang=\"it\" dir=\"auto\">Chi lo chiede</span>"), "marked: {}", urdu.body);
        assert_eq!((&italian.cookie, &urdu.cookie), (&None, &None), "looking keeps nothing");
        let action = urdu.attribute("<form method=\"post\" action=\"").replace("&#x3D;", "=");
        assert_eq!(action, format!("{landing}?language=ur"));
        assert_eq!(phone.post(&action, &[]).location.as_deref(), Some("/it/questionnaire/1"));

        let page = phone.get("/it/questionnaire/1");
        assert!(page.body.contains("<html lang=\"ur\" dir=\"rtl\">") && page.body.contains("التالي"), "{}", page.body);
        assert!(page.body.contains("<legend>1. نص item.FC2a</legend>"), "what is translated is not marked");
        assert!(page.body.contains("1\u{2069} / \u{2068}13"), "values keep their place: {}", page.body);
        assert_eq!(answer_all(&mut phone, "4"), 13);
        let review = phone.get("/it/questionnaire/review");
        assert!(review.body.contains("نص scale.S5.4"), "{}", review.body);
        submit(&mut phone);
        assert!(phone.get("/it/questionnaire/receipt").body.contains("<html lang=\"ur\" dir=\"rtl\">"));
        assert_eq!(service.counts(&wave), (before.0 + 1, before.1));
        assert_eq!(service.open_wave().framework_sha256, version().sha256);
    }
}

#[test]
fn a_language_goes_with_the_link_to_another_device_and_is_left_by_a_link() {
    let service = Service::start();
    import(&service, &translation("ur", |_| true), Trial::No);
    let mut phone = service.visitor();
    assert_eq!(phone.post(&format!("/it/q/{}?language=ur", service.code.compact()), &[]).status, 303);
    let pause = phone.get("/it/questionnaire/pause");
    let link = pause.body.split("class=\"print-url\"><bdi>").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    let short = link.rsplit_once("/q/").map(|(_, end)| format!("/q/{end}")).unwrap();
    let short = short.replace("&#x3D;", "=");
    assert!(short.ends_with("?language=ur"), "{short}");
    let landing = service.visitor().get(&short).location.unwrap();
    assert!(landing.starts_with("/it/q/") && landing.ends_with("?language=ur"), "{landing}");

    let page = phone.get("/it/questionnaire/2");
    assert!(page.body.contains("href=\"/en/questionnaire/2?language&#x3D;en\""), "{}", page.body);
    assert!(phone.get("/en/questionnaire/2?language=en").body.contains("<html lang=\"en\">"));
    assert!(phone.get("/it/questionnaire/3").body.contains("<html lang=\"it\">"), "the device has forgotten it");
    assert!(phone.get("/it/questionnaire/3?language=ur").body.contains("<html lang=\"ur\" dir=\"rtl\">"));
    assert!(phone.get("/it/questionnaire/4").body.contains("<html lang=\"ur\" dir=\"rtl\">"));
}

#[test]
fn a_language_in_which_not_all_can_be_answered_is_not_offered() {
    for service in Service::on_both() {
        import(&service, &translation("ro", |key| key != "item.FC2a"), Trial::No);
        import(&service, &translation("fr", |key| !key.starts_with("scale.S5.")), Trial::No);
        import(&service, &translation("sq", |_| true), Trial::Yes);
        // Items of other groups may be missing.
        import(&service, &translation("it-x-facile", |key| key != "item.RP2c"), Trial::No);
        let landing = format!("/it/q/{}", service.code.compact());
        let page = service.visitor().get(&landing);
        for missing in ["ro", "fr", "sq", "xx", "../x"] {
            assert!(!page.body.contains(&format!("hreflang=\"{missing}\"")), "{missing}");
            let shown = service.visitor().get(&format!("{landing}?language={missing}"));
            assert!(shown.status == 200 && shown.body.contains("<html lang=\"it\">"), "{missing}");
        }
        assert!(page.body.contains(">Italiano facile</a>"), "{}", page.body);
    }
}

#[test]
fn an_easy_version_says_that_it_was_not_tested_until_it_was() {
    let service = Service::start();
    let mut easy = translation("it-x-facile", |_| true);
    let landing = format!("/it/q/{}?language=it-x-facile", service.code.compact());
    for (state, told) in
        [(TranslationState::Draft, true), (TranslationState::Revised, true), (TranslationState::Tested, false)]
    {
        easy.state = state;
        import(&service, &easy, Trial::No);
        let page = service.visitor().get(&landing);
        assert!(page.body.contains("<html lang=\"it-x-facile\">"), "{}", page.body);
        assert_eq!(page.body.contains("class=\"translation-note\""), told, "{state:?}");
    }
}

#[test]
fn a_translation_is_kept_whole_and_replaced_whole() {
    for service in Service::on_both() {
        let first = translation("ro", |_| true);
        let second = Translation { state: TranslationState::Revised, ..translation("ro", |key| key == "item.FC1a") };
        assert!(import(&service, &first, Trial::Yes).texts.is_empty());
        assert!(import(&service, &first, Trial::No).texts.is_empty(), "what was only tried is not there");
        assert_eq!(import(&service, &second, Trial::No), first);
        let all = service.app.store.read_now::<_, store::StoreError>(|db| {
            store::translations::of_framework(db, &version().sha256, Whose::Installation)
        });
        let romanian: Vec<_> = all.unwrap().into_iter().filter(|(_, one)| one.language == tag("ro")).collect();
        assert_eq!(romanian, [(Whose::Installation, second)]);
    }
}

#[test]
fn the_landing_page_says_the_measured_minutes_after_twenty_and_nothing_leads_from_them_to_an_answer() {
    for service in Service::on_both() {
        let landing = format!("/it/q/{}", service.code.compact());
        let said = || service.visitor().get(&landing).body;
        let soon = service.later(4);
        for _ in 0..19 {
            answered_at(&service, soon);
        }
        assert!(said().contains("Circa "), "nineteen are not enough");
        // Neither a shared clock that is wrong nor an afternoon between two pages is a duration.
        answered_at(&service, service.later(0));
        answered_at(&service, service.later(300));
        assert!(said().contains("Circa "));
        answered_at(&service, service.later(9));
        assert!(said().contains("Di solito 4 minuti"), "{}", said());
    }
}

/// Begins a questionnaire now and submits it at another time, twice, which counts once.
fn answered_at(service: &Service, later: SocketAddr) {
    let phone = service.respondent();
    let mut later = phone.at(later);
    let token = later.get("/it/questionnaire/review").form_token();
    for _ in 0..2 {
        assert_eq!(later.post("/it/questionnaire/submission", &[("form_token", &token)]).status, 303);
    }
}

#[test]
fn a_sheet_goes_out_and_comes_in_by_the_shell_and_problems_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let database = format!("sqlite:{}", file("shell.db"));
    let run = |arguments: &[&str]| {
        let which = ["--framework", "pratiche-collaborative", "--version", "1.0.0", "--database", &database];
        let output = Command::new(env!("CARGO_BIN_EXE_insieme")).args(arguments).args(which).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    };
    let sheet = file("ro.csv");
    assert_eq!(run(&["export", "translation", "--language", "ro", "--output", &sheet]), (Some(0), String::new()));
    let blank = std::fs::read_to_string(&sheet).unwrap();
    assert!(blank.starts_with("\u{feff}\"key\";\"context\";\"it\";\"en\";\"translation\"\r\n"), "{blank:.100}");
    let filled = blank.replace("\"I trust the other partners in the project.\";\"\"", "\"x\";\"Am încredere; da.\"");
    assert_ne!(filled, blank);
    std::fs::write(&sheet, &filled).unwrap();
    let (code, said) = run(&["import", "translation", &sheet, "--language", "ro", "--dry-run"]);
    assert!(code == Some(0) && said.contains("texts of the framework: 1 of ") && said.contains("Tried only"), "{said}");
    let (code, said) = run(&["import", "translation", &sheet, "--language", "ro", "--state", "revised"]);
    assert!(code == Some(0) && said.contains("Imported ro as revised."), "{said}");

    let wrong = filled.replace("\"item.FC1a\"", "\"item.ZZ\"").replace("\"Circa { $minutes } minuti, ", "\"Altro ");
    std::fs::write(&sheet, wrong.replace("\"item.FC2a\";", "\"item.FC2a\";\"x\";")).unwrap();
    let (code, said) = run(&["import", "translation", &sheet, "--language", "ro"]);
    assert!(code == Some(1) && said.contains("A601") && said.contains("A003"), "{said}");
    let (_, out) = run(&["export", "translation", "--language", "ro"]);
    assert!(out.contains("\"Am încredere; da.\""), "what was there before is still there");
    assert_eq!(run(&["export", "translation", "--language", "en"]).0, Some(2));
    let output = Command::new(env!("CARGO_BIN_EXE_insieme"))
        .args(["export", "translation", "--language", "ro", "--framework", "x", "--version", "1.0.0"])
        .args(["--database", &database])
        .output();
    assert_eq!(output.unwrap().status.code(), Some(1));
}

#[test]
fn what_is_shipped_in_further_languages_fits_the_framework() {
    let service = Service::start();
    let read = |db: &mut store::Db| App::translations(db, &version(), Whose::Installation);
    let all = service.app.store.read_now::<_, Refusal>(read).unwrap();
    let texts = translatables(&version().framework);
    for (_, translation) in all {
        let keys: Vec<&String> = translation.texts.keys().collect();
        assert!(keys.iter().all(|key| texts.iter().any(|one| one.key == **key)), "{}", translation.language);
        assert_eq!(translation.state, TranslationState::Draft, "nobody has revised {}", translation.language);
        let sheet = export::translation::csv(&texts, &translation);
        let known = insieme::intake::Sheet { texts: &texts, is_sentence: view::sentences::is_well_formed };
        assert_eq!(insieme::intake::read_translation(sheet.as_bytes(), "a", known).unwrap(), translation.texts);
    }
}
