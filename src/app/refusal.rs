// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Why could a request not be carried out? An answer for whoever can act, or a failure of ours.

use crate::domain::access_code::AccessCodeError;
use crate::domain::field::FieldProblem;
use crate::domain::questionnaire::AnswerProblem;
use crate::domain::wave::{NotAnswerable, WaveState};
use crate::identity::IdentityError;
use crate::identity::oidc::OidcError;
use crate::identity::passkey::PasskeyError;
use crate::store::StoreError;

/// Why a request was not carried out. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such thing, or it is not for the one who asks.
    #[error("not found")]
    NotFound,
    /// A catalogue holds at least one dataset, and there is none yet.
    #[error("nothing was published yet")]
    NothingPublished,
    /// What was typed cannot be an access code.
    #[error("not an access code: {0}")]
    MistypedCode(#[from] AccessCodeError),
    /// A well-formed code that opens nothing.
    #[error("no invitation has this code")]
    UnknownCode,
    /// A code for one person that was used.
    #[error("this code was used already")]
    UsedCode,
    /// The questionnaire was opened with a code for one person, which is asked for at the end.
    #[error("the access code is needed to submit")]
    CodeNeeded,
    /// The wave takes no answers today.
    #[error("the wave takes no answers: {0:?}")]
    NotAnswerable(NotAnswerable),
    /// The participants' space is not open on this device.
    #[error("the participants' space is not open on this device")]
    NoSpace,
    /// No questionnaire is open on this device.
    #[error("no questionnaire is open on this device")]
    NoDraft,
    /// The questionnaire was submitted already; the receipt tells it.
    #[error("the questionnaire was submitted already")]
    AlreadySubmitted,
    /// What was sent is not what the questionnaire asks.
    #[error("{} answers are not answers to this page", .0.len())]
    InvalidAnswers(Vec<AnswerProblem>),
    /// Only for signed-in staff.
    #[error("sign in first")]
    SignInFirst,
    /// A sign-in link that is used up, expired or wrong.
    #[error("this sign-in link is no longer valid")]
    UsedLink,
    /// The state of things does not allow it.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// Not for this role.
    #[error("the role does not allow it")]
    Forbidden,
    /// The password was right; the second factor is still asked for.
    #[error("the second factor is still asked for")]
    SecondFactorFirst,
    /// E-mail address and password, or the second factor, do not fit.
    #[error("the sign-in failed")]
    SignInFailed,
    /// Too many failures of late.
    #[error("too many failed sign-ins")]
    TooManyFailures,
    /// A form cannot be taken as it was typed.
    #[error("{} fields cannot be taken as they were typed", .0.len())]
    Invalid(Vec<FieldProblem>),
    /// Somebody else saved the same thing while a form was being filled.
    #[error("somebody else saved this in the meantime")]
    Outdated,
    /// Signing in through the service of another body did not work.
    #[error(transparent)]
    Elsewhere(OidcError),
    /// A passkey was not made, or not believed.
    #[error(transparent)]
    Passkey(PasskeyError),
    /// A service of another body says who somebody is, but no account is tied to that.
    #[error("no account is tied to this identity")]
    NotTied,
    /// The service has not verified the e-mail address, and the settings ask for that.
    #[error("the service has not verified the e-mail address")]
    NotVerified,
    /// The body lets its people in through a sign-in service only.
    #[error("all bodies of this account let people in through a sign-in service only")]
    LocalSignInOff,
    /// A proof of identity could not be made or read.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
}

