// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is told what was decided and done? Once, for pages, reports and those who are asked again.

use serde::Serialize;

use super::change::verdict_words;
use super::forms::FormLink;
use super::numbers;
use super::questionnaire::Worded;
use super::telling::{Telling, value};
use super::words::{Value, Words};
use crate::domain::decision::{ActionState, DecidedAction, Decision, Finding, Outcome, Revised};
use crate::domain::decision_log::{
    DecisionLog, Effect, LogAction, LogEntry, Number, Observed, ObservedChange, SeenCount, Unanswered,
};
use crate::domain::framework::Framework;
use crate::domain::text::Text;

/// Tells what was decided about a wave.
#[derive(Clone, Copy)]
pub struct DecisionTelling<'a> {
    /// How numbers are written.
    pub telling: Telling,
    /// The framework version of the wave.
    pub framework: &'a Framework,
    /// Whether it is told who wrote each line.
    pub signatures: Signatures,
}

/// Whether it is told who wrote a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signatures {
    /// To staff.
    Told,
    /// Nobody else is told names.
    Untold,
}

/// A finding with what was decided and done.
#[derive(Clone, Debug, Serialize)]
pub struct EntryView {
    /// Its name in addresses.
    pub anchor: String,
    /// What was found.
    pub finding: Worded,
    /// The indicator, where the finding has words of its own.
    pub about: Option<String>,
    /// The number it rests on, in a sentence; nothing where it is about none.
    pub number: Option<String>,
    /// Whether something is done about it.
    pub taken: bool,
    /// The same in words.
    pub outcome: String,
    /// Why.
    pub reason: Worded,
    /// When, and for staff by whom.
    pub signed: String,
    /// Whether an action of it goes back to the committee.
    pub returned: bool,
    /// What follows from it.
    pub actions: Vec<ActionView>,
    /// What was said before, the latest first.
    pub history: Vec<PastView>,
    /// What can be done with it.
    pub links: Vec<FormLink>,
}

/// An action with how it stands and what came.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// Its name in addresses.
    pub anchor: String,
    /// What is done.
    pub title: Worded,
    /// How it stands, in words.
    pub state: String,
    /// Whether it stands as it should.
    pub good: bool,
    /// Whether its day has passed.
    pub overdue: bool,
    /// Whether it goes back to the committee.
    pub returned: bool,
    /// Owner, day, resources, evidence.
    pub facts: Vec<ActionFact>,
    /// Where the evidence can be read; empty: nowhere.
    pub link: String,
    /// What was expected beside what was observed, a sentence each.
    pub effects: Vec<String>,
    /// Who saw it, a sentence a group.
    pub seen: Vec<String>,
    /// What was said before, the latest first.
    pub history: Vec<PastView>,
    /// What can be done with it.
    pub links: Vec<FormLink>,
}

/// Something said of an action, with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionFact {
    /// Its name.
    pub name: String,
    /// What is said.
    pub said: Worded,
}

/// What was said before a revision.
#[derive(Clone, Debug, Serialize)]
pub struct PastView {
    /// Until when, and why no longer.
    pub why: String,
    /// What it said.
    pub said: Worded,
}

/// A first priority about which nothing was decided.
#[derive(Clone, Debug, Serialize)]
pub struct UnansweredView {
    /// The indicator.
    pub name: String,
    /// Its pillar.
    pub pillar: String,
    /// Its number, in a sentence.
    pub number: String,
    /// Where the indicator is; empty: nowhere.
    pub href: String,
    /// Where something can be decided about it; nothing for whoever may not.
    pub decide: Option<FormLink>,
}

