// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do people weigh in two rounds, once each, are weights frozen with who took part, and do results show both? On both
//! databases.

use insieme::app::projects::Audience;
use insieme::domain::account::{Grant, Scope};
use insieme::domain::framework::{Framework, Pillar};
use insieme::domain::invitation::Setting;
use insieme::domain::profile::{Profile, ScoreView};
use insieme::domain::response::{Response, Responses, Roster};
use insieme::domain::role::Role;
use insieme::domain::score::Withheld;
use insieme::domain::settled_weights::{Basis, FrozenContent, FrozenWeights, GroupPart};
use insieme::domain::wave::{Wave, WaveState};
use insieme::domain::weights::{Asked, Method, WeightSet, WeightVote};
use insieme::intake::read_profile;
use insieme::scoring::{score_wave, settle};
use insieme::store::{self, Db, StoreError};
use uuid::Uuid;

use crate::collecting::{send_from, stored};
use crate::service::{Answer, Client, Fresh, Service};
use crate::staff::{link, plan, project, send, set_up};

/// A wave in the phase of weights with three groups listed; its address in the workspace.
pub fn weighed(ada: &mut Client) -> String {
    let place = project(ada, "Orto di tutti");
    let chosen = [
        ("group", "PA"),
        ("group", "ETS"),
        ("group", "BEN"),
        ("listed-PA", "6"),
        ("listed-ETS", "12"),
        ("listed-BEN", "30"),
    ];
    assert_eq!(send(ada, &format!("{place}/groups"), &chosen).status, 303);
    assert_eq!(plan(ada, &place, "T2", ("2026-11-20", "2026-12-20")).status, 303);
    let wave = link(&ada.get(&place), "/it/staff/waves/");
    let note = "Gli indicatori erano già scelti.";
    let moved = send(ada, &format!("{wave}/phase"), &[("phase", "weights"), ("note", note)]);
    assert_eq!(moved.status, 303, "{}", moved.body);
    wave
}

/// Opens the first round; what is weighed are the pillars alone.
pub fn begin(ada: &mut Client, wave: &str, methods: &[(&str, &str)]) {
    let mut fields = vec![("weights_sets", "pillars")];
    fields.extend(methods);
    let begun = send(ada, &format!("{wave}/weights/setup"), &fields);
    assert_eq!(begun.status, 303, "{}", begun.body);
}

/// The code of a link for a whole group.
pub fn code(service: &Fresh, wave: &str, group: &str) -> String {
    let staff = service.staff("ada@comune.example.org");
    let (app, id, group) = (service.app.clone(), stored(service, wave).id, group.to_owned());
    let issued =
        service.app.store.write_now(move |db| app.issue_group_link_for(db, &staff, id, (&group, Setting::Own)));
    issued.unwrap().code.compact()
}

/// A person of a group in the space, on a device of their own.
pub fn person(service: &Fresh, code: &str) -> Client {
    let mut client = service.visitor();
    let entered = client.post(&format!("/it/q/{code}/space"), &[]);
    assert_eq!((entered.status, entered.location.as_deref()), (303, Some("/it/space")), "{}", entered.body);
    client
}

/// Weighs the pillars: facilitators, obstacles, results.
pub fn weigh(client: &mut Client, [facilitators, obstacles, results]: [&str; 3]) -> Answer {
    let fields = [("weight_facilitators", facilitators), ("weight_obstacles", obstacles), ("weight_results", results)];
    send(client, "/it/space/weights/pillars", &fields)
}

fn act(ada: &mut Client, wave: &str, end: &str) -> u16 {
    let page = format!("{wave}/weights");
    send_from(ada, &page, &format!("{page}/{end}"), &[("note", "Dopo l'assemblea")])
}

fn frozen(service: &Fresh, wave: &str) -> Vec<FrozenWeights> {
    let wave = stored(service, wave);
    service.app.store.read_now(move |db| store::weights::frozen(db, &wave)).unwrap()
}

