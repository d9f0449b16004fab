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
    /// Who holds the device.
    pub setting: Setting,
}

/// Who holds the device on which a questionnaire is filled in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// The respondent, a device of their own.
    #[default]
    Own,
    /// Somebody who asks the questions and enters what is said.
    Assisted,
    /// One respondent after the other, as in an assembly; the device forgets each of them.
    Shared,
}

impl Setting {
    /// Every setting.
    pub const ALL: [Self; 3] = [Self::Own, Self::Assisted, Self::Shared];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Assisted => "assisted",
            Self::Shared => "shared",
        }
    }

    /// The setting stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.code() == code)
    }

    /// How a response given in this setting reached us.
    #[must_use]
    pub const fn mode(self) -> Mode {
        match self {
            Self::Own | Self::Shared => Mode::Online,
            Self::Assisted => Mode::Assisted,
        }
    }
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
        /// The organisation they answer for, where it answers under its name.
        organisation: Option<String>,
    },
    /// Once, for one person, with nothing that ties it to an answer.
    Slip(Used),
}

/// Whether a slip was used. Nothing says when, or for which answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// It can still be used.
    No,
    /// It was.
    Yes,
}

/// How a questionnaire was entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Entry {
    /// With a link for everybody, or with a code that the draft is tied to until the wave closes.
    #[default]
    Open,
    /// With a slip: an unused one is asked for at the end.
    Slip,
}

impl Entry {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Slip => "slip",
        }
    }

    /// The entry stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Open, Self::Slip].into_iter().find(|entry| entry.code() == code)
    }
}

/// Where a draft stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Being filled in for the first time.
    #[default]
    Open,
    /// Submitted.
    Submitted,
    /// Submitted, and being corrected: what was submitted counts until the correction is.
    Correcting,
    /// Submitted, and erased at the respondent's request.
    Erased,
}

impl Standing {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Submitted => "submitted",
            Self::Correcting => "correcting",
            Self::Erased => "erased",
        }
    }

    /// The standing stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Open, Self::Submitted, Self::Correcting, Self::Erased].into_iter().find(|one| one.code() == code)
    }

    /// Whether answers can be filled in.
    #[must_use]
    pub const fn is_fillable(self) -> bool {
        matches!(self, Self::Open | Self::Correcting)
    }
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
    /// Who holds the device.
    pub setting: Setting,
    /// The organisation that answers, where it answers under its name.
    pub organisation: Option<String>,
    /// How it was entered.
    pub entry: Entry,
    /// The last page that was saved; 0 before the first.
    pub reached: u32,
    /// Where it stands.
    pub standing: Standing,
}

/// One response as kept: nothing finer than the day. A correction is a further revision; earlier ones are kept apart.
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
    /// Which revision this is, from 1.
    pub revision: i32,
}
