// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Are the numbers of a project reported, split, corrected and compared as promised, on both databases?

use insieme::domain::measure::{Figure, FigureState, Standing};
use insieme::store;

use crate::service::{Answer, Client, Fresh, Service};
use crate::staff::{project, send, set_up};

/// The women of TILDE's first year as they are typed, with changes.
pub fn typed<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("figure_label", "Donne prese in carico"),
        ("figure_definition", "Donne con un percorso avviato nel periodo."),
        ("figure_standing", "actual"),
        ("figure_known", "known"),
        ("figure_value", "95"),
        ("first_day", "2023-01-01"),
        ("last_day", "2023-12-31"),
        ("figure_source", "torinoggi.it"),
        ("figure_as_of", "4/2/2024"),
    ];
    fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    fields.extend(changes);
    fields
}

pub fn report(client: &mut Client, place: &str, measure: &str, changes: &[(&str, &str)]) -> Answer {
    send(client, &format!("{place}/measures/new/{measure}"), &typed(changes))
}

/// What the only project has reported.
pub fn figures(service: &Fresh) -> Vec<Figure> {
    let read = |db: &mut store::Db| {
        let body = store::organisations::all(db)?.remove(0).id;
        let project = store::projects::of_organisation(db, body)?.remove(0);
        store::measures::of_project(db, &project)
    };
    service.app.store.read_now::<_, store::StoreError>(read).unwrap()
}

#[test]
fn a_figure_is_reported_split_and_shown_beside_its_target() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "TILDE");
        let public = place.replace("/staff", "");
        assert!(ada.get(&place).body.contains(&format!("{place}/measures\"")), "the workspace leads there");
        let form = ada.get(&format!("{place}/measures/new/N01"));
        assert!(form.body.contains("value=\"Persone prese in carico\"") && form.body.contains("Quanto, in persone"));
        assert!(form.body.contains("Persone diverse il cui percorso individuale"), "the definition is filled in");
        assert!(
            !form.body.contains(" checked><label for=\"figure_standing"),
            "counted or planned is chosen, never assumed"
        );
        let target = [("figure_standing", "target"), ("figure_value", "150"), ("figure_label", "Donne previste")];
        assert_eq!(report(&mut ada, &place, "N01", &target).status, 303);
        let same = [("figure_definition", " donne con un  percorso avviato nel PERIODO. ")];
        assert_eq!(report(&mut ada, &place, "N01", &same).status, 303);
        let page = ada.get(&public).body;
        for words in
            ["95 persone", "Obiettivo: 150 persone. Raggiunto per il 63,3 %: mancano 55 persone.", "torinoggi.it"]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(page.contains("dal 1 gennaio 2023 al 31 dicembre 2023") && page.contains("4 febbraio 2024"), "{page}");
        let parts = [
            ("figure_label", "Donne al lavoro"),
            ("figure_value", "26"),
            ("figure_parts", "a tempo indeterminato: 3\r\na tempo determinato\t16"),
            ("part_not_known", "7"),
        ];
        assert_eq!(report(&mut ada, &place, "N04", &parts).status, 303);
        let page = ada.get(&public).body;
        let told = ["a tempo indeterminato: 3", "a tempo determinato: 16", "altro: 0", "non noto: 7"];
        assert!(told.iter().all(|words| page.contains(words)), "{page}");
    }
}

#[test]
fn a_target_with_another_definition_or_period_is_not_compared_and_the_page_says_why() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "TILDE");
        let target = [
            ("figure_standing", "target"),
            ("figure_value", "150"),
            ("figure_definition", "ISEE fino a 30.000 euro, almeno un figlio minore."),
            ("last_day", "2025-12-31"),
        ];
        assert_eq!(report(&mut ada, &place, "N01", &target).status, 303);
        assert_eq!(report(&mut ada, &place, "N01", &[]).status, 303);
        let page = ada.get(&place.replace("/staff", "")).body;
        assert!(page.contains("Non si confronta: la definizione è diversa; il periodo è diverso."), "{page}");
        assert!(!page.contains("63,3"), "{page}");
    }
}