impl DecisionTelling<'_> {
    /// Every decision.
    #[must_use]
    pub fn entries(&self, log: &DecisionLog) -> Vec<EntryView> {
        log.entries.iter().map(|entry| self.entry(entry)).collect()
    }

    /// What is still without an answer.
    #[must_use]
    pub fn unanswered(&self, log: &DecisionLog) -> Vec<UnansweredView> {
        log.unanswered.iter().map(|one| self.open(one)).collect()
    }

    /// How much was found, decided and is still open.
    #[must_use]
    pub fn lead(&self, log: &DecisionLog) -> String {
        let state = log.state();
        if state.findings == 0 {
            return self.words().say("decisions-nothing");
        }
        let counts = [
            ("findings", Value::from(state.findings)),
            ("decided", state.decided.into()),
            ("unanswered", state.unanswered.into()),
        ];
        let mut said = self.words().say_with("decisions-lead", counts);
        if state.returned > 0 {
            let count = [("count", state.returned.into())];
            said = format!("{said} {}", self.words().say_with("decisions-lead-returned", count));
        }
        said
    }

    /// What was found: its own words, else the indicator.
    #[must_use]
    pub fn finding(&self, finding: &Finding) -> Worded {
        let own = self.worded(&finding.words);
        if own.text.is_empty() { plain(self.telling.indicator(self.framework, &finding.indicator)) } else { own }
    }

    /// A decision with everything that belongs to it.
    #[must_use]
    pub fn entry(&self, entry: &LogEntry) -> EntryView {
        let decision = &entry.decision.current;
        let finding = &decision.finding;
        let own_words = !finding.indicator.is_empty() && !self.worded(&finding.words).text.is_empty();
        EntryView {
            anchor: format!("decision-{}", decision.id.simple()),
            finding: self.finding(finding),
            about: own_words.then(|| self.telling.indicator(self.framework, &finding.indicator)),
            number: entry.number.as_ref().map(|number| self.number(number)),
            taken: decision.outcome == Outcome::Taken,
            outcome: self.words().say(&format!("decision-outcome-{}", decision.outcome.code())),
            reason: self.worded(&decision.reason),
            signed: self.signed(decision.at, &decision.actor),
            returned: entry.returns(),
            actions: entry.actions.iter().map(|action| self.action(action)).collect(),
            history: self.past_decisions(&entry.decision),
            links: Vec::new(),
        }
    }

    /// An action with how it stands and what came.
    #[must_use]
    pub fn action(&self, action: &LogAction) -> ActionView {
        let current = &action.action.current;
        ActionView {
            anchor: format!("action-{}", current.id.simple()),
            title: self.worded(&current.title),
            state: self.state(current.state),
            good: current.state == ActionState::Done && !action.returns(),
            overdue: action.overdue,
            returned: action.returns(),
            facts: self.facts(current),
            link: current.link.clone(),
            effects: action.effects.iter().map(|effect| self.effect(effect)).collect(),
            seen: action.seen.iter().map(|one| self.seen(one)).collect(),
            history: self.past_actions(&action.action),
            links: Vec::new(),
        }
    }

    /// How an action stands.
    #[must_use]
    pub fn state(&self, state: ActionState) -> String {
        self.words().say(&format!("action-state-{}", state.code()))
    }

    /// Who answers for an action, with their group.
    #[must_use]
    pub fn owner(&self, action: &DecidedAction) -> String {
        let group = self.telling.group(self.framework, &action.group);
        if group.is_empty() { action.owner.clone() } else { format!("{} ({group})", action.owner) }
    }

    fn facts(&self, action: &DecidedAction) -> Vec<ActionFact> {
        let fact = |key: &str, said: Worded| ActionFact { name: self.words().say(key), said };
        let due = numbers::day(action.due_on, self.telling.language);
        let note = match action.state {
            ActionState::Abandoned => "action-abandoned-why",
            ActionState::Planned | ActionState::UnderWay | ActionState::Done => "action-note",
        };
        let all = [
            fact("action-owner", plain(self.owner(action))),
            fact("action-due", plain(due)),
            fact("action-resources", self.worded(&action.resources)),
            fact(note, self.worded(&action.state_note)),
            fact("action-evidence", self.worded(&action.evidence)),
        ];
        all.into_iter().filter(|one| !one.said.text.is_empty()).collect()
    }

    /// What was expected of an indicator, beside what was observed. Never what caused it.
    #[must_use]
    pub fn effect(&self, effect: &Effect) -> String {
        let kind =
            self.framework.wave_type(&effect.expected.wave_type).map(|kind| kind.name.get(self.telling.language));
        let expected = [
            ("indicator", value(self.telling.indicator(self.framework, &effect.expected.indicator))),
            ("points", value(signed(effect.expected_difference(), self.telling))),
            ("wave", value(format!("{} {}", effect.expected.wave_type, kind.unwrap_or_default()).trim().to_owned())),
        ];
        let expected = self.words().say_with("effect-expected", expected);
        let observed = match &effect.observed {
            Observed::NotYet => self.words().say("effect-not-yet"),
            Observed::Change { change: Err(reason), .. } => {
                self.words().say_with("effect-withheld", [("reason", value(self.telling.reason(*reason)))])
            }
            Observed::Change { wave, change: Ok(change) } => self.observed(wave, change),
        };
        format!("{expected} {observed}")
    }

    fn observed(&self, wave: &str, change: &ObservedChange) -> String {
        let Telling { precision, language, .. } = self.telling;
        let interval = change.interval.ok().map(|found| numbers::difference_interval(found, precision, language));
        let key = if interval.is_some() { "effect-observed" } else { "effect-observed-alone" };
        let values = [
            ("wave", value(wave.to_owned())),
            ("difference", value(numbers::difference(change.difference, precision, language))),
            ("interval", value(interval.unwrap_or_default())),
            ("verdict", value(verdict_words(self.telling, change.verdict, &change.flags))),
        ];
        self.words().say_with(key, values)
    }

    fn seen(&self, seen: &SeenCount) -> String {
        let (group, wave) = (value(self.telling.group(self.framework, &seen.group)), value(seen.wave.clone()));
        match seen.counts {
            Ok([yes, no, dont_know]) => {
                let counts = [("yes", Value::from(yes)), ("no", no.into()), ("dont_know", dont_know.into())];
                self.words().say_all("seen-counts", [("group", group), ("wave", wave)].into_iter().chain(counts))
            }
            Err(reason) => {
                let reason = ("reason", value(self.telling.reason(reason)));
                self.words().say_with("seen-few", [("group", group), ("wave", wave), reason])
            }
        }
    }

    /// A number in a sentence, or why it is not given.
    #[must_use]
    pub fn number(&self, number: &Number) -> String {
        let n_of_n = self.telling.n_of_n(number.valid, number.listed);
        let cell = self.telling.cell(number.value, number.interval, n_of_n);
        let words = self.words();
        match (cell.score, cell.interval) {
            (None, _) => {
                words.say_with("decision-number-withheld", [("reason", value(cell.reason.unwrap_or_default()))])
            }
            (Some(score), None) => {
                words.say_with("decision-number-alone", [("score", value(score)), ("answers", value(cell.n_of_n))])
            }
            (Some(score), Some(interval)) => {
                let values = [("score", value(score)), ("interval", value(interval)), ("answers", value(cell.n_of_n))];
                words.say_with("decision-number", values)
            }
        }
    }

    fn open(&self, one: &Unanswered) -> UnansweredView {
        UnansweredView {
            name: self.telling.indicator(self.framework, &one.priority.indicator),
            pillar: self.telling.pillar(one.priority.pillar),
            number: self.number(&one.number),
            href: String::new(),
            decide: None,
        }
    }

    fn past_decisions(&self, decision: &Revised<Decision>) -> Vec<PastView> {
        let later = std::iter::once(&decision.current).chain(&decision.earlier);
        let past = |(after, before): (&Decision, &Decision)| {
            let outcome = self.words().say(&format!("decision-outcome-{}", before.outcome.code()));
            let (finding, reason) = (self.finding(&before.finding), self.worded(&before.reason));
            let text = format!("{} · {outcome} · {}", finding.text, reason.text);
            let until = self.signed(after.at, &after.actor);
            let values = [("until", value(until)), ("reason", Value::from(after.correction.as_str()))];
            PastView {
                why: self.words().say_with("decision-corrected", values),
                said: Worded { text, lang: reason.lang },
            }
        };
        later.zip(&decision.earlier).map(past).collect()
    }

    fn past_actions(&self, action: &Revised<DecidedAction>) -> Vec<PastView> {
        let later = std::iter::once(&action.current).chain(&action.earlier);
        let past = |(after, before): (&DecidedAction, &DecidedAction)| {
            let title = self.worded(&before.title);
            let mut parts = vec![title.text, self.state(before.state), self.owner(before)];
            parts.push(numbers::day(before.due_on, self.telling.language));
            parts.extend([&before.resources, &before.state_note, &before.evidence].map(|text| self.worded(text).text));
            parts.push(before.link.clone());
            parts.retain(|part| !part.is_empty());
            let until = value(self.signed(after.at, &after.actor));
            let why = if after.correction.is_empty() {
                self.words().say_with("action-moved", [("until", until), ("state", value(self.state(after.state)))])
            } else {
                let reason = Value::from(after.correction.as_str());
                self.words().say_with("decision-corrected", [("until", until), ("reason", reason)])
            };
            PastView { why, said: Worded { text: parts.join(" · "), lang: title.lang } }
        };
        later.zip(&action.earlier).map(past).collect()
    }

    fn signed(&self, at: jiff::Timestamp, actor: &str) -> String {
        let when = numbers::moment(at, self.telling.language);
        match self.signatures {
            Signatures::Told => format!("{when}, {actor}"),
            Signatures::Untold => when,
        }
    }

    /// A text in the language it is in.
    #[must_use]
    pub fn worded(&self, text: &Text) -> Worded {
        Worded::new(text.shown(self.telling.language), self.telling.language)
    }

    fn words(&self) -> &'static Words {
        self.telling.words()
    }
}

