// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which pieces does each kind of report have, in which order and under which headings?

use super::told::Told;
use super::{Block, ReportKind, Section};
use crate::print::Line;

/// The sections of a kind of report. In every kind the agreed summary comes first and replies of groups are there: whoever
/// files one kind cannot leave them out.
pub(super) fn sections(kind: ReportKind, told: &Told<'_>) -> Vec<Section> {
    let (own, stories) = match kind {
        ReportKind::Full => (full(told), told.stories()),
        ReportKind::Summary => (summary(told), None),
        ReportKind::SocialReport => (social_report(told), told.stories()),
        ReportKind::ImpactAnnex => (impact_annex(told), told.stories()),
        ReportKind::SevenSteps => (seven_steps(told), None),
        ReportKind::Minutes => (minutes(told), None),
    };
    let mut all: Vec<Section> = told.agreed().into_iter().chain(own).collect();
    let method = all.iter().position(|one| one.anchor == "reading").unwrap_or(all.len());
    all.splice(method..method, told.replied().into_iter().chain(stories));
    all
}

fn section(told: &Told<'_>, key: &str, blocks: Vec<Block>) -> Section {
    let anchor = key.trim_start_matches("report-").to_owned();
    Section { anchor, title: told.say(key), blocks }
}

fn full(told: &Told<'_>) -> Vec<Section> {
    let mut all = vec![section(told, "report-brief", told.in_brief())];
    all.push(section(told, "report-answered", told.who_answered()));
    for pillar in &told.pillars {
        let (anchor, title) = (pillar.code.to_owned(), pillar.name.clone());
        all.push(Section { anchor, title, blocks: told.pillar(pillar) });
    }
    all.extend(told.weights().map(|blocks| section(told, "report-weights", blocks)));
    all.extend(told.participation().map(|blocks| section(told, "report-participation", blocks)));
    all.push(section(told, "report-change", told.changes()));
    all.push(section(told, "report-decisions", told.decided()));
    all.push(section(told, "report-measures", told.reported()));
    all.extend(closing(told));
    all
}

/// How to read the numbers, what they do not say, where they come from.
fn closing(told: &Told<'_>) -> [Section; 3] {
    [
        section(told, "report-reading", told.how_to_read()),
        section(told, "report-limits", told.limits()),
        section(told, "report-provenance", told.provenance()),
    ]
}

fn summary(told: &Told<'_>) -> Vec<Section> {
    let address = told.say_with("report-more-at", [("address", told.source.address.clone())]);
    let end = [told.say("report-limit-1"), told.rule(), address];
    vec![
        section(told, "report-brief", told.in_brief()),
        section(told, "report-answered", vec![Block::Table(told.coverage_table())]),
        section(told, "report-reading", vec![Block::points(end)]),
    ]
}

/// A section that begins with what is in it and ends with what has to be added to it.
fn filled(told: &Told<'_>, key: &str, blocks: Vec<Block>) -> Section {
    let mut all = vec![Block::text(told.say(&format!("{key}-what")))];
    all.extend(blocks);
    all.push(told.to_add(&format!("{key}-add")));
    section(told, key, all)
}

fn social_report(told: &Told<'_>) -> Vec<Section> {
    let mut method = vec![told.mode(), Block::Table(told.coverage_table())];
    method.extend(told.how_to_read());
    method.extend(told.provenance());
    let mut activities: Vec<Block> = told.summary().into_iter().collect();
    activities.push(Block::Heading(told.say("report-measures")));
    activities.extend(told.reported());
    activities.extend(told.pillar_numbers("results"));
    activities.extend(told.pillar_numbers("obstacles"));
    activities.push(Block::Heading(told.say("report-change")));
    activities.extend(told.changes());
    activities.push(Block::Heading(told.say("report-decisions")));
    activities.extend(told.decided());
    let other = vec![Block::text(told.say("report-limit-1")), Block::points(told.findings())];
    vec![
        filled(told, "report-social-1", method),
        filled(told, "report-social-4", told.pillar_numbers("facilitators")),
        filled(told, "report-social-5", activities),
        filled(told, "report-social-7", other),
    ]
}

fn impact_annex(told: &Told<'_>) -> Vec<Section> {
    let mut value = vec![Block::text(told.say("report-limit-1"))];
    value.extend(told.in_brief());
    value.extend(told.pillar_numbers("results"));
    value.push(Block::Heading(told.say("report-measures")));
    value.extend(told.reported());
    value.push(Block::Heading(told.say("report-change")));
    value.extend(told.changes());
    value.push(Block::Heading(told.say("report-decisions")));
    value.extend(told.decided());
    let mut method = vec![told.dimensions(), told.mode(), Block::Table(told.coverage_table())];
    method.extend(told.how_to_read());
    let mut shared = vec![Block::Facts(vec![Line::new(told.say("report-state"), told.state())])];
    shared.extend(told.provenance());
    vec![
        filled(told, "report-impact-1", told.summary().into_iter().collect()),
        filled(told, "report-impact-2", told.purpose().into_iter().collect()),
        filled(told, "report-impact-3", method),
        filled(told, "report-impact-4", value),
        filled(told, "report-impact-5", shared),
    ]
}

/// What was decided, decision by decision, for whoever signs it.
fn minutes(told: &Told<'_>) -> Vec<Section> {
    let mut all = vec![section(told, "report-decisions", told.decisions_lead())];
    all.extend(told.decisions_one_by_one());
    all.extend(told.still_open().map(|open| section(told, "decisions-unanswered", open)));
    all.push(section(told, "report-provenance", told.provenance()));
    all
}

fn seven_steps(told: &Told<'_>) -> Vec<Section> {
    let mut services: Vec<Block> = told.summary().into_iter().collect();
    services.push(Block::text(told.say_with("report-asked-in", [("dates", told.dates())])));
    let mut motives: Vec<Block> = told.purpose().into_iter().collect();
    motives.push(told.mode());
    let mut judged = told.in_brief();
    for pillar in &told.pillars {
        judged.extend(told.pillar_numbers(pillar.code));
    }
    judged.push(Block::text(told.say("report-limit-1")));
    let mut used = told.changes();
    used.push(Block::Heading(told.say("report-decisions")));
    used.extend(told.decided());
    used.extend(told.provenance());
    let groups = told.coverage.iter().map(|row| row.group.clone());
    vec![
        filled(told, "report-steps-1", vec![Block::points(groups)]),
        filled(told, "report-steps-2", services),
        filled(told, "report-steps-3", vec![Block::Table(told.coverage_table())]),
        filled(told, "report-steps-4", vec![told.dimensions()]),
        filled(told, "report-steps-5", motives),
        filled(told, "report-steps-6", judged),
        filled(told, "report-steps-7", used),
    ]
}
