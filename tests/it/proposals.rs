// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do participants and staff choose what is asked together, from a proposal to a questionnaire, with nothing lost?

use std::collections::BTreeMap;

use insieme::app::{App, Refusal};
use insieme::catalogue::{self, SourceFile};
use insieme::domain::framework::Level;
use insieme::domain::invitation::{Setting, StoredResponse};
use insieme::domain::language_tag::LanguageTag;
use insieme::domain::local_indicator::{
    InComposite, IndicatorSheet, LocalIndicator, OwnFramework, SheetItem, holds_core, with_local,
};
use insieme::domain::phase::Phase;
use insieme::domain::proposal::{Proposal, ProposalState};
use insieme::domain::questionnaire::Questionnaire;
use insieme::domain::text::Text;
use insieme::domain::translation::{Translation, Whose};
use insieme::domain::wave::Wave;
use insieme::store;

use crate::circle::{essential, in_space, move_to, planned, seat};
use crate::collecting::stored;
use crate::service::{Answer, Client, Fresh, Service};
use crate::staff::{link, send, set_up};

/// A wave whose indicators are being defined; places of project and wave.
fn defining(ada: &mut Client) -> (String, String) {
    let (place, wave) = planned(ada);
    assert_eq!(move_to(ada, &wave, "map", ""), 303);
    assert_eq!(move_to(ada, &wave, "definition", ""), 303);
    (place, wave)
}

/// A link for each group, by its code.
fn links(service: &Fresh, wave: &str) -> BTreeMap<String, String> {
    let (app, staff) = (service.app.clone(), service.staff("ada@comune.example.org"));
    let id = stored(service, wave).id;
    let issue = move |db: &mut store::Db| app.issue_group_links(db, &staff, id, Setting::Own);
    let links = service.app.store.write_now(issue).unwrap();
    links.into_iter().map(|link| (link.group, link.code.compact())).collect()
}

fn voice(service: &Fresh, links: &BTreeMap<String, String>, group: &str) -> Client {
    in_space(service, links.get(group).unwrap())
}

fn said<'a>(title: &'a str, why: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("proposal_pillar", "obstacles"),
        ("proposal_title", title),
        ("proposal_question", "Chi lavora riesce a venire agli incontri?"),
        ("proposal_why", why),
        ("proposal_wording", "Gli orari degli incontri mi impediscono di venire."),
    ]
}

fn propose(voice: &mut Client, title: &str, why: &str) -> Answer {
    send(voice, "/it/space/proposals/new", &said(title, why))
}

fn proposals(service: &Fresh, wave: &str) -> Vec<Proposal> {
    let wave = stored(service, wave);
    service.app.store.read_now::<_, store::StoreError>(|db| store::proposals::of_wave(db, &wave)).unwrap()
}

fn id_of(service: &Fresh, wave: &str, title: &str) -> String {
    let all = proposals(service, wave);
    all.iter().find(|one| one.said.title == title).unwrap().id.simple().to_string()
}

/// Does something with a proposal, from its own form, as it stands now.
fn act(ada: &mut Client, at: &str, deed: &str, note: &str) -> Answer {
    let page = ada.get(&format!("{at}/{deed}"));
    let (token, revision) = (page.form_token(), page.attribute("name=\"revision\" value=\""));
    let fields = [("form_token", token.as_str()), ("revision", &revision), ("proposal_note", note)];
    ada.post(&format!("{at}/{deed}"), &fields)
}

fn rate(voice: &mut Client, id: &str, round: u32, points: (&str, &str)) -> Answer {
    let token = voice.get(&format!("/it/space/proposals/{id}/rating")).form_token();
    let fields = [("form_token", token.as_str()), ("relevance", points.0), ("clarity", points.1)];
    voice.post(&format!("/it/space/proposals/{id}/rating?round={round}"), &fields)
}

