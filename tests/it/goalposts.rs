// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do numbers of a measure with goalposts get their points, and only those, on both databases?

use insieme::catalogue::{self, SourceFile};

use crate::measures::{figures, report, typed};
use crate::service::{Client, Fresh};
use crate::staff::{link, plan, send, set_up};

/// A body's own framework: days until the signature, a rubric and people, each worth points or not.
fn framework(version: &str, days: &str, unit: &str) -> String {
    let small = include_str!("../fixtures/frameworks/small.toml");
    let small = small.replace("id = \"small\"", "id = \"patto\"").replace("1.0.0", version);
    let measure = |code: &str, unit: &str, goalposts: &str| {
        format!(
            "\n[[measure]]\ncode = \"{code}\"\nkind = \"process\"\nunit = \"{unit}\"\n\
             name = {{ it = \"Misura {code}\", en = \"Measure {code}\" }}\n\
             definition = {{ it = \"Come nel registro.\", en = \"As in the register.\" }}\n{goalposts}\n"
        )
    };
    let rubric = measure("N02", unit, "goalposts = { worst = 0, best = 4 }");
    let days = measure("N01", "days", &format!("goalposts = {days}"));
    [small, days, rubric, measure("N03", "persons", "")].concat()
}

fn sha256(text: &str) -> String {
    let source = SourceFile { name: "patto.toml".to_owned(), text: text.to_owned() };
    catalogue::sha256(&catalogue::read(&[source]).unwrap().framework)
}

/// Where the pages of the only body are.
fn home(ada: &mut Client) -> String {
    link(&ada.get("/it/staff"), "/it/staff/organisations/").trim_end_matches("/projects/new").to_owned()
}

fn bring_in(ada: &mut Client, text: &str) -> (u16, String) {
    let new = format!("{}/frameworks/new", home(ada));
    let token = ada.get(&new).form_token();
    let done = ada.upload(&new, &[("form_token", &token)], ("framework_file", text));
    (done.status, done.body)
}

/// A project that asks this version; its place.
fn project(ada: &mut Client, sha256: &str) -> String {
    let new = format!("{}/projects/new", home(ada));
    let made = send(ada, &new, &[("project_name", "Patto"), ("framework", sha256), ("level", "core")]);
    assert_eq!(made.status, 303, "{}", made.body);
    made.location.unwrap().trim_end_matches("/context").to_owned()
}

/// Reports a number by the framework's definition.
fn tell(ada: &mut Client, place: &str, measure: &str, (label, value): (&str, &str), changes: &[(&str, &str)]) {
    let known = if value.is_empty() { "not_known" } else { "known" };
    let mut all = vec![("figure_label", label), ("figure_value", value), ("figure_known", known)];
    if !changes.iter().any(|(name, _)| *name == "figure_definition") {
        all.push(("figure_definition", "Come nel registro."));
    }
    all.extend(changes);
    let done = report(ada, place, measure, &all);
    assert_eq!(done.status, 303, "{}", done.body);
}

/// What stands beside a number of the page, the figure with this name.
fn row<'a>(page: &'a str, label: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!(">{label}")).unwrap_or_else(|| panic!("{label}: {page}"));
    rest.split_once("</tr>").unwrap().0
}

#[test]
fn a_number_with_goalposts_has_points_and_what_is_not_known_has_none() {
    let first = framework("1.0.0", "{ worst = 90, best = 30 }", "level");
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        assert_eq!(bring_in(&mut ada, &first).0, 303);
        let place = project(&mut ada, &sha256(&first));
        let public = place.replace("/staff", "");
        tell(&mut ada, &place, "N03", ("Persone", "12"), &[]);
        assert!(!ada.get(&public).body.contains("su 100"), "a measure without goalposts has no points");
        tell(&mut ada, &place, "N01", ("Giorni contati", "60"), &[]);
        tell(&mut ada, &place, "N01", ("Giorni previsti", "20"), &[("figure_standing", "target")]);
        tell(&mut ada, &place, "N01", ("Giorni ignoti", ""), &[]);
        tell(&mut ada, &place, "N02", ("Rubrica", "3"), &[("figure_definition", "Come diciamo noi.")]);
        let page = ada.get(&public).body;
        let counted = row(&page, "Giorni contati");
        assert!(counted.contains("50 punti su 100: 90 giorni valgono 0, 30 giorni valgono 100.</p>"), "{counted}");
        let target = row(&page, "Giorni previsti");
        assert!(target.contains("100 punti su 100: 90 giorni") && target.contains("i punti restano 100"), "{target}");
        let unknown = row(&page, "Giorni ignoti");
        let aimed = "Obiettivo: 20 giorni. Qui meno è meglio: 50 punti su 100 il consuntivo, 100 punti su 100";
        assert!(counted.contains(aimed) && !counted.contains('%'), "{counted}");
        assert!(unknown.contains("Senza punti: il numero non è noto.") && !unknown.contains("su 100"), "{unknown}");
        let rubric = row(&page, "Rubrica");
        assert!(rubric.contains("75 punti su 100: 0 livelli valgono 0, 4 livelli valgono 100."), "{rubric}");
        assert!(rubric.contains("non è quella del quadro") && !counted.contains("non è quella del quadro"), "{rubric}");
        assert!(page.contains("scritti nel quadro “Piccolo quadro”, versione 1.0.0"), "{page}");
        assert!(!row(&page, "Persone").contains("punti"), "{page}");
        assert!(page.find(">Giorni contati") < page.find(">Giorni previsti"), "one under the other");
        let english = ada.get(&public.replacen("/it/", "/en/", 1)).body;
        assert!(english.contains("50 points out of 100: 90 days are worth 0, 30 days are worth 100."), "{english}");
    }
}