/// What the state of things does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// A wave is not in the state it should leave.
    #[error("wave “{wave}” is already {}", .state.code())]
    WaveState {
        /// Code of the wave.
        wave: String,
        /// The state it is in.
        state: WaveState,
    },
    /// A wave cannot open without anybody listed.
    #[error("wave “{wave}” has no roster: list at least one stakeholder group")]
    NoRoster {
        /// Code of the wave.
        wave: String,
    },
    /// Nobody is left to be invited so.
    #[error("nobody is listed for wave “{wave}” who could be invited in this way")]
    NobodyListed {
        /// Code of the wave.
        wave: String,
    },
    /// A wave cannot open before the project's context is described.
    #[error("wave “{wave}” cannot open: the project's context is not described yet")]
    NoContext {
        /// Code of the wave.
        wave: String,
    },
    /// Essential groups that neither had a proposal adopted nor gave up proposing.
    #[error("wave “{wave}” cannot be frozen: {groups} neither had a proposal adopted nor gave up proposing")]
    Unheard {
        /// Code of the wave.
        wave: String,
        /// Codes of the groups.
        groups: String,
    },
    /// Too few groups of the committee have spoken.
    #[error("the committee has not decided on wave “{wave}”: {missing} have not spoken")]
    NoQuorum {
        /// Code of the wave.
        wave: String,
        /// Codes of the groups that are missing.
        missing: String,
    },
    /// The committee does not want the results published before the embargo is over.
    #[error("the committee does not agree that wave “{wave}” is published before the embargo is over")]
    Embargo {
        /// Code of the wave.
        wave: String,
    },
    /// Whoever speaks has no seat in the committee.
    #[error("you have no seat in the committee of wave “{wave}”")]
    NoSeat {
        /// Code of the wave.
        wave: String,
    },
    /// A wave is being weighed, and its weights are not frozen.
    #[error("wave “{wave}” is being weighed: freeze its weights first")]
    WeightsOpen {
        /// Code of the wave.
        wave: String,
    },
    /// The phase in which something can be done is over, or has not come.
    #[error("wave “{wave}” is not in the phase in which this can be done")]
    OtherPhase {
        /// Code of the wave.
        wave: String,
    },
    /// A proposal stands where this cannot be done with it.
    #[error("this cannot be done with the proposal “{title}” as it stands now")]
    ProposalStands {
        /// Its title.
        title: String,
    },
    /// Too few groups of the committee have spoken about a proposal.
    #[error("the committee has not decided on “{title}”: {missing} have not spoken")]
    ProposalQuorum {
        /// Its title.
        title: String,
        /// Names of the groups that are missing.
        missing: String,
    },
    /// The committee does not want a proposal.
    #[error("the committee does not agree to “{title}”")]
    ProposalRefused {
        /// Its title.
        title: String,
    },
    /// Results were published before, or do not exist yet.
    #[error("the results of wave “{wave}” cannot be published now")]
    NotPublishable {
        /// Code of the wave.
        wave: String,
    },
    /// Forms on paper wait to be keyed in again, or to be decided.
    #[error("{count} forms on paper of wave “{wave}” are keyed in and not stored yet")]
    PaperWaiting {
        /// Code of the wave.
        wave: String,
        /// How many.
        count: usize,
    },
    /// A form on paper was stored.
    #[error("form “{number}” was stored already")]
    FormStored {
        /// Its number.
        number: String,
    },
    /// Answers that nobody can be told apart from others, or that were erased.
    #[error("the answers of wave “{wave}” cannot be shown, corrected or erased one by one")]
    NotYours {
        /// Code of the wave.
        wave: String,
    },
    /// So few answered that their single answers would say who they are.
    #[error("the single answers of wave “{wave}” cannot be given: too few people answered")]
    TooFewToGive {
        /// Code of the wave.
        wave: String,
    },
    /// A file of answers was taken before.
    #[error("this file was loaded on {day} already")]
    BatchLoaded {
        /// The day.
        day: jiff::civil::Date,
    },
    /// The last administrator of a body cannot be taken away.
    #[error("“{body}” would be left without an administrator")]
    LastAdministrator {
        /// Name of the body.
        body: String,
    },
    /// One person cannot read single answers and invite or ask.
    #[error("“{name}” would both read single answers and invite people or edit questions")]
    RolesApart {
        /// Name of the person.
        name: String,
    },
    /// An identity belongs to one account only.
    #[error("the identity is tied to another account")]
    IdentityTaken,
    /// Nothing else would let the account in.
    #[error("nothing else would let the account in")]
    LastWayIn,
    /// Passwords cannot be switched off where there is nothing else.
    #[error("no sign-in service is set up, so “{body}” needs passwords")]
    NoProvider {
        /// Name of the body.
        body: String,
    },
    /// Passwords cannot be off where no administrator could come in without.
    #[error("no administrator of “{body}” is tied to a sign-in service")]
    NobodyTied {
        /// Name of the body.
        body: String,
    },
    /// An administrator of one body does not take over what somebody does elsewhere.
    #[error("“{name}” also works for other bodies")]
    WorksElsewhere {
        /// Name of the person.
        name: String,
    },
    /// A profile is frozen once a wave has opened.
    #[error("the scoring profile of “{project}” is frozen since its first wave opened")]
    ProfileFrozen {
        /// Name of the project.
        project: String,
    },
    /// A list of places that is older than the one in use.
    #[error("a newer list of places is in use, of {newest}")]
    OlderList {
        /// Day of the list in use.
        newest: jiff::civil::Date,
    },
    /// A framework file was changed after people answered on it.
    #[error(
        "the files of framework {framework} {version} were changed after answers were given on that version: \
         put them back as they were, or give the changed files a new version"
    )]
    ChangedFramework {
        /// Framework id.
        framework: String,
        /// Its version.
        version: String,
    },
}

impl From<FieldProblem> for Refusal {
    fn from(problem: FieldProblem) -> Self {
        Self::Invalid(vec![problem])
    }
}

impl From<Vec<FieldProblem>> for Refusal {
    fn from(problems: Vec<FieldProblem>) -> Self {
        Self::Invalid(problems)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
