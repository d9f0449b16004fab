// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do those who answered talk about their results: in threads, in replies of their group, in stories?

use uuid::Uuid;

use super::projects::Audience;
use super::results::{ProjectResults, WaveResult};
use super::summaries::summary_file;
use super::{App, Conflict, Refusal};
use crate::domain::discussion::{
    Confirmation, Consent, Contribution, ContributionKind, LONGEST_REPLY, LONGEST_STORY, LONGEST_TEXT, Prompt,
    Restitution, Standing, Story, supporters_needed,
};
use crate::domain::field::{FieldProblem, Problems, Typed, line, lines, optional_line};
use crate::domain::moderation::Moderation;
use crate::domain::participant::{Activity, Participant};
use crate::domain::phase::Phase;
use crate::domain::score::Withheld;
use crate::domain::wave::Wave;
use crate::store::{self, Db};

/// Longest line of a story.
const LONGEST_LINE: usize = 200;
/// Longest reason for the choice of a story.
const LONGEST_WHY: usize = 600;
/// How a reply to all results together is called in forms.
pub const WHOLE: &str = "whole";

/// The results of a wave with what was said of them, as a participant finds them.
#[derive(Clone, Debug)]
pub struct Discussion {
    /// The results, as participants see them.
    pub results: ProjectResults,
    /// Which of its waves is talked about.
    pub place: usize,
    /// What is shown.
    pub restitution: Restitution,
    /// What the participant said and still stands, shown or not.
    pub own: Vec<Contribution>,
    /// Texts that wait to become the reply of the participant's group.
    pub proposed: Vec<ProposedReply>,
}

/// A text that may become the reply of a group.
#[derive(Clone, Debug)]
pub struct ProposedReply {
    /// The text.
    pub reply: Contribution,
    /// How many support it.
    pub supporters: usize,
    /// How many are needed.
    pub needed: u32,
    /// Whether the participant is one of them.
    pub supported: Supported,
}

/// Whether a participant supports a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supported {
    /// They do.
    Yes,
    /// They do not.
    No,
}

/// What became of words that were taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received {
    /// Whether they can be seen, or wait.
    pub moderation: Moderation,
    /// Whether earlier ones of the same participant gave way.
    pub earlier: Earlier,
}

/// Whether earlier words gave way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// There were none.
    None,
    /// They were replaced.
    Replaced,
}

impl Discussion {
    /// The wave that is talked about.
    #[must_use]
    pub fn found(&self) -> Option<&WaveResult> {
        self.results.waves.get(self.place)
    }
}

impl App {
    /// The results of a wave as one who answered sees them, with what was said of them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] while participants may not see them.
    pub fn discussion(&self, db: &mut Db, participant: &Participant) -> Result<Discussion, Refusal> {
        let wave =
            store::waves::find(db, participant.organisation_id, participant.wave_id)?.ok_or(Refusal::NotFound)?;
        let audience = Audience::Participant { organisation: wave.organisation_id, project: wave.project_id };
        let (results, place) = self.wave_results(db, participant.wave_id, &audience)?;
        let found = results.waves.get(place).ok_or(Refusal::NotFound)?;
        let summary = summary_file(db, &found.wave, &found.coverage)?;
        let said = store::discussion::of_wave(db, &found.wave)?;
        let standing = || said.iter().filter(|one| one.standing == Standing::Current);
        let own = standing().filter(|one| one.key == participant.key).cloned().collect();
        let k_show = results.file.profile().k_show;
        let mut proposed = Vec::new();
        for reply in standing().filter(|one| is_proposed(one, participant)) {
            proposed.push(proposed_reply(db, (found, k_show), reply, participant)?);
        }
        let restitution = Restitution::new(summary, said, k_show);
        Ok(Discussion { results, place, restitution, own, proposed })
    }