/// Words of the page's own language.
fn plain(text: String) -> Worded {
    Worded { text, lang: None }
}

/// Points with their sign and the decimals they were written with.
fn signed(points: f64, telling: Telling) -> String {
    let sign = if points < 0.0 { '−' } else { '+' };
    format!("{sign}{}", numbers::quantity(points.abs(), telling.language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::comparison::Verdict;
    use crate::domain::decision::samples::{action, decision};
    use crate::domain::decision_log::samples::{effect, entry};
    use crate::domain::framework::Pillar;
    use crate::domain::profile::ScoreView;
    use crate::domain::text::Language;

    fn told<T>(tell: impl Fn(DecisionTelling<'_>) -> T, language: Language) -> T {
        let framework = Framework::default();
        let telling = Telling::new(language, ScoreView::Public);
        tell(DecisionTelling { telling, framework: &framework, signatures: Signatures::Untold })
    }

    #[test]
    fn every_sentence_has_its_words_in_both_languages_and_none_says_what_caused_a_change() {
        let verdicts = Verdict::ALL.into_iter().map(Some).chain([None]);
        for language in Language::ALL {
            for verdict in verdicts.clone() {
                for state in ActionState::ALL {
                    let entry = entry("R1", state, vec![effect(Pillar::Results, verdict)]);
                    let shown = told(|telling| format!("{:?}", telling.entry(&entry)), language);
                    assert!(!shown.contains('⟦'), "{shown}");
                    let lower = shown.to_lowercase();
                    for never in ["causa", "cause", "effett", "signific", "grazie a", "thanks to"] {
                        assert!(!lower.contains(never), "{never}: {shown}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_was_expected_stands_beside_what_was_observed_with_the_sign_of_the_pillar() {
        let told = |pillar| told(|telling| telling.effect(&effect(pillar, Some(Verdict::Worsened))), Language::It);
        assert_eq!(
            told(Pillar::Results),
            "Atteso: R1 +8 punti entro T2. Osservato in T2: −12 punti (da −19 a −5): peggiorato."
        );
        assert!(told(Pillar::Obstacles).contains("R1 −8 punti"), "{}", told(Pillar::Obstacles));
    }

    #[test]
    fn what_was_said_before_stays_with_why_it_changed() {
        let corrected = Decision { revision: 2, correction: "Refuso".to_owned(), ..decision("R2", Outcome::NotTaken) };
        let decision = Revised { current: corrected, earlier: vec![decision("R1", Outcome::Taken)] };
        let actions = vec![action(ActionState::UnderWay), action(ActionState::Planned)];
        let mut actions = actions.into_iter();
        let (now, before) = (actions.next().unwrap(), actions.next().unwrap());
        let action = Revised { current: now, earlier: vec![before] };
        let (past, moved) =
            told(|telling| (telling.past_decisions(&decision), telling.past_actions(&action)), Language::It);
        assert!(past[0].why.contains("Refuso") && past[0].said.text.starts_with("R1"), "{past:?}");
        assert!(moved[0].why.contains("in corso") && moved[0].said.text.contains("da fare"), "{moved:?}");
    }
}