#[test]
fn what_is_not_known_is_said_and_a_measure_of_ones_own_has_its_own_unit() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "Orto");
        let silent = [("figure_known", "not_known"), ("figure_value", ""), ("figure_label", "Donne in arrivo")];
        assert_eq!(report(&mut ada, &place, "N01", &silent).status, 303);
        let own = [("figure_label", "Ore date"), ("figure_value", "1.300,25"), ("figure_unit", "ore di volontariato")];
        assert_eq!(report(&mut ada, &place, "own", &own).status, 303);
        let page = ada.get(&place.replace("/staff", "")).body;
        let row = page.split("Donne in arrivo").nth(1).unwrap().split("</tr>").next().unwrap();
        assert!(row.contains("non noto") && !row.contains("0 persone"), "{row}");
        assert!(page.contains("1300,25 ore di volontariato"), "{page}");
        assert_eq!(figures(&service).iter().map(|one| one.current.value).collect::<Vec<_>>(), [None, Some(1300.25)]);
    }
}

#[test]
fn what_cannot_be_a_figure_is_refused_with_a_sentence_and_nothing_is_stored() {
    let long = "x".repeat(300);
    let wrong: [(&[(&str, &str)], &str); 15] = [
        (&[("figure_value", "26"), ("figure_parts", "a 3\nb 16")], "3 + 16 + 0 + 0 fa 19, il totale è 26"),
        (&[("figure_value", "1"), ("figure_parts", "a 0,5\nb 0,51")], "0,5 + 0,51 + 0 + 0 fa 1,01, il totale è 1"),
        (&[("figure_parts", "a -3\nb 98")], "In “a -3” manca"),
        (&[("figure_parts", "a tempo determinato")], "In “a tempo determinato” manca"),
        (&[("part_other", "-1")], "un numero da zero in su"),
        (&[("figure_value", "-95")], "un numero da zero in su"),
        (&[("figure_value", "molte")], "un numero da zero in su"),
        (&[("figure_value", "")], "Scriva il numero, oppure dica che non è noto"),
        (&[("figure_known", "not_known")], "Ha detto che il numero non è noto"),
        (&[("figure_known", "not_known"), ("figure_value", ""), ("part_other", "3")], "Il totale non è noto"),
        (&[("first_day", "2023-12-31"), ("last_day", "2023-01-01")], "ultimo giorno viene prima"),
        (&[("first_day", "")], "Questo campo va compilato"),
        (&[("figure_label", &long)], "Al massimo 200 caratteri: ne ha scritti 300"),
        (&[("figure_definition", " "), ("figure_source", "")], "Questo campo va compilato"),
        (&[("figure_standing", "perhaps")], "Scelga una delle risposte"),
    ];
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "Orto");
        for (changes, sentence) in wrong {
            let refused = report(&mut ada, &place, "N01", changes);
            assert_eq!(refused.status, 422, "{changes:?}");
            assert!(refused.body.contains(sentence), "{sentence}: {}", refused.body);
        }
        assert!(figures(&service).is_empty(), "nothing is stored");
        let token = ada.get("/it/staff").form_token();
        let unknown = ada.post(&format!("{place}/measures/new/N99"), &[("form_token", token.as_str())]);
        assert_eq!((unknown.status, ada.get(&format!("{place}/measures/new/N99")).status), (404, 404));
    }
}

#[test]
fn a_formula_and_markup_in_a_name_are_words_like_any_others() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "Orto");
        let label = "=HYPERLINK(\"http://a.example\") <b>x</b>";
        let fields = [("figure_label", label), ("figure_parts", "=SUM(A1) 90"), ("part_other", "5")];
        assert_eq!(report(&mut ada, &place, "N01", &fields).status, 303);
        let page = ada.get(&place.replace("/staff", "")).body;
        assert!(page.contains("HYPERLINK(&quot;http://a.example&quot;) &lt;b&gt;x&lt;/b&gt;"), "{page}");
        let body = crate::staff::link(&ada.get("/it/staff"), "/it/staff/organisations/");
        let audit = ada.get(&format!("{}/audit.csv", body.trim_end_matches("/projects/new")));
        assert!(audit.body.contains("measure.report") && !audit.body.contains("\"=HYPER"), "{}", audit.body);
    }
}