/// What is kept of two rounds: who took part and how, and everybody's voice.
#[expect(clippy::indexing_slicing, reason = "a test that cannot go on has failed")]
fn check_frozen(service: &Fresh, wave: &str) {
    let kept = frozen(service, wave);
    let part = |group: &str| {
        let content = &kept[0].content;
        let found = content.took_part.iter().find(|part| part.group == group).unwrap();
        (found.method, found.people, found.again, found.listed)
    };
    assert_eq!(part("ETS"), (Method::Points, 6, 1, Some(12)));
    assert_eq!(part("BEN"), (Method::Ranking, 5, 0, Some(30)));
    assert_eq!(part("PA"), (Method::Swing, 1, 0, Some(6)));
    let pillars = kept[0].content.set(WeightSet::Pillars).unwrap();
    assert_eq!((pillars.basis, pillars.voices["ETS"].len()), (Basis::Elicited, 6));
    assert!((pillars.weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!((kept[0].actor.as_str(), kept[0].note.as_str()), ("Ada Rossi", "Dopo l'assemblea"));
}

#[test]
fn two_rounds_then_frozen_with_who_took_part_and_nobody_counted_twice() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = weighed(&mut ada);
        let (pa, ets, ben) = (code(&service, &wave, "PA"), code(&service, &wave, "ETS"), code(&service, &wave, "BEN"));
        let mut early = person(&service, &ets);
        assert!(early.get("/it/space/weights").body.contains("Non si è ancora cominciato"));
        begin(&mut ada, &wave, &[("method_PA", "swing")]);

        let mut organisations: Vec<Client> = (0..6).map(|_| person(&service, &ets)).collect();
        let points = [["40", "30", "30"], ["50", "20", "30"], ["40", "20", "40"], ["34", "33", "33"]];
        for (place, client) in organisations.iter_mut().enumerate() {
            assert!(client.get("/it/space").body.contains("/it/space/weights"), "the space leads there");
            let given = weigh(client, points[place % points.len()]);
            assert_eq!((given.status, given.location.as_deref()), (303, Some("/it/space/weights?done=kept")));
        }
        let mut citizens: Vec<Client> = (0..5).map(|_| person(&service, &ben)).collect();
        for (place, client) in citizens.iter_mut().enumerate() {
            let ranks = if place == 0 { ["1", "3", "2"] } else { ["2", "3", "1"] };
            assert_eq!(weigh(client, ranks).status, 303);
        }
        let mut officer = person(&service, &pa);
        assert!(officer.get("/it/space/weights/pillars").body.contains("Dia 100 alla voce più importante"));
        assert_eq!(weigh(&mut officer, ["100", "50", "80"]).status, 303);

        let page = ada.get(&format!("{wave}/weights")).body;
        assert!(page.contains("6 di 12") && page.contains("5 di 30") && page.contains("1 di 6"), "{page}");
        assert!(!page.contains("Tutti i gruppi insieme"), "nothing of what they said is seen while the round is on");
        assert!(!organisations[0].get("/it/space/weights").body.contains("In che cosa i gruppi differiscono"));
        assert_eq!(act(&mut ada, &wave, "freezing"), 409, "the second round is not left out");
        assert_eq!(send(&mut ada, &format!("{wave}/phase"), &[("phase", "frozen"), ("note", "")]).status, 409);
        assert_eq!(act(&mut ada, &wave, "second-round"), 303);

        let seen = organisations[0].get("/it/space/weights").body;
        assert!(seen.contains("In che cosa i gruppi differiscono") && seen.contains("Non si mostrano"), "{seen}");
        let again = weigh(&mut organisations[0], ["50", "25", "25"]);
        assert_eq!(again.location.as_deref(), Some("/it/space/weights?done=kept"), "a round has a voice of its own");
        let again = weigh(&mut organisations[0], ["60", "20", "20"]);
        assert_eq!(again.location.as_deref(), Some("/it/space/weights?done=again"));
        assert!(organisations[0].get("/it/space/weights?done=again").body.contains("al posto di quello"));

        assert_eq!(act(&mut ada, &wave, "freezing"), 303);
        check_frozen(&service, &wave);
        let page = ada.get(&format!("{wave}/weights")).body;
        assert!(page.contains("Valgono i pesi scelti insieme") && page.contains("Versione 1"), "{page}");
        assert!(ada.get(&wave).body.contains("Pesi fissati"), "the act is signed");
    }
}

#[test]
fn weights_that_do_not_add_up_are_told_and_what_was_typed_is_kept() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = weighed(&mut ada);
        begin(&mut ada, &wave, &[]);
        let mut client = person(&service, &code(&service, &wave, "ETS"));
        let less = weigh(&mut client, ["40", "30", "20,5"]);
        assert_eq!(less.status, 422);
        assert!(less.body.contains("I punti sommano a 90,5: ne mancano 9,5 per arrivare a 100."), "{}", less.body);
        assert!(less.body.contains("value=\"20,5\"") && less.body.contains("value=\"40\""), "what was typed is kept");
        let more = weigh(&mut client, ["60", "30", "20"]);
        assert!(more.body.contains("ce ne sono 10 di troppo"), "{}", more.body);
        assert!(weigh(&mut client, ["60", "40", ""]).body.contains("Se questa voce non conta nulla, scriva 0"));
        assert_eq!(weigh(&mut client, ["33,3", "33,3", "33,4"]).status, 303);
        let mut citizen = person(&service, &code(&service, &wave, "BEN"));
        let ranks = weigh(&mut citizen, ["1", "", "2"]);
        assert!(ranks.status == 422 && ranks.body.contains("Due voci possono avere lo stesso posto"), "{}", ranks.body);
        assert!(ranks.body.contains("<option value=\"2\" selected"), "the chosen place is kept");
        assert_eq!(weigh(&mut citizen, ["1", "1", "2"]).status, 303, "two may share a place");
    }
}

