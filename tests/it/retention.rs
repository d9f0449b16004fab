// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What has been kept long enough goes, nothing else does, and a trial changes nothing.

use insieme::app::Trial;
use insieme::app::retention::Ended;
use insieme::clock::Clock;
use insieme::store;
use jiff::ToSpan;

use crate::collecting::publish;
use crate::service::{Client, Fresh};
use crate::staff::{groups, link, plan_as, project, send, set_up};

/// What a round takes away when it is so many days later.
fn after(service: &Fresh, days: i64, trial: Trial) -> Vec<Ended> {
    let mut app = service.app.clone();
    app.clock = Clock::Fixed(app.clock.now() + (days * 24).hours());
    app.retain(trial).unwrap()
}

/// A confidential wave that is open, with a code for the one person listed: the places of its project and of itself.
fn open_wave(ada: &mut Client) -> (String, String) {
    let place = project(ada, "Orto di tutti");
    groups(ada, &place);
    let listed = send(ada, &format!("{place}/roster/new"), &[("people", "Anna Bianchi"), ("group", "ETS")]);
    assert_eq!(listed.status, 303, "{}", listed.body);
    let dates = ("2026-11-20", "2026-12-20", "confidential");
    assert_eq!(plan_as(ada, &place, "T1", dates).status, 303);
    let wave = link(&ada.get(&place), "/it/staff/waves/");
    let token = ada.get(&wave).form_token();
    assert_eq!(ada.post(&format!("{wave}/opening"), &[("form_token", &token)]).status, 303);
    let codes = send(ada, &format!("{wave}/codes"), &[("printed", "everybody"), ("sheets", "list")]);
    assert_eq!(codes.status, 200, "{}", codes.body);
    (place, wave)
}

fn whats(ended: &[Ended]) -> Vec<(&'static str, usize)> {
    ended.iter().map(|one| (one.what, one.count)).collect()
}

#[test]
fn what_was_taken_away_goes_after_thirty_days_with_everything_in_it() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (place, _) = open_wave(&mut ada);
        let other = project(&mut ada, "Un altro");
        let removed = send(&mut ada, &format!("{place}/removal"), &[("typed_name", "Orto di tutti")]);
        assert_eq!(removed.status, 303, "{}", removed.body);

        assert!(!after(&service, 29, Trial::No).iter().any(|one| one.what.starts_with("removed")));
        let tried = after(&service, 31, Trial::Yes);
        assert!(whats(&tried).contains(&("removed waves and projects", 2)), "{tried:?}");
        assert_eq!(after(&service, 31, Trial::Yes), tried, "a trial changes nothing");
        assert_eq!(after(&service, 31, Trial::No), tried);
        assert!(after(&service, 31, Trial::No).is_empty(), "it goes once");
        let (left, _) = service.tables(&["projects"], &[]);
        assert_eq!(left.len(), 1);
        let (inside, _) = service.tables(&["waves", "invitations", "listed_people", "project_groups"], &[]);
        assert!(inside.is_empty(), "{inside:?}");
        assert!(service.visitor().get(&other.replace("/staff", "")).status == 404, "it is still private");
        service.app.store.read_now(|db| insieme::app::App::walk_audit(db, |_| Ok(()))).unwrap();
    }
}

#[test]
fn codes_and_pseudonyms_go_thirty_days_after_the_last_wave() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let (_, wave) = open_wave(&mut ada);
        let both = [("codes of closed waves", 1), ("pseudonyms of ended projects", 1)];
        let found = |days| {
            let ended = whats(&after(&service, days, Trial::Yes));
            both.iter().filter(|one| ended.contains(one)).count()
        };
        assert_eq!(found(300), 0, "the wave is still open");
        let token = ada.get(&wave).form_token();
        assert_eq!(ada.post(&format!("{wave}/closing"), &[("form_token", &token)]).status, 303);
        assert_eq!((found(50), found(60)), (0, 1), "codes open the space of the wave until it is concluded");
        assert_eq!((found(390), found(391)), (1, 2), "or for a year");
        publish(&mut ada, &wave);
        assert_eq!(ada.post(&format!("{wave}/conclusion"), &[("form_token", &token)]).status, 303);
        assert_eq!((found(50), found(60)), (0, 2), "thirty days after 20 December");
        after(&service, 60, Trial::No);
        let read = |db: &mut store::Db| store::audit::of_organisation(db, "", 0, 1);
        let entry = service.app.store.read_now(read).unwrap().remove(0);
        assert!(entry.act == "retention" && entry.note.contains("pseudonyms of ended projects: 1"), "{entry:?}");
    }
}