#[test]
fn a_proposal_is_shown_under_the_name_of_its_group_and_one_that_names_somebody_waits() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (_, wave) = defining(&mut ada);
        let links = links(&service, &wave);
        let (mut anna, mut other) = (voice(&service, &links, "ETS"), voice(&service, &links, "PA"));
        assert!(anna.get("/it/space").body.contains("/it/space/proposals/new"), "the space leads there");
        let refused = propose(&mut anna, "Orari", "");
        assert!(refused.status == 422 && refused.body.contains("value=\"Orari\""), "{}", refused.body);
        let shown = propose(&mut anna, "Orari", "Chi lavora resta fuori.");
        assert!(shown.status == 200 && shown.body.contains("Ricevuto"), "{}", shown.body);
        let waits = propose(&mut anna, "Ascolto", "Giulia Ferri non ascolta nessuno.");
        assert!(waits.body.contains("Prima di mostrarlo") && waits.body.contains("Giulia Ferri"), "{}", waits.body);
        let list = other.get("/it/space/proposals").body;
        assert!(
            list.contains("Orari") && list.contains("Ente del Terzo settore") && !list.contains("Ascolto"),
            "{list}"
        );
        assert!(anna.get("/it/space/proposals").body.contains("Ascolto"), "its author sees that it waits");
        let id = id_of(&service, &wave, "Ascolto");
        assert_eq!(other.get(&format!("/it/space/proposals/{id}")).status, 404);
        let at = format!("{wave}/proposals/{id}");
        let filtered = ada.get(&format!("{wave}/proposals?state=waiting&words=")).body;
        assert!(filtered.contains("Ascolto") && !filtered.contains(">Orari<"), "{filtered}");
        assert_eq!(act(&mut ada, &at, "adoption", "x").status, 409, "what waits is not adopted");
        let moderation = format!("{at}/moderation/proposal");
        assert_eq!(send(&mut ada, &moderation, &[("proposal_shown", "hidden")]).status, 422, "hiding needs a reason");
        let hidden = [("proposal_shown", "hidden"), ("proposal_note", "Nomina una persona: riscriva senza nome.")];
        assert_eq!(send(&mut ada, &moderation, &hidden).status, 303);
        let own = anna.get(&format!("/it/space/proposals/{id}"));
        assert!(own.body.contains("riscriva senza nome"), "its author reads why: {}", own.body);
        let kept = proposals(&service, &wave);
        assert!(kept.iter().any(|one| one.said.why.contains("Giulia Ferri")), "nothing is deleted");
    }
}