#[test]
fn a_correction_is_a_further_revision_with_its_reason_and_a_withdrawal_too() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "TILDE");
        let public = place.replace("/staff", "");
        assert_eq!(report(&mut ada, &place, "N01", &[("figure_value", "90")]).status, 303);
        let id = figures(&service)[0].current.id.simple().to_string();
        let at = format!("{place}/measures/{id}");
        let form = ada.get(&format!("{at}/revision"));
        assert!(
            form.body.contains("value=\"90\"") && form.body.contains("name=\"revision\" value=\"1\""),
            "{}",
            form.body
        );
        let correct = |client: &mut Client, value, reason, revision| {
            let changes = [("figure_value", value), ("figure_reason", reason), ("revision", revision)];
            send(client, &format!("{at}/revision"), &typed(&changes)).status
        };
        assert_eq!(correct(&mut ada, "95", "", "1"), 422, "a reason is needed");
        assert_eq!(correct(&mut ada, "95", "Cinque erano su un altro foglio", "1"), 303);
        assert_eq!(correct(&mut ada, "96", "Altro", "1"), 409, "somebody else was first");
        let page = ada.get(&public).body;
        let (now, before) = page.split_once("Che cosa diceva prima").unwrap();
        assert!(now.contains("95 persone") && !now.contains("90 persone"), "{page}");
        assert!(before.contains("90 persone") && before.contains("Cinque erano su un altro foglio"), "{page}");
        assert!(before.contains("Fino al 25 novembre 2026"), "{page}");
        let withdraw = |client: &mut Client, reason, revision| {
            send(client, &format!("{at}/withdrawal"), &[("figure_reason", reason), ("revision", revision)]).status
        };
        assert_eq!((withdraw(&mut ada, "", "2"), withdraw(&mut ada, "Tardi", "1")), (422, 409));
        assert_eq!(withdraw(&mut ada, "Doppione", "2"), 303);
        let page = ada.get(&public).body;
        let (now, folded) = page.split_once("Numeri ritirati").unwrap();
        assert!(!now.contains("95 persone") && folded.contains("Doppione") && folded.contains("95 persone"), "{page}");
        let kept = figures(&service).remove(0);
        let revisions: Vec<_> = kept.earlier.iter().map(|one| (one.revision, one.value, one.state)).collect();
        assert_eq!(revisions, [(2, Some(95.0), FigureState::Reported), (1, Some(90.0), FigureState::Reported)]);
        assert_eq!((kept.current.revision, kept.current.state), (3, FigureState::Withdrawn));
        let acts = service.app.store.read_now::<_, store::StoreError>(|db| store::audit::after(db, 0, 100)).unwrap();
        let acts: Vec<&str> =
            acts.iter().map(|one| one.act.as_str()).filter(|act| act.starts_with("measure.")).collect();
        assert_eq!(acts, ["measure.report", "measure.revision", "measure.revision"]);
    }
}

#[test]
fn whoever_may_not_edit_the_project_reports_nothing() {
    for service in Service::on_both() {
        let (project, _) = service.waves().into_iter().find(|(one, _)| one.name == "TILDE").unwrap();
        let all = format!("/it/staff/projects/{}/measures", project.id.simple());
        let reported = || {
            let project = project.clone();
            let read = move |db: &mut store::Db| store::measures::of_project(db, &project);
            service.app.store.read_now::<_, store::StoreError>(read).unwrap()
        };
        let before = reported();
        let figure = before[0].current.id.simple().to_string();
        let mut evaluator = service.evaluator();
        let token = evaluator.get("/it/staff").form_token();
        let mut fields = typed(&[("figure_reason", "x"), ("revision", "1")]);
        fields.push(("form_token", token.as_str()));
        for page in ["new/N01".to_owned(), format!("{figure}/revision"), format!("{figure}/withdrawal")] {
            let page = format!("{all}/{page}");
            assert_eq!((evaluator.get(&page).status, evaluator.post(&page, &fields).status), (403, 403), "{page}");
            assert_eq!(service.visitor().get(&page).status, 401, "{page}");
        }
        assert_eq!(evaluator.get(&all).status, 403);
        let mut coordinator = service.staff();
        assert_eq!(coordinator.get(&all).status, 200);
        assert_eq!(coordinator.post(&format!("{all}/new/N01"), &typed(&[])).status, 403, "no form token");
        assert_eq!(before, reported());
    }
}

