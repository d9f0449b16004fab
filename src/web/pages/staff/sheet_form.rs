// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The form of an indicator sheet: its fields, and what stands in them at first.

use super::worded;
use crate::domain::field::Typed;
use crate::domain::framework::{Framework, Model, Pillar};
use crate::domain::local_indicator::{LocalIndicator, MOST_ITEMS, NOTES, SheetKind, local_families};
use crate::domain::proposal::Proposal;
use crate::domain::text::Text;
use crate::view::forms::{FieldSpec, Kind};
use crate::view::words::words;
use crate::web::site::Visit;

/// The fields of a sheet beside this core.
pub fn specs(visit: &Visit, core: &Framework) -> Vec<FieldSpec> {
    let language = visit.language;
    let groups: Vec<(String, String)> =
        core.groups.iter().map(|one| (one.code.clone(), one.name.get(language).to_owned())).collect();
    let scale = |one: &crate::domain::framework::Scale| {
        let labels: Vec<&str> = one.labels.iter().map(|label| label.get(language)).collect();
        (one.code.clone(), labels.join(" · "))
    };
    let models = [Model::Reflective, Model::Formative].map(Model::code);
    let mut specs = both("sheet_title", Kind::Line);
    specs.extend(both("sheet_question", Kind::Line));
    specs.push(FieldSpec::new("sheet_family", Kind::Choice).choosing(families(visit, core)));
    specs.extend(both("sheet_definition", Kind::Lines).into_iter().map(FieldSpec::optional));
    specs.push(FieldSpec::new("sheet_scale", Kind::OneOf).choosing(core.scales.iter().map(scale).collect()));
    specs.extend((1..=MOST_ITEMS).flat_map(|number| item(visit, number)));
    specs.push(FieldSpec::new("sheet_groups", Kind::AnyOf).optional().choosing(groups.clone()));
    specs.push(FieldSpec::new("sheet_rationale", Kind::Lines).optional());
    specs.push(FieldSpec::new("sheet_proposed_by", Kind::AnyOf).optional().choosing(groups));
    specs.push(FieldSpec::new("sheet_need", Kind::Lines).optional());
    let kinds = worded(visit, "sheet-kind", &SheetKind::ALL.map(SheetKind::code));
    specs.push(FieldSpec::new("sheet_kind", Kind::Choice).choosing(kinds));
    specs.push(FieldSpec::new("sheet_model", Kind::Choice).choosing(worded(visit, "sheet-model", &models)));
    specs.extend(NOTES.map(|name| FieldSpec::new(&format!("sheet_{name}"), Kind::Line).optional()));
    specs
}

/// A sheet as its form shows it.
pub fn filled(local: &LocalIndicator) -> Typed {
    let sheet = &local.sheet;
    let mut typed = Typed::default().with("revision", local.revision);
    typed = text(typed, "sheet_title", &sheet.title);
    typed = text(typed, "sheet_question", &sheet.question);
    typed = text(typed, "sheet_definition", &sheet.definition);
    for (number, item) in (1..).zip(&sheet.items) {
        typed = text(typed, &format!("item_{number}"), &item.text);
        if item.reverse {
            typed = typed.with(&format!("item_{number}_reverse"), "yes");
        }
    }
    typed = sheet.groups.iter().fold(typed, |typed, code| typed.with("sheet_groups", code));
    typed = sheet.proposed_by.iter().fold(typed, |typed, code| typed.with("sheet_proposed_by", code));
    typed = sheet.notes.iter().fold(typed, |typed, (name, note)| typed.with(&format!("sheet_{name}"), note));
    typed
        .with("sheet_family", &sheet.family)
        .with("sheet_scale", &sheet.scale)
        .with("sheet_rationale", &sheet.rationale)
        .with("sheet_need", &sheet.need)
        .with("sheet_kind", sheet.kind.code())
        .with("sheet_model", sheet.model.code())
}

/// A sheet that is begun: with what a proposal says, where there is one.
pub fn prefilled(proposal: Option<&Proposal>, core: &Framework) -> Typed {
    let scale = core.scales.first().map(|scale| scale.code.as_str()).unwrap_or_default();
    let Some(one) = proposal else { return Typed::default().with("sheet_scale", scale) };
    let family = local_families().into_iter().find(|family| family.pillar == one.said.pillar);
    let typed = Typed::default()
        .with("sheet_title_it", &one.said.title)
        .with("sheet_question_it", &one.said.question)
        .with("sheet_need", &one.said.why)
        .with("item_1_it", &one.said.wording)
        .with("sheet_scale", scale)
        .with("sheet_family", family.map(|family| family.code).unwrap_or_default());
    one.groups.iter().fold(typed, |typed, code| typed.with("sheet_proposed_by", code))
}

fn text(typed: Typed, field: &str, text: &Text) -> Typed {
    let in_language = |language| text.words_in(language).unwrap_or_default();
    typed.with(&format!("{field}_it"), in_language("it")).with(&format!("{field}_en"), in_language("en"))
}

/// A text in Italian, and in English where somebody writes it.
fn both(name: &str, kind: Kind) -> Vec<FieldSpec> {
    vec![FieldSpec::new(&format!("{name}_it"), kind), FieldSpec::new(&format!("{name}_en"), kind).optional()]
}

/// The fields of an item; only the first has to be written.
fn item(visit: &Visit, number: usize) -> Vec<FieldSpec> {
    let words = words(visit.language);
    let label = |key: &str| words.say_with(key, [("number", number.into())]);
    let reverse = vec![("yes".to_owned(), words.say("sheet-reverse"))];
    let text = FieldSpec::new(&format!("item_{number}_it"), Kind::Line).labelled(label("sheet-item-it"));
    let english = FieldSpec::new(&format!("item_{number}_en"), Kind::Line).labelled(label("sheet-item-en"));
    let turned = FieldSpec::new(&format!("item_{number}_reverse"), Kind::AnyOf).labelled(label("sheet-item-reverse"));
    let text = if number == 1 { text } else { text.optional() };
    vec![text, english.optional(), turned.optional().choosing(reverse)]
}

/// The families to choose from: those of a project's own first, then those of the core.
fn families(visit: &Visit, core: &Framework) -> Vec<(String, String)> {
    let words = words(visit.language);
    let told = |pillar: Pillar, name: &str| format!("{}: {name}", words.say(&format!("pillar-{}", pillar.code())));
    let own = local_families().into_iter().filter(|family| core.family(&family.code).is_none());
    own.chain(core.families.iter().cloned())
        .map(|family| (family.code.clone(), told(family.pillar, family.name.get(visit.language))))
        .collect()
}