#[test]
fn merging_and_splitting_keep_authors_and_a_rejection_says_why() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (place, wave) = defining(&mut ada);
        essential(&mut ada, &place, "CSA");
        let links = links(&service, &wave);
        let (mut ets, mut pa) = (voice(&service, &links, "ETS"), voice(&service, &links, "PA"));
        propose(&mut ets, "Orari", "Chi lavora resta fuori.");
        propose(&mut pa, "Incontri di sera", "Gli uffici chiudono alle cinque.");
        propose(&mut pa, "Quanti siamo", "Per contare.");
        let at = |title: &str| format!("{wave}/proposals/{}", id_of(&service, &wave, title));
        let evening = id_of(&service, &wave, "Incontri di sera");
        let lonely = send(&mut ada, &format!("{}/merge", at("Orari")), &said("Orari degli incontri", "Insieme."));
        assert_eq!(lonely.status, 422, "with which one?");
        let mut fields = said("Orari degli incontri", "Orari che vanno bene a chi lavora e agli uffici.");
        fields.push(("with", &evening));
        assert_eq!(send(&mut ada, &format!("{}/merge", at("Orari")), &fields).status, 303);
        let all = proposals(&service, &wave);
        let merged = all.iter().find(|one| one.said.title == "Orari degli incontri").unwrap();
        assert_eq!(
            (merged.groups.as_slice(), merged.parents.len()),
            (["ETS".to_owned(), "PA".to_owned()].as_slice(), 2)
        );
        assert_eq!(all.iter().filter(|one| one.state == ProposalState::Merged).count(), 2, "they stay");
        let page = ada.get(&at("Orari degli incontri")).body;
        assert!(page.contains("Nasce da") && page.contains("Incontri di sera"), "{page}");
        assert_eq!(act(&mut ada, &at("Quanti siamo"), "rejection", "").status, 422);
        assert_eq!(act(&mut ada, &at("Quanti siamo"), "rejection", "È un numero, non un indicatore.").status, 303);
        let id = id_of(&service, &wave, "Quanti siamo");
        let told = ets.get(&format!("/it/space/proposals/{id}")).body;
        assert!(told.contains("È un numero, non un indicatore."), "everybody reads why: {told}");
        assert_eq!(act(&mut ada, &at("Quanti siamo"), "rejection", "Ancora").status, 409);
        let parts = [
            ("part_title_1", "Orari di giorno"),
            ("part_question_1", "Di giorno si riesce?"),
            ("part_title_2", "Orari di sera"),
            ("part_question_2", "Di sera si riesce?"),
        ];
        let split = format!("{}/split", at("Orari degli incontri"));
        assert_eq!(send(&mut ada, &split, &parts[..2]).status, 422);
        assert_eq!(send(&mut ada, &split, &parts).status, 303);
        assert_eq!(act(&mut ada, &at("Orari di sera"), "adoption", "").status, 422, "without a committee: why?");
        assert_eq!(act(&mut ada, &at("Orari di sera"), "adoption", "Deciso nell'incontro del 20.").status, 303);
        let known = stored(&service, &wave);
        let app = service.app.clone();
        let adopted = service.app.store.read_now(|db| app.adopted_by_group(db, &known)).unwrap();
        assert_eq!(adopted, BTreeMap::from([("ETS".to_owned(), 1), ("PA".to_owned(), 1)]), "through both steps");
        let frozen = send(&mut ada, &format!("{wave}/phase"), &[("phase", "frozen"), ("note", "Abbiamo poco tempo.")]);
        assert!(frozen.status == 409 && frozen.body.contains("CSA"), "a group nobody heard: {}", frozen.body);
    }
}

#[test]
fn rounds_of_ratings_show_medians_and_never_names_and_a_second_vote_replaces_the_first() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (_, wave) = defining(&mut ada);
        let links = links(&service, &wave);
        let mut voices: Vec<Client> =
            (0..10).map(|place| voice(&service, &links, if place < 5 { "PA" } else { "ETS" })).collect();
        propose(&mut voices[0], "Orari", "Chi lavora resta fuori.");
        let id = id_of(&service, &wave, "Orari");
        let at = format!("{wave}/proposals/{id}");
        let early = rate(&mut voices[0], &id, 1, ("5", "5"));
        assert!(early.body.contains("era già chiuso"), "no round is open: {}", early.body);
        assert_eq!(act(&mut ada, &at, "round", "").status, 303);
        assert_eq!(rate(&mut voices[0], &id, 1, ("6", "5")).status, 422);
        for voice in &mut voices {
            assert!(rate(voice, &id, 1, ("4", "not_known")).body.contains("è registrata"));
        }
        let again = rate(&mut voices[0], &id, 1, ("2", "3")).body;
        assert!(again.contains("ha preso il posto"), "{again}");
        let during = ada.get(&at).body;
        assert!(during.contains("Hanno valutato 10 persone") && !during.contains("mediana"), "{during}");
        assert_eq!(act(&mut ada, &at, "round-end", "").status, 303);
        let after = voices[9].get(&format!("/it/space/proposals/{id}")).body;
        assert!(after.contains("Giro 1: hanno valutato 10 persone") && after.contains("Ente pubblico"), "{after}");
        assert!(after.contains("mediana di quanto conta: 4"), "{after}");
        assert!(after.contains("troppo pochi"), "nine of ten do not know how clear it is: {after}");
        assert_eq!(act(&mut ada, &at, "round", "").status, 303);
        for voice in &mut voices {
            rate(voice, &id, 2, ("5", "4"));
        }
        assert!(rate(&mut voices[3], &id, 1, ("1", "1")).body.contains("era già chiuso"), "a form of an earlier round");
        assert_eq!(act(&mut ada, &at, "round-end", "").status, 303);
        assert!(ada.get(&at).body.contains("C&#x27;è consenso") || ada.get(&at).body.contains("C'è consenso"));
        assert_eq!(act(&mut ada, &at, "adoption", "").status, 303, "by the rule: no reason is needed");
        assert!(ada.get(&at).body.contains("accolta"));
        let keys: Vec<Vec<String>> = service.tables(&["proposal_ratings"], &[]).0;
        assert_eq!(keys.len(), 20, "one voice, one rating a round");
    }
}