#[test]
fn the_demonstration_splits_the_26_and_adds_up_only_what_is_counted_alike() {
    for service in Service::on_both() {
        let mut visitor = service.visitor();
        let (tilde, _) = service.waves().into_iter().find(|(one, _)| one.name == "TILDE").unwrap();
        let page = visitor.get(&format!("/it/projects/{}", tilde.id.simple())).body;
        for words in ["26 persone", "a tempo indeterminato: 3", "a tempo determinato: 16", "non noto: 7", "triennio"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(page.contains("Obiettivo: 150 persone (Donne previste). Non si confronta"), "{page}");
        let programme = visitor.get(&format!("/it/programmes/{}", service.programme.simple()));
        let editions: Vec<&str> = programme.body.split("href=\"/it/editions/").skip(1).collect();
        let pages: Vec<String> = editions
            .iter()
            .map(|rest| visitor.get(&format!("/it/editions/{}", rest.split('"').next().unwrap())).body)
            .collect();
        let not_known = "Non si sommano: non è noto il numero di Bi.lanciare (Donne prese in carico nel primo anno)";
        assert!(pages.iter().any(|page| page.contains(not_known)), "{not_known}");
        assert!(pages.iter().any(|page| page.contains("hanno definizioni diverse")));
        assert!(pages.iter().any(|page| page.contains("In tutto 119 persone.")));
    }
}

#[test]
fn numbers_reported_before_there_were_revisions_are_kept_with_their_words() {
    let (down, up) = (
        include_str!("../../migrations/2026-11-30-000012_measures/down.sql"),
        include_str!("../../migrations/2026-11-30-000012_measures/up.sql"),
    );
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let place = project(&mut ada, "TILDE");
        for (measure, label) in [("N01", "Donne"), ("N02", "Donne previste"), ("N09", "Imprese")] {
            assert_eq!(report(&mut ada, &place, measure, &[("figure_label", label)]).status, 303);
        }
        let firms = figures(&service)[2].current.id.simple().to_string();
        let withdrawal = [("figure_reason", "Doppione"), ("revision", "1")];
        assert_eq!(send(&mut ada, &format!("{place}/measures/{firms}/withdrawal"), &withdrawal).status, 303);
        let before = figures(&service);
        service.run(down);
        service.run(up);
        let after = figures(&service);
        assert_eq!(after.len(), 2, "what was withdrawn has no place in the older table");
        for (one, other) in before.iter().zip(&after) {
            let (one, other) = (&one.current, &other.current);
            assert_eq!(
                (one.id, &one.label, one.value, &one.definition),
                (other.id, &other.label, other.value, &other.definition)
            );
            assert_eq!((one.as_of, &one.period.words, other.period.days), (other.as_of, &other.period.words, None));
        }
        assert_eq!(
            after.iter().map(|one| one.current.standing).collect::<Vec<_>>(),
            [Standing::Actual, Standing::Target]
        );
        assert!(ada.get(&place.replace("/staff", "")).body.contains("2023-01-01 / 2023-12-31"), "as words");
        let kept = format!("{place}/measures/{}/revision", after[0].current.id.simple());
        let changes = [("first_day", ""), ("last_day", ""), ("figure_reason", "Fonte"), ("revision", "1")];
        assert_eq!(send(&mut ada, &kept, &typed(&changes)).status, 303, "a period in words may stay so");
        assert_eq!(figures(&service)[0].current.period, after[0].current.period);
    }
}