    /// Takes what a participant says in the thread of an indicator: one text a prompt. A text that is already there gives
    /// way; one that is left empty is taken back.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Conflict::OtherPhase`], [`Refusal::NotFound`] for an indicator that was not asked.
    pub fn discuss(
        &self,
        db: &mut Db,
        participant: &Participant,
        (indicator, typed): (&str, &Typed),
    ) -> Result<Received, Refusal> {
        let talk = self.discussion(db, participant)?;
        let found = talk.found().ok_or(Refusal::NotFound)?;
        if !asked(found).any(|code| code == indicator) {
            return Err(Refusal::NotFound);
        }
        let mut problems = Problems::default();
        let read = |prompt: Prompt| {
            Some((prompt, problems.take(lines(prompt.code(), typed.get(prompt.code()), LONGEST_TEXT))?))
        };
        let texts: Vec<(Prompt, String)> = Prompt::ALL.into_iter().filter_map(read).collect();
        problems.none()?;
        in_restitution(&found.wave)?;
        let own = |prompt| {
            let mut thread = talk.own.iter().filter(|one| one.kind == ContributionKind::Thread);
            thread.find(|one| one.indicator == indicator && one.prompt == Some(prompt))
        };
        if texts.iter().all(|(prompt, text)| text.is_empty() && own(*prompt).is_none()) {
            return Err(FieldProblem::new(Prompt::Why.code(), "nothing-said").into());
        }
        let mut received = Received { moderation: Moderation::Kept, earlier: Earlier::None };
        for (prompt, text) in
            texts.into_iter().filter(|(prompt, text)| own(*prompt).is_none_or(|one| one.text != *text))
        {
            if let Some(earlier) = own(prompt) {
                let _ = store::discussion::supersede(db, &found.wave, earlier.id)?;
                received.earlier = Earlier::Replaced;
            }
            if text.is_empty() {
                continue;
            }
            let said = Contribution {
                indicator: indicator.to_owned(),
                prompt: Some(prompt),
                ..blank(participant, ContributionKind::Thread, text)
            };
            if self.put(db, (&talk, participant), said)? == Moderation::Waiting {
                received.moderation = Moderation::Waiting;
            }
        }
        Ok(received)
    }

    /// Takes a text that may become the reply of the participant's group; an earlier one of the same participant on the
    /// same indicator that did not become it gives way.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Conflict::OtherPhase`].
    pub fn propose_reply(&self, db: &mut Db, participant: &Participant, typed: &Typed) -> Result<Received, Refusal> {
        let talk = self.discussion(db, participant)?;
        let found = talk.found().ok_or(Refusal::NotFound)?;
        let mut problems = Problems::default();
        let indicator = problems.note(about(found, typed.get("reply_about")));
        let text = problems.note(filled("reply_text", typed.get("reply_text"), LONGEST_REPLY));
        problems.none()?;
        let same = |one: &&Contribution| one.kind == ContributionKind::Reply && one.indicator == indicator;
        let mut earlier = Earlier::None;
        for one in talk.own.iter().filter(same).filter(|one| one.confirmation.is_none()) {
            let _ = store::discussion::supersede(db, &found.wave, one.id)?;
            earlier = Earlier::Replaced;
        }
        let reply = Contribution { indicator, ..blank(participant, ContributionKind::Reply, text) };
        let moderation = self.put(db, (&talk, participant), reply.clone())?;
        store::discussion::support(db, &reply, &participant.key)?;
        Ok(Received { moderation, earlier })
    }

    /// Takes the support of a participant for a text of their own group; with enough of them it is the group's reply.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is no such text to support, [`Conflict::OtherPhase`].
    pub fn support_reply(&self, db: &mut Db, participant: &Participant, id: Uuid) -> Result<(), Refusal> {
        let talk = self.discussion(db, participant)?;
        let found = talk.found().ok_or(Refusal::NotFound)?;
        let proposed = talk.proposed.iter().find(|one| one.reply.id == id).ok_or(Refusal::NotFound)?;
        in_restitution(&found.wave)?;
        store::discussion::support(db, &proposed.reply, &participant.key)?;
        store::participants::took_part(db, participant, Activity::Restitution)?;
        let supporters = store::discussion::supporters(db, &proposed.reply)?.len();
        if supporters >= usize::try_from(proposed.needed).unwrap_or(usize::MAX) {
            settle(db, &found.wave, &proposed.reply, (Confirmation::Supporters, ""))?;
        }
        Ok(())
    }

    /// Takes a story; it waits until an evaluator has read it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`], [`Conflict::OtherPhase`].
    pub fn tell_story(&self, db: &mut Db, participant: &Participant, typed: &Typed) -> Result<(), Refusal> {
        let talk = self.discussion(db, participant)?;
        let found = talk.found().ok_or(Refusal::NotFound)?;
        let (text, story) = read_story(found, typed)?;
        let said = Contribution { story: Some(story), ..blank(participant, ContributionKind::Story, text) };
        self.put(db, (&talk, participant), said)?;
        Ok(())
    }

    /// Stores the words of a participant: shown at once unless they have to be looked at first. Stories always have.
    fn put(
        &self,
        db: &mut Db,
        (talk, participant): (&Discussion, &Participant),
        said: Contribution,
    ) -> Result<Moderation, Refusal> {
        let found = talk.found().ok_or(Refusal::NotFound)?;
        let project = &talk.results.file.project;
        in_restitution(&found.wave)?;
        let moderation = match said.kind {
            ContributionKind::Thread | ContributionKind::Reply => {
                Moderation::after(&self.remarks_on(db, project, &said.text)?)
            }
            ContributionKind::Story => Moderation::Waiting,
        };
        store::discussion::insert(db, &found.wave, &Contribution { moderation, ..said })?;
        store::participants::took_part(db, participant, Activity::Restitution)?;
        Ok(moderation)
    }
}