#[test]
fn what_is_left_goes_to_the_committee_and_stays_outside_the_composite() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (_, wave) = defining(&mut ada);
        let links = links(&service, &wave);
        let mut ets = voice(&service, &links, "ETS");
        propose(&mut ets, "Orari", "Chi lavora resta fuori.");
        let id = id_of(&service, &wave, "Orari");
        let at = format!("{wave}/proposals/{id}");
        let mut seats: Vec<Client> = ["BEN", "ETS", "PA"].iter().map(|group| seat(&service, &wave, group)).collect();
        let vote = |seat: &mut Client, choice: &str, words: &str| {
            send(seat, &format!("{at}/vote"), &[("choice", choice), ("words", words)]).status
        };
        assert_eq!(vote(&mut seats[0], "agree", ""), 303);
        let early = act(&mut ada, &at, "adoption", "");
        assert!(early.status == 409 && early.body.contains("Ente pubblico"), "told who is missing: {}", early.body);
        assert_eq!(vote(&mut seats[1], "dissent", "Non ci riguarda."), 303);
        assert_eq!(act(&mut ada, &at, "adoption", "").status, 409, "a tie is no agreement");
        assert_eq!(vote(&mut seats[2], "agree", ""), 303);
        assert_eq!(act(&mut ada, &at, "adoption", "").status, 303);
        assert!(ada.get(&at).body.contains("accolta senza consenso"));
        let made = ada.get(&format!("{wave}/local/new?proposal={id}"));
        assert!(made.body.contains("Gli orari degli incontri mi impediscono di venire."), "begun from the proposal");
        let sheet = write_sheet(&mut ada, &wave, &id, &[]);
        assert_eq!(sheet.status, 303, "{}", sheet.body);
        assert!(ada.get(&sheet.location.unwrap()).body.contains("fuori dall&#x27;indice"));
        assert_eq!(send_freezing(&mut ada, &wave), 303);
        let known = stored(&service, &wave);
        let own = service.app.store.read_now::<_, store::StoreError>(|db| {
            store::own_frameworks::find(db, known.organisation_id, &known.framework_sha256)
        });
        assert_eq!(own.unwrap().unwrap().outside, ["L1"]);
    }
}

/// A sheet as it is typed, with changes.
fn write_sheet(ada: &mut Client, wave: &str, proposal: &str, changes: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("sheet_title_it", "Orari"),
        ("sheet_question_it", "Gli orari vanno bene?"),
        ("sheet_family", "LOC-O"),
        ("sheet_scale", "S5"),
        ("item_1_it", "Gli orari degli incontri mi impediscono di venire."),
        ("sheet_groups", "ETS"),
        ("sheet_proposed_by", "ETS"),
        ("sheet_kind", "opinion"),
        ("sheet_model", "reflective"),
        ("sheet_limits", "Non dice perché."),
    ];
    fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    fields.extend(changes);
    send(ada, &format!("{wave}/local/new?proposal={proposal}"), &fields)
}

fn send_freezing(ada: &mut Client, wave: &str) -> u16 {
    let token = ada.get("/it/staff").form_token();
    ada.post(&format!("{wave}/local/freezing"), &[("form_token", &token)]).status
}

