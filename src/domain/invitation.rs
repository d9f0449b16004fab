// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The right to respond, the answers in the making, and what is kept once they are submitted.

use jiff::civil::Date;
use uuid::Uuid;

use super::response::Mode;

/// The right to respond; its secret is an access code of which only the hash is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// The wave it opens.
    pub wave_id: Uuid,
    /// The stakeholder group whose questionnaire it opens.
    pub group: String,
    /// For one person, or for everybody in the group.
    pub kind: InvitationKind,
}

/// Whom an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationKind {
    /// A link for everybody in the group.
    Group,
    /// Once, for one person.
    Personal {
        /// The pseudonym that joins this person's waves, where the project keeps one.
        respondent: Option<String>,
    },
}

/// Answers in the making: saved at every step, deleted when the wave closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity.
    pub id: Uuid,
    /// The wave it is for.
    pub wave_id: Uuid,
    /// The respondent's stakeholder group.
    pub group: String,
    /// The personal invitation it was opened with; `None` for a group link, so that nothing ties it to a person.
    pub invitation_id: Option<Uuid>,
    /// Pseudonym that joins this person's waves.
    pub respondent: Option<String>,
    /// Stored form of the answers.
    pub answers: String,
    /// Receipt code, once submitted.
    pub receipt: Option<String>,
}

/// One response as kept: append-only, nothing finer than the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredResponse {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Random identity, which says nothing about when it was made.
    pub id: Uuid,
    /// The wave it belongs to.
    pub wave_id: Uuid,
    /// The respondent's stakeholder group.
    pub group: String,
    /// Pseudonym that joins this person's waves.
    pub respondent: Option<String>,
    /// Organisation the respondent belongs to, where it was given.
    pub organisation: Option<String>,
    /// How it reached us.
    pub mode: Mode,
    /// Stored form of the answers.
    pub answers: String,
    /// Hash of the receipt code.
    pub receipt_hash: String,
    /// Day of submission.
    pub submitted_on: Date,
}
