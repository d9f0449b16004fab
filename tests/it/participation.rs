// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Is it told how participatory a wave was, without telling what anybody said? On both databases.

use crate::collecting::{send_from, stored};
use crate::service::{Answer, Client, Fresh, Service};
use crate::staff::{send, set_up};
use crate::weights::{begin, code, person, weigh, weighed};

fn fill(client: &mut Client, [control, range, depth]: [&str; 3]) -> Answer {
    let fields = [("sheet_control", control), ("sheet_range", range), ("sheet_depth", depth)];
    send(client, "/it/space/participation", &fields)
}

fn later(ada: &mut Client, wave: &str, end: &str) {
    let fields = [("note", "Deciso insieme il 3 dicembre"), ("days", "14")];
    let done = match end {
        "opening" | "closing" => send_from(ada, wave, &format!("{wave}/{end}"), &fields),
        _ => send(ada, &format!("{wave}/{end}"), &fields).status,
    };
    assert_eq!(done, 303, "{end}");
}

#[test]
fn sheets_are_filled_once_each_and_their_means_are_told_when_the_wave_is_concluded() {
    for service in Fresh::on_both() {
        let mut ada = set_up(&service);
        let wave = weighed(&mut ada);
        begin(&mut ada, &wave, &[]);
        let (pa, ets) = (code(&service, &wave, "PA"), code(&service, &wave, "ETS"));
        let mut people: Vec<Client> = (0..6).map(|_| person(&service, &ets)).collect();
        for client in &mut people {
            assert_eq!(weigh(client, ["40", "30", "30"]).status, 303);
        }
        let mut officer = person(&service, &pa);
        assert_eq!(officer.get("/it/space/participation").status, 404, "not yet");
        let page = format!("{wave}/weights");
        for end in ["second-round", "freezing"] {
            assert_eq!(send_from(&mut ada, &page, &format!("{page}/{end}"), &[("note", "")]), 303);
        }
        for end in ["opening", "closing", "restitution"] {
            later(&mut ada, &wave, end);
        }
        assert!(officer.get("/it/space").body.contains("/it/space/participation"), "the space leads there");
        let wrong = fill(&mut officer, ["4", "", "9"]);
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("value=\"4\" checked"), "what was chosen is kept");
        let kept = fill(&mut officer, ["4", "dont_know", "2"]);
        assert_eq!(kept.location.as_deref(), Some("/it/space/participation?done=kept"));
        assert_eq!(fill(&mut officer, ["5", "dont_know", "2"]).location.unwrap(), "/it/space/participation?done=again");
        for (place, client) in people.iter_mut().enumerate() {
            let mark = ["1", "2", "3"][place % 3];
            assert_eq!(fill(client, [mark, "4", mark]).status, 303);
        }
        later(&mut ada, &wave, "publication");
        let id = stored(&service, &wave).id.simple().to_string();
        let public = format!("/it/waves/{id}/participation");
        let before = service.visitor().get(&public).body;
        assert!(before.contains("Finora 7 persone hanno compilato la scheda"), "{before}");
        assert!(!before.contains("2,0"), "no mean before it is over");
        assert!(before.contains("6 di 12 (50%)") && before.contains("0 di 6"), "{before}");
        assert!(!before.contains("0 di 6 ("), "no percentage of a small group");
        later(&mut ada, &wave, "conclusion");
        let after = service.visitor().get(&public).body;
        assert!(after.contains("2,0"), "{after}");
        let row = after.split("Media dei voti").nth(1).unwrap();
        let officers = row.split("Ente pubblico").nth(1).unwrap().split("</tr>").next().unwrap();
        assert!(!officers.contains("5,0"), "one sheet is not a mean: {officers}");
        assert!(after.contains("Importanza: 0,00"), "a group that is missing makes parity 0: {after}");
        let late = fill_late(&mut people[0]);
        assert_eq!(late.location.as_deref(), Some("/it/space/participation?done=late"));
        assert!(people[0].get("/it/space/participation?done=late").body.contains("non conta, ma è conservato"));
        let report = service.visitor().get(&format!("/it/waves/{id}/report")).body;
        assert!(report.contains("Quanto è stata partecipata") && report.contains("Importanza: 0,00"), "{report}");
    }
}

/// A sheet from a form that was open when the wave was concluded.
fn fill_late(client: &mut Client) -> Answer {
    let token = client.get("/it/space").form_token();
    let fields = [("form_token", token.as_str()), ("sheet_control", "5"), ("sheet_range", "5"), ("sheet_depth", "5")];
    client.post("/it/space/participation", &fields)
}

#[test]
fn the_page_of_results_leads_to_how_participatory_it_was() {
    for service in Service::on_both() {
        let published = |wave: &insieme::domain::wave::Wave| wave.published_on.is_some();
        let wave = service.waves().into_iter().flat_map(|(_, waves)| waves).find(published).unwrap();
        let place = format!("/it/waves/{}", wave.id.simple());
        let mut visitor = service.visitor();
        assert!(visitor.get(&place).body.contains(&format!("{place}/participation")));
        let page = visitor.get(&format!("{place}/participation"));
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Parità tra i gruppi") && page.body.contains("nessuno ha partecipato"));
        let open = service.open_wave();
        assert_eq!(visitor.get(&format!("/it/waves/{}/participation", open.id.simple())).status, 404);
    }
}