#[test]
fn a_correction_has_its_own_points_and_what_was_taken_back_has_none() {
    let first = framework("1.0.0", "{ worst = 90, best = 30 }", "level");
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        assert_eq!(bring_in(&mut ada, &first).0, 303);
        let place = project(&mut ada, &sha256(&first));
        let public = place.replace("/staff", "");
        tell(&mut ada, &place, "N01", ("Giorni contati", "60"), &[]);
        let figure = figures(&service).remove(0).current.id;
        let at = format!("{place}/measures/{}", figure.simple());
        let mut corrected = typed(&[("figure_label", "Giorni contati"), ("figure_value", "45")]);
        corrected.retain(|(name, _)| *name != "figure_definition");
        corrected.extend([
            ("figure_definition", "Come nel registro."),
            ("figure_reason", "Firma prima"),
            ("revision", "1"),
        ]);
        assert_eq!(send(&mut ada, &format!("{at}/revision"), &corrected).status, 303);
        let page = ada.get(&public).body;
        let (now, before) = row(&page, "Giorni contati").split_once("Che cosa diceva prima").unwrap();
        assert!(now.contains("75 punti su 100") && !now.contains("50 punti"), "{now}");
        assert!(before.contains("50 punti su 100") && !before.contains("75 punti"), "{before}");
        let withdrawal = [("figure_reason", "Doppione"), ("revision", "2")];
        assert_eq!(send(&mut ada, &format!("{at}/withdrawal"), &withdrawal).status, 303);
        let page = ada.get(&public).body;
        let (_, folded) = page.split_once("Numeri ritirati").unwrap();
        assert!(folded.contains("45 giorni") && !folded.contains("punti su 100"), "{folded}");
    }
}

#[test]
fn what_was_reported_before_is_worth_what_the_version_in_force_says() {
    let first = framework("1.0.0", "{ worst = 90, best = 30 }", "level");
    let second = framework("1.1.0", "{ worst = 100, best = 0 }", "steps");
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        assert_eq!((bring_in(&mut ada, &first).0, bring_in(&mut ada, &second).0), (303, 303));
        let place = project(&mut ada, &sha256(&first));
        let public = place.replace("/staff", "");
        tell(&mut ada, &place, "N01", ("Nel 2024", "45"), &[("first_day", "2024-01-01"), ("last_day", "2024-12-31")]);
        tell(&mut ada, &place, "N01", ("Nel 2023", "60"), &[]);
        tell(&mut ada, &place, "N02", ("Rubrica", "3"), &[]);
        let page = ada.get(&public).body;
        assert!(row(&page, "Nel 2024").contains("75 punti su 100"), "{page}");
        assert!(page.find("Nel 2023") < page.find("Nel 2024"), "in the order of periods: {page}");
        let facts = format!("{place}/facts");
        let revision = ada.get(&facts).attribute("name=\"revision\" value=\"");
        let sha256 = sha256(&second);
        let fields =
            [("project_name", "Patto"), ("framework", &sha256), ("level", "core"), ("revision", revision.as_str())];
        let changed = send(&mut ada, &facts, &fields);
        assert_eq!(changed.status, 303, "{}", changed.body);
        let told = |page: &str| {
            assert!(row(page, "Nel 2023").contains("40 punti su 100: 100 giorni valgono 0, 0 giorni valgono 100."));
            assert!(row(page, "Nel 2024").contains("55 punti su 100"), "{page}");
            let other = "Senza punti: il progetto conta in livelli, il quadro in steps.";
            assert!(row(page, "Rubrica").contains(other), "{page}");
            assert!(page.contains("versione 1.1.0") && !page.contains("versione 1.0.0"), "{page}");
        };
        told(&ada.get(&public).body);
        let groups = send(&mut ada, &format!("{place}/groups"), &[("group", "PA"), ("listed-PA", "6")]);
        assert_eq!(groups.status, 303, "{}", groups.body);
        let planned = plan(&mut ada, &place, "T0", ("2026-11-26", "2026-12-20"));
        assert_eq!(planned.status, 303, "{}", planned.body);
        told(&ada.get(&public).body);
        let version = ada.get("/it/frameworks/patto/1.1.0").body;
        assert!(
            version.contains("Valori di riferimento: 100 giorni valgono 0, 0 giorni valgono 100 punti."),
            "{version}"
        );
        assert!(version.contains("<td data-label=\"Unità\">steps</td>"), "{version}");
    }
}

#[test]
fn goalposts_that_cannot_be_are_refused_with_their_line_and_nothing_is_stored() {
    let wrong = [
        ("{ worst = 30, best = 30 }", "are both 30"),
        ("{ worst = 0, best = inf }", "which no project can report"),
        ("{ worst = 0.125, best = 1 }", "which no project can report"),
        ("[30, 90]", "is a list"),
        ("{ worst = 90 }", "has no “best”"),
    ];
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        for (goalposts, sentence) in wrong {
            let text = framework("1.0.0", goalposts, "level");
            let line = text.lines().position(|line| line.starts_with("goalposts")).unwrap() + 1;
            let (status, body) = bring_in(&mut ada, &text);
            assert_eq!(status, 422, "{goalposts}");
            assert!(body.contains(sentence) && body.contains(&format!("Riga {line}")), "{sentence} {line}: {body}");
        }
        let all = format!("{}/frameworks", home(&mut ada));
        assert!(!ada.get(&all).body.contains("Piccolo quadro"), "nothing is stored");
    }
}