#[test]
fn weights_that_come_after_their_phase_are_kept_and_told() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = weighed(&mut ada);
        begin(&mut ada, &wave, &[]);
        let mut client = person(&service, &code(&service, &wave, "ETS"));
        let form = client.get("/it/space/weights/pillars");
        assert_eq!((act(&mut ada, &wave, "second-round"), act(&mut ada, &wave, "freezing")), (303, 303));
        let token = form.form_token();
        let fields = [
            ("form_token", token.as_str()),
            ("weight_facilitators", "50"),
            ("weight_obstacles", "30"),
            ("weight_results", "20"),
        ];
        let late = client.post("/it/space/weights/pillars", &fields);
        assert_eq!(late.location.as_deref(), Some("/it/space/weights?done=late"));
        assert!(client.get("/it/space/weights?done=late").body.contains("non contano. Li abbiamo conservati"));
        assert!(ada.get(&format!("{wave}/circle")).body.contains("facilitators 50, obstacles 30, results 20"));
        let kept = frozen(&service, &wave);
        assert_eq!(kept[0].content.sets[0].basis, Basis::TooFew, "nobody weighed in time");
        assert!(ada.get(&format!("{wave}/weights")).body.contains("in troppo pochi: valgono pesi uguali"));
    }
}

#[test]
fn frozen_weights_are_superseded_with_a_reason_and_never_after_opening() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = weighed(&mut ada);
        begin(&mut ada, &wave, &[]);
        let ets = code(&service, &wave, "ETS");
        let mut clients: Vec<Client> = (0..5).map(|_| person(&service, &ets)).collect();
        for client in &mut clients {
            assert_eq!(weigh(client, ["100", "0", "0"]).status, 303);
        }
        assert_eq!((act(&mut ada, &wave, "second-round"), act(&mut ada, &wave, "freezing")), (303, 303));
        let without = send(&mut ada, &format!("{wave}/weights/reopening"), &[("weights_reason", " ")]);
        assert_eq!(without.status, 422);
        let reason = [("weights_reason", "Due gruppi non erano presenti")];
        assert_eq!(send(&mut ada, &format!("{wave}/weights/reopening"), &reason).status, 303);
        let extremes = [["0", "100", "0"], ["0", "0", "100"], ["100", "0", "0"]];
        for (place, client) in clients.iter_mut().enumerate() {
            assert_eq!(weigh(client, extremes[place % 3]).status, 303);
        }
        assert_eq!(act(&mut ada, &wave, "freezing"), 303);
        let kept = frozen(&service, &wave);
        let bases: Vec<Basis> = kept.iter().map(|one| one.content.sets[0].basis).collect();
        assert_eq!(bases, [Basis::Elicited, Basis::LowAgreement], "the first version is still there");
        assert!(ada.get(&format!("{wave}/weights")).body.contains("non sono abbastanza d&#x27;accordo"));
        assert_eq!(send_from(&mut ada, &wave, &format!("{wave}/opening"), &[("note", "")]), 303);
        let reopened = send_from(&mut ada, &wave, &format!("{wave}/weights/reopening"), &reason);
        assert_eq!(reopened, 409);
        let (voices, _) = service.tables(&["weight_votes"], &[]);
        assert!(voices.is_empty(), "once the wave is open nothing ties weights to a voice");
        assert_eq!(frozen(&service, &wave).len(), 2);
    }
}