/// Another body brings a version in: broken, under a stolen name, whole, and again with other words.
fn bring_in(bea: &mut Client, text_of_file: &str, (version, sha256): (&str, &str)) {
    let home = link(&bea.get("/it/staff"), "/it/staff/organisations/");
    let home = home.trim_end_matches("/projects/new").to_owned();
    let token = bea.get(&format!("{home}/frameworks/new")).form_token();
    let mut bring =
        |text: &str| bea.upload(&format!("{home}/frameworks/new"), &[("form_token", &token)], ("framework_file", text));
    let broken = bring("[framework]\nid = 3\n");
    assert!(broken.status == 422 && broken.body.contains("Riga"), "{}", broken.body);
    let stolen = text_of_file.replacen(version, "3.0.0", 1);
    assert!(bring(&stolen).body.contains("è il nome di un quadro del programma"));
    assert_eq!(bring(text_of_file).status, 303, "{}", bring(text_of_file).body);
    assert_eq!(bring(text_of_file).status, 303, "again: the same one");
    let other = bring(&text_of_file.replacen("Orari", "Orario", 1));
    assert!(other.status == 422 && other.body.contains("contenuto diverso"), "{}", other.body);
    assert!(bea.get(&format!("{home}/frameworks")).body.contains(sha256));
    assert!(bea.get(&format!("{home}/projects/new")).body.contains(version));
}

/// Asks only one group, with one sentence; whoever saves the same again is told that somebody was first.
fn change_sheet(ada: &mut Client, sheet: &str) {
    let form = ada.get(&format!("{sheet}/sheet"));
    let (token, revision) = (form.form_token(), form.attribute("name=\"revision\" value=\""));
    let fields = [
        ("form_token", token.as_str()),
        ("revision", &revision),
        ("sheet_title_it", "Orari"),
        ("sheet_question_it", "Gli orari vanno bene?"),
        ("sheet_family", "LOC-O"),
        ("sheet_scale", "S5"),
        ("item_1_it", "Gli orari degli incontri mi impediscono di venire."),
        ("sheet_groups", "ETS"),
    ];
    assert_eq!(ada.post(&format!("{sheet}/sheet"), &fields).status, 303);
    assert_eq!(ada.post(&format!("{sheet}/sheet"), &fields).status, 409, "somebody else saved it");
}

/// The body of a wave has a translation of its own of what the wave asks.
fn translate(service: &Fresh, wave: &Wave) {
    let mut romanian = Translation::new(LanguageTag::parse("ro").unwrap());
    romanian.texts.insert("item.FC1a".to_owned(), "Am încredere.".to_owned());
    let (wave, now) = (wave.clone(), service.app.clock.now());
    let kept = service.app.store.write_now::<(), Refusal>(move |db| {
        let at = (wave.framework_sha256.as_str(), Whose::Body(wave.organisation_id));
        Ok(store::translations::replace(db, at, &romanian, now)?)
    });
    kept.unwrap();
}

/// The words of the body's own translations of what a wave asks.
fn translated(service: &Fresh, wave: &Wave) -> Vec<String> {
    let whose = Whose::Body(wave.organisation_id);
    let read = |db: &mut store::Db| store::translations::of_framework(db, &wave.framework_sha256, whose);
    let all = service.app.store.read_now::<_, store::StoreError>(read).unwrap();
    all.into_iter().filter(|(one, _)| *one == whose).flat_map(|(_, one)| one.texts.into_values()).collect()
}