/// Nothing, while results are being talked about.
pub(super) fn in_restitution(wave: &Wave) -> Result<(), Refusal> {
    if wave.phase == Phase::Restitution { Ok(()) } else { Err(Conflict::OtherPhase { wave: wave.code.clone() }.into()) }
}

/// Makes a text the reply of its group; the one it had on the same indicator gives way.
pub(super) fn settle(db: &mut Db, wave: &Wave, reply: &Contribution, how: (Confirmation, &str)) -> Result<(), Refusal> {
    for one in store::discussion::of_wave(db, wave)? {
        let same = one.kind == ContributionKind::Reply && one.group == reply.group && one.indicator == reply.indicator;
        if same && one.id != reply.id && one.confirmation.is_some() && one.standing == Standing::Current {
            let _ = store::discussion::supersede(db, wave, one.id)?;
        }
    }
    // Confirmed twice at the same time is confirmed.
    let _ = store::discussion::confirm(db, wave, reply.id, how)?;
    Ok(())
}

/// Codes of the indicators that a wave asked.
pub fn asked(found: &WaveResult) -> impl Iterator<Item = &str> {
    let scores = found.scores.indicators.iter().filter(|one| one.overall.value() != Err(Withheld::NotAsked));
    scores.map(|one| one.indicator.as_str())
}

/// How many of a group are needed to make a text its reply.
pub(super) fn needed(found: &WaveResult, group: &str, k_show: u32) -> u32 {
    let row = found.coverage.iter().find(|row| row.group == group);
    supporters_needed(k_show, row.and_then(|row| row.listed))
}

fn is_proposed(one: &Contribution, participant: &Participant) -> bool {
    let visible = one.moderation == Moderation::Kept || one.key == participant.key;
    one.kind == ContributionKind::Reply && one.group == participant.group && one.confirmation.is_none() && visible
}

fn proposed_reply(
    db: &mut Db,
    (found, k_show): (&WaveResult, u32),
    reply: &Contribution,
    participant: &Participant,
) -> Result<ProposedReply, Refusal> {
    let supporters = store::discussion::supporters(db, reply)?;
    let supported = if supporters.contains(&participant.key) { Supported::Yes } else { Supported::No };
    let needed = needed(found, &reply.group, k_show);
    Ok(ProposedReply { reply: reply.clone(), supporters: supporters.len(), needed, supported })
}

fn blank(participant: &Participant, kind: ContributionKind, text: String) -> Contribution {
    Contribution {
        group: participant.group.clone(),
        key: participant.key.clone(),
        ..unsigned((participant.organisation_id, participant.wave_id), kind, text)
    }
}

/// A contribution that says not yet whose it is.
pub(in crate::app) fn unsigned(
    (organisation, wave): (Uuid, Uuid),
    kind: ContributionKind,
    text: String,
) -> Contribution {
    Contribution {
        organisation_id: organisation,
        // Not one that tells when it was made.
        id: Uuid::new_v4(),
        wave_id: wave,
        kind,
        indicator: String::new(),
        prompt: None,
        group: String::new(),
        key: String::new(),
        author: String::new(),
        text,
        story: None,
        moderation: Moderation::Waiting,
        reason: String::new(),
        confirmation: None,
        note: String::new(),
        standing: Standing::Current,
        place: 0,
    }
}

/// The indicator that was chosen; empty for all results together.
fn about(found: &WaveResult, chosen: &str) -> Result<String, FieldProblem> {
    if chosen == WHOLE {
        return Ok(String::new());
    }
    let known = asked(found).find(|code| *code == chosen);
    known.map(str::to_owned).ok_or_else(|| FieldProblem::new("reply_about", "choose"))
}

fn filled(field: &str, typed: &str, longest: usize) -> Result<String, FieldProblem> {
    let text = lines(field, typed, longest)?;
    if text.is_empty() { Err(FieldProblem::new(field, "missing")) } else { Ok(text) }
}

/// The words of a story and what belongs to it.
pub(super) fn read_story(found: &WaveResult, typed: &Typed) -> Result<(String, Story), Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let domain = problems.note(line("story_domain", typed.get("story_domain"), LONGEST_LINE));
    let text = problems.note(filled("story_text", typed.get("story_text"), LONGEST_STORY));
    let why = problems.note(filled("story_why", typed.get("story_why"), LONGEST_WHY));
    let panel = problems.note(line("story_panel", typed.get("story_panel"), LONGEST_LINE));
    let verification =
        problems.note(optional_line("story_verification", typed.get("story_verification"), LONGEST_LINE));
    let chosen: Vec<String> = typed.all("story_indicators").map(str::to_owned).collect();
    if chosen.iter().any(|code| !asked(found).any(|known| known == code)) {
        problems.add(FieldProblem::new("story_indicators", "choose"));
    }
    problems.none()?;
    let consent = if typed.get("story_consent") == "given" { Consent::Given } else { Consent::Missing };
    Ok((text, Story { domain, why, panel, verification, indicators: chosen, consent }))
}