#[test]
fn a_seat_compares_two_by_two_and_is_told_which_comparison_to_look_at_again() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = weighed(&mut ada);
        begin(&mut ada, &wave, &[("method_PA", "pairwise")]);
        let page = format!("{wave}/weights/judgement/pillars");
        assert_eq!(ada.get(&page).status, 404, "only for seats");
        let staff = service.staff("ada@comune.example.org");
        let grant = Grant {
            organisation_id: stored(&service, &wave).organisation_id,
            id: Uuid::now_v7(),
            account_id: staff.account.id,
            role: Role::Committee,
            scope: Scope::Organisation,
            group: "PA".to_owned(),
            body: String::new(),
        };
        let now = service.app.clock.now();
        service.app.store.write_now(move |db| store::grants::insert(db, &grant, now)).unwrap();
        let judge = |ada: &mut Client, [fo, fr, or]: [&str; 3]| {
            let fields = [
                ("pair_facilitators_obstacles", fo),
                ("pair_facilitators_results", fr),
                ("pair_obstacles_results", or),
            ];
            send(ada, &page, &fields)
        };
        let circular = judge(&mut ada, ["3", "1/5", "3"]);
        assert_eq!(circular.status, 422);
        assert!(circular.body.contains("rapporto di coerenza 1,58, al massimo 0,10"), "{}", circular.body);
        assert!(circular.body.contains("<option value=\"1/5\" selected"), "what was chosen is kept");
        assert_eq!(judge(&mut ada, ["3", "5", "3"]).status, 303);
        let kept = service
            .app
            .store
            .read_now({
                let wave = stored(&service, &wave);
                move |db| store::weights::votes(db, &wave)
            })
            .unwrap();
        let votes: Vec<&WeightVote> = kept.iter().collect();
        let things = [Pillar::Facilitators, Pillar::Obstacles, Pillar::Results].map(|one| one.code().to_owned());
        let found = settle("pillars", &things, &votes, 1);
        let expected = [0.6370, 0.2583, 0.1047];
        assert!(found.weights.iter().zip(expected).all(|(a, b)| (a - b).abs() < 5e-5), "{:?}", found.weights);
        let mut officer = person(&service, &code(&service, &wave, "PA"));
        assert!(officer.get("/it/space/weights").body.contains("parla chi siede nella cabina di regia"));
        assert_eq!(officer.get("/it/space/weights/pillars").status, 404);
        assert!(ada.get(&format!("{wave}/weights")).body.contains("1 di 6"));
    }
}

/// A published wave of the demonstration that nobody weighed.
fn published(service: &Service) -> Wave {
    let unweighed = |wave: &Wave| {
        let wave = wave.clone();
        service.app.store.read_now(move |db| store::weights::frozen(db, &wave)).unwrap().is_empty()
    };
    let fits = |wave: &Wave| {
        wave.wave_type == "T2" && wave.state == WaveState::Closed && wave.published_on.is_some() && unweighed(wave)
    };
    service.waves().into_iter().flat_map(|(_, waves)| waves).find(fits).unwrap()
}

fn votes(set: WeightSet, things: &[String]) -> Vec<WeightVote> {
    let one = |(place, group): (usize, &str)| {
        let heavy = |thing: usize| f64::from(if thing == 0 { 5 } else { 3 + u32::from(place % 2 == thing % 2) });
        let values = things.iter().enumerate().map(|(thing, code)| (code.clone(), heavy(thing))).collect();
        let (key, group) = (place.to_string(), group.to_owned());
        WeightVote { set, round: 2, key, group, method: Method::Points, values }
    };
    ["PA", "PA", "PA", "PA", "PA", "ETS", "ETS", "ETS", "ETS", "ETS", "ETS"].into_iter().enumerate().map(one).collect()
}

/// Freezes weights for a wave behind the back of its phases.
fn freeze(
    service: &Service,
    wave: &Wave,
    framework: &Framework,
    votes: impl Fn(WeightSet, &[String]) -> Vec<WeightVote>,
) {
    let set = |set: WeightSet| {
        let things = set.things(Asked::of(framework, wave));
        let votes = votes(set, &things);
        settle(set.code(), &things, &votes.iter().collect::<Vec<_>>(), 5)
    };
    let part = |group: &str, people| GroupPart {
        group: group.to_owned(),
        method: Method::Points,
        people,
        again: 2,
        listed: Some(8),
    };
    let content = FrozenContent {
        round: 2,
        sets: WeightSet::ALL.map(set).into(),
        took_part: vec![part("PA", 5), part("ETS", 6)],
    };
    let frozen = FrozenWeights {
        organisation_id: wave.organisation_id,
        wave_id: wave.id,
        version: 1,
        content,
        actor: "Ada Rossi".to_owned(),
        note: "Dopo l'assemblea".to_owned(),
        frozen_at: service.app.clock.now(),
    };
    service.app.store.write_now(move |db| store::weights::freeze(db, &frozen)).unwrap();
}