#[test]
fn a_local_indicator_becomes_a_framework_version_that_another_body_can_bring_in() {
    let mut all = Fresh::on_both();
    all.extend(Fresh::on_both().into_iter().take(1));
    let elsewhere = all.pop().unwrap();
    let mut bea = set_up(&elsewhere);
    for service in all {
        let mut ada = set_up(&service);
        let (place, wave) = defining(&mut ada);
        let before = stored(&service, &wave);
        assert_eq!(send_freezing(&mut ada, &wave), 422, "nothing to freeze yet");
        assert_eq!(write_sheet(&mut ada, &wave, "", &[("item_1_it", "")]).status, 422);
        let turned = write_sheet(&mut ada, &wave, "", &[("item_1_reverse", "yes")]);
        assert!(turned.status == 422 && turned.body.contains("rovesciate"), "{}", turned.body);
        let made = write_sheet(&mut ada, &wave, "", &[("item_2_it", "Non vengo mai e mi dispiace.")]);
        let sheet = made.location.unwrap();
        let page = ada.get(&sheet).body;
        for words in ["ha una negazione", "forse unisce due idee", "Gulpease", "name=\"L1a\"", "Non dice perché."] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let note = [("item", "L1b"), ("group", "BEN"), ("pretest_note", "Due cose insieme: a quale rispondo?")];
        assert_eq!(send(&mut ada, &format!("{sheet}/note"), &note).status, 303);
        assert!(ada.get(&sheet).body.contains("a quale rispondo?"));
        change_sheet(&mut ada, &sheet);
        translate(&service, &before);
        assert_eq!(send_freezing(&mut ada, &wave), 303);
        let after = stored(&service, &wave);
        assert_ne!(after.framework_sha256, before.framework_sha256);
        assert_eq!(translated(&service, &after), ["Am încredere."], "the body's own words go with it");
        let read = |db: &mut store::Db| {
            Ok::<_, insieme::app::Refusal>((
                service.app.framework_of(db, &before)?,
                service.app.framework_of(db, &after)?,
            ))
        };
        let (core, framework) = service.app.store.read_now(read).unwrap();
        assert!(holds_core(&core, &framework), "the core is locked");
        let asked = |group: &str| {
            let pages = Questionnaire::for_group(&framework, "T1", Level::Core, group);
            pages.questions().any(|question| question.item.code == "L1a")
        };
        assert!(asked("ETS") && !asked("PA"));
        let body = after.organisation_id.simple().to_string();
        let file = ada.get(&format!("/it/staff/organisations/{body}/frameworks/{}", after.framework_sha256));
        let source = SourceFile { name: "local.toml".to_owned(), text: file.body.clone() };
        assert_eq!(catalogue::sha256(&catalogue::read(&[source]).unwrap().framework), after.framework_sha256);
        assert!(ada.get(&format!("{place}/facts")).body.contains(&framework.version), "projects can choose it");
        assert_eq!(send_freezing(&mut ada, &wave), 303, "again, after a change: a further version");
        assert_ne!(stored(&service, &wave).framework_sha256, after.framework_sha256);
        bring_in(&mut bea, &file.body, (&framework.version, &after.framework_sha256));
    }
}

#[test]
fn what_comes_after_the_phase_is_kept_and_the_sender_is_told() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (_, wave) = defining(&mut ada);
        let links = links(&service, &wave);
        let mut anna = voice(&service, &links, "ETS");
        let token = anna.get("/it/space/proposals/new").form_token();
        assert_eq!(move_to(&mut ada, &wave, "weights", ""), 303);
        assert_eq!(stored(&service, &wave).phase, Phase::Weights);
        let mut fields = said("Orari", "Chi lavora resta fuori.");
        fields.push(("form_token", &token));
        let late = anna.post("/it/space/proposals/new", &fields);
        assert!(late.status == 200 && late.body.contains("era già chiusa"), "{}", late.body);
        assert!(proposals(&service, &wave).is_empty());
        assert!(
            ada.get(&format!("{wave}/circle")).body.contains("Chi lavora resta fuori."),
            "kept for whoever facilitates"
        );
        assert_eq!(send(&mut ada, &format!("{wave}/proposals/new"), &said("Altro", "Altro.")).status, 409);
        assert_eq!(anna.post("/it/space/proposals/new", &said("Senza", "gettone")).status, 403, "no form token");
    }
}

#[test]
fn whoever_may_not_edit_the_project_changes_no_proposal() {
    for service in Service::on_both() {
        let waves = service.waves().into_iter().flat_map(|(_, waves)| waves);
        let Some(wave) = waves.into_iter().find(|wave| wave.phase == Phase::Definition) else { continue };
        let board = format!("/it/staff/waves/{}/proposals", wave.id.simple());
        let mut evaluator = service.evaluator();
        assert_eq!(evaluator.get(&board).status, 200);
        let token = evaluator.get("/it/staff").form_token();
        let mut fields = said("Altro", "Altro.");
        fields.push(("form_token", &token));
        assert_eq!(evaluator.post(&format!("{board}/new"), &fields).status, 403);
        assert_eq!(service.visitor().get(&board).status, 401);
    }
}

