// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What does somebody find who comes in with an access code: the phase, and what is theirs to do in it?

use serde::Serialize;

use super::render::Page;

/// The participants' space.
#[derive(Clone, Debug, Serialize)]
pub struct SpacePage {
    /// Project and wave.
    pub kicker: String,
    /// Name of the group.
    pub group: String,
    /// Key of the name of the phase.
    pub phase_key: String,
    /// Key of what the phase is for.
    pub phase_what_key: String,
    /// What else is to be known, e.g. until when results are only for those who take part; empty: nothing.
    pub notice: String,
    /// What can be done now.
    pub tasks: Vec<Task>,
    /// Where whoever leaves posts to.
    pub leave: String,
    /// Proves that the form came from this page.
    pub form_token: String,
}

/// Something to do in the space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// What it is.
    pub title: String,
    /// What it is for, in a sentence.
    pub lead: String,
    /// Where it is.
    pub href: String,
    /// Whether this voice has done it.
    pub done: bool,
}

impl Page for SpacePage {
    const TEMPLATE: &'static str = "space/space";

    fn samples() -> Vec<Self> {
        let task = |done| Task {
            title: "Rispondere al questionario".to_owned(),
            lead: "Circa dieci minuti.".to_owned(),
            href: "/it/q/ABC".to_owned(),
            done,
        };
        let page = |phase: &str, notice: &str, tasks| Self {
            kicker: "Orti in comune · T1".to_owned(),
            group: "Enti del Terzo settore".to_owned(),
            phase_key: format!("phase-{phase}"),
            phase_what_key: format!("phase-{phase}-what"),
            notice: notice.to_owned(),
            tasks,
            leave: "/it/space/leaving".to_owned(),
            form_token: "f".to_owned(),
        };
        vec![page("open", "", vec![task(false), task(true)]), page("restitution", "Fino al 3 maggio.", Vec::new())]
    }
}

/// The door of the space, before anything is kept on the device.
#[derive(Clone, Debug, Serialize)]
pub struct DoorPage {
    /// The body that asks.
    pub organisation: String,
    /// The project.
    pub project: String,
    /// Code of the wave and name of its type.
    pub wave: String,
    /// Name of the group.
    pub group: String,
    /// Key of the name of the phase.
    pub phase_key: String,
    /// Key of what the phase is for.
    pub phase_what_key: String,
    /// Key of why the questionnaire cannot be answered with this code.
    pub why_key: &'static str,
    /// Where *Entra* posts to.
    pub action: String,
}

impl Page for DoorPage {
    const TEMPLATE: &'static str = "space/door";

    fn samples() -> Vec<Self> {
        vec![Self {
            organisation: "Comune di Esempio".to_owned(),
            project: "Orti in comune".to_owned(),
            wave: "T1 · In itinere".to_owned(),
            group: "Enti del Terzo settore".to_owned(),
            phase_key: "phase-definition".to_owned(),
            phase_what_key: "phase-definition-what".to_owned(),
            why_key: "space-door-not-now",
            action: "/it/q/ABC/space".to_owned(),
        }]
    }
}