/// The answers of a wave as its results are made from.
fn answers(db: &mut Db, wave: &Wave, framework: &Framework) -> Result<(Responses, Roster), StoreError> {
    let mut responses = Responses::new(framework, &wave.code).of_type(Some(&wave.wave_type));
    for stored in store::responses::of_wave(db, wave)? {
        let group = framework.groups.iter().position(|group| group.code == stored.group).unwrap();
        let response = Response {
            group,
            answers: stored.answers.as_bytes(),
            respondent: stored.respondent.as_deref(),
            organisation: stored.organisation.as_deref(),
            weight: None,
            mode: stored.mode,
        };
        responses.push(response).unwrap();
    }
    let entries = store::waves::roster(db, wave)?;
    let listed = |code: &str| entries.iter().find(|entry| entry.group == code).and_then(|entry| entry.listed);
    let roster = Roster::new(framework.groups.iter().map(|group| listed(&group.code)).collect());
    Ok((responses, roster))
}

#[test]
fn results_show_equal_and_chosen_weights_and_the_downloaded_profile_gives_the_same_digits() {
    for service in Service::on_both() {
        let wave = published(&service);
        let place = format!("/it/waves/{}", wave.id.simple());
        let mut visitor = service.visitor();
        assert_eq!(visitor.get(&format!("{place}/weights")).status, 404, "nobody chose any");
        assert!(!visitor.get(&place).body.contains("Con i pesi scelti"));
        let framework = service.app.store.read_now(|db| service.app.framework_of(db, &wave)).unwrap();
        freeze(&service, &wave, &framework, votes);
        for page in [place.clone(), format!("{place}/weights"), format!("{place}/report")] {
            let body = visitor.get(&page).body;
            assert!(body.contains("Con pesi uguali") && body.contains("Con i pesi scelti"), "{page}: {body}");
            assert!(body.contains("Indice di sintesi") && body.contains("Ostacoli"), "pillars stand beside: {page}");
        }
        let page = visitor.get(&format!("{place}/weights")).body;
        assert!(
            page.contains("Ada Rossi") && page.contains("5 di 8") && page.contains("Valgono i pesi scelti"),
            "{page}"
        );
        let file = visitor.get(&format!("{place}/weights/profile.toml"));
        let profile = read_profile(&file.body, "profile.toml", &framework).unwrap();
        let (app, id, stored) = (service.app.clone(), wave.id, wave.clone());
        let (weighted, (responses, roster)) = service
            .app
            .store
            .read_now::<_, insieme::app::Refusal>(|db| {
                let (results, place) = app.wave_results(db, id, &Audience::Public)?;
                let weighted = app.weighted_result(db, &results, &results.waves[place])?.unwrap();
                Ok((weighted, answers(db, &stored, &framework)?))
            })
            .unwrap();
        assert_eq!(profile, weighted.profile);
        // The same view: what a protected one leaves out of totals moves every number.
        let filed = score_wave(&framework, &responses, &roster, &profile, ScoreView::Public);
        assert_eq!(weighted.scores.pillars, filed.pillars);
        let digits = weighted.scores.composite.map(f64::to_bits);
        let as_filed = filed.composite.linear.map(f64::to_bits);
        // A profile has a gate of its own.
        assert!(digits.is_ok() && (as_filed == digits || as_filed == Err(Withheld::NotRobust)), "{as_filed:?}");
        let equal = score_wave(&framework, &responses, &roster, &Profile::default(), ScoreView::Public);
        assert_ne!(equal.pillars, filed.pillars, "weights make a difference here");
    }
}

#[test]
fn weights_on_which_people_do_not_agree_leave_the_equal_number() {
    for service in Service::on_both() {
        let wave = published(&service);
        let framework = service.app.store.read_now(|db| service.app.framework_of(db, &wave)).unwrap();
        freeze(&service, &wave, &framework, |set, things| {
            let one = |place: usize| {
                let points = |thing: usize| if thing == place % things.len() { 100.0 } else { 0.0 };
                let values = things.iter().enumerate().map(|(thing, code)| (code.clone(), points(thing))).collect();
                let (key, group) = (place.to_string(), "ETS".to_owned());
                WeightVote { set, round: 1, key, group, method: Method::Points, values }
            };
            (0..12).map(one).collect()
        });
        let page = service.visitor().get(&format!("/it/waves/{}/weights", wave.id.simple())).body;
        assert!(page.contains("valgono pesi uguali"), "{page}");
        let document = scraper::Html::parse_document(&page);
        let row = scraper::Selector::parse("table tbody tr").unwrap();
        let cell = scraper::Selector::parse("td").unwrap();
        let pillars = document.select(&row).take(3);
        for pillar in pillars {
            let cells: Vec<String> = pillar.select(&cell).map(|one| one.text().collect()).collect();
            assert_eq!(cells[0], cells[1]);
        }
    }
}