/// The same answers once more, in a wave that asks a local indicator too.
fn add_wave_with_local(db: &mut store::Db, app: &App, wave: &Wave) -> Result<(), Refusal> {
    let core = app.framework_of(db, wave)?;
    let text = Text::both("Una frase.", "A sentence.");
    let local = LocalIndicator {
        organisation_id: wave.organisation_id,
        id: uuid::Uuid::now_v7(),
        wave_id: wave.id,
        proposal_id: None,
        code: "L1".to_owned(),
        sheet: IndicatorSheet {
            title: text.clone(),
            family: "LOC-O".to_owned(),
            scale: "S5".to_owned(),
            items: vec![SheetItem { text, reverse: false }],
            ..IndicatorSheet::default()
        },
        composite: InComposite::Yes,
        revision: 1,
    };
    let framework = with_local(&core, &[local], "1.0.0-local.test.1");
    let sha256 = catalogue::sha256(&framework);
    store::frameworks::keep(db, &framework, &sha256)?;
    let own = OwnFramework {
        organisation_id: wave.organisation_id,
        sha256: sha256.clone(),
        core_sha256: Some(wave.framework_sha256.clone()),
        base_sha256: Some(wave.framework_sha256.clone()),
        wave_id: None,
        outside: Vec::new(),
        added_by: String::new(),
        added_on: wave.opens_on,
    };
    assert_eq!(store::own_frameworks::insert(db, &own)?, store::Saved::Yes);
    let id = uuid::Uuid::now_v7();
    let other = Wave { id, code: "T2b".to_owned(), framework_sha256: sha256, ..wave.clone() };
    let roster = store::waves::roster(db, wave)?;
    store::waves::insert(db, &other, &roster)?;
    let again = store::responses::of_wave(db, wave)?.into_iter().map(|one| StoredResponse {
        id: uuid::Uuid::new_v4(),
        wave_id: id,
        answers: format!("{}3", one.answers),
        receipt_hash: format!("{}b", one.receipt_hash),
        ..one
    });
    let again: Vec<StoredResponse> = again.collect();
    Ok(store::responses::insert_all(db, &again)?)
}

#[test]
fn projects_with_local_indicators_are_compared_on_the_core() {
    use insieme::app::projects::{self, Audience};
    use insieme::app::results::Wanted;
    for service in Service::on_both() {
        let waves = service.waves();
        let is_published = |wave: &&Wave| wave.code == "T2" && wave.published_on.is_some();
        let (project, all) = waves.iter().find(|(_, all)| all.iter().any(|wave| is_published(&wave))).unwrap();
        let (wave, edition) = (all.iter().find(|wave| wave.code == "T2").unwrap().clone(), project.edition_id.unwrap());
        let app = service.app.clone();
        let compare = |app: &insieme::app::App| {
            let compared = app.store.read_now::<_, Refusal>(|db| {
                let (tree, _) = projects::edition(db, edition, &Audience::Public)?;
                let wanted = Wanted { edition: Some(edition), wave_type: Some("T2") };
                app.compare(db, &tree, wanted, &Audience::Public)
            });
            compared.unwrap().beside.unwrap().indicators
        };
        let before = compare(&app);
        let changed = app.clone();
        app.store.write_now::<(), Refusal>(move |db| add_wave_with_local(db, &changed, &wave)).unwrap();
        let after = compare(&app);
        assert_eq!(before.len(), after.len(), "the core only");
        let place = before.iter().position(|one| !one.entries.is_empty()).unwrap();
        let (one, two) = (&before[place], &after[place]);
        assert_eq!(two.entries.len(), one.entries.len() + 1, "{:?}", two.left_out);
        let values: Vec<_> = two.entries.iter().filter(|one| one.label.starts_with(&project.name)).collect();
        assert_eq!(values.len(), 2);
        assert_eq!(values[0].value, values[1].value, "the same answers to the core have the same value");
    }
}
