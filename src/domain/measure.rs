// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A number reported by a project, or openly not known: which two may be compared, and which may be added up?

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::text::Text;

/// One revision of a reported number. Never an opinion, never mixed with scores, and never changed: a correction is a
/// further revision.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureValue {
    /// The body that owns it.
    pub organisation_id: Uuid,
    /// Identity of the figure, the same in all its revisions.
    pub id: FigureId,
    /// Which revision of the figure, from 1.
    pub revision: i32,
    /// The project that reports it.
    pub project_id: Uuid,
    /// Code of the measure in the framework; empty where the project counts something of its own.
    pub measure: String,
    /// What exactly was counted, in the words of the source.
    pub label: Text,
    /// The number; `None` where it is not known.
    pub value: Option<f64>,
    /// The parts of the number, where it is split.
    pub parts: Option<Breakdown>,
    /// What it is counted in, e.g. `persons`.
    pub unit: String,
    /// What the source counts and leaves out.
    pub definition: Text,
    /// The period it covers.
    pub period: Period,
    /// When it was published, as far as known.
    pub as_of: Option<Date>,
    /// Where it was published.
    pub source: String,
    /// Whether it was counted or is aimed at.
    pub standing: Standing,
    /// Whether it still stands.
    pub state: FigureState,
    /// Why this revision took the place of the one before; empty for the first.
    pub reason: String,
    /// When it was reported, as far as known.
    pub reported_at: Option<Timestamp>,
}

/// A reported number with what it said before.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The last revision.
    pub current: MeasureValue,
    /// The revisions before, the latest first.
    pub earlier: Vec<MeasureValue>,
}

/// Whether a number was counted or is aimed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Counted.
    #[default]
    Actual,
    /// Aimed at.
    Target,
}

/// Whether a figure still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureState {
    /// It does.
    Reported,
    /// Whoever reported it took it back.
    Withdrawn,
}

/// The period a number covers: its first and last day, or only the words of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The words of the source; none where the days say it.
    pub words: Text,
    /// First and last day.
    pub days: Option<(Date, Date)>,
}

/// The parts of a number, in its own unit. What is left over and what is not known always have their place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// Parts with a name.
    pub named: Vec<Part>,
    /// What is none of them.
    pub other: f64,
    /// What nobody knows where it belongs.
    pub not_known: f64,
}

/// A part of a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its name.
    pub label: Text,
    /// How much of the total.
    pub value: f64,
}

/// Why parts are not the parts of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BreakdownProblem {
    /// The number is not known, so nothing can be a part of it.
    NoTotal,
    /// A part is less than nothing.
    Negative,
    /// The parts add up to something else.
    Sum {
        /// What they add up to.
        parts: f64,
        /// What they should.
        total: f64,
    },
}

/// How far a target was reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// Share of the target in percent, rounded down to a tenth: 100 only where nothing is missing.
    pub share_percent: f64,
    /// What is missing; 0 where the target was reached.
    pub missing: f64,
}

/// What two numbers differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// They are of different measures.
    Measure,
    /// They are counted in different units.
    Unit,
    /// One was counted, the other is aimed at.
    Standing,
    /// They count and leave out different things.
    Definition,
    /// They cover different periods.
    Period,
}

/// Why an actual number is not put beside a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCompared {
    /// They differ.
    Differ(Difference),
    /// The actual number is not known.
    ActualNotKnown,
    /// The target is not known.
    TargetNotKnown,
    /// The target is zero, of which nothing is a share.
    TargetIsZero,
}

/// Identity of a figure, the same in all its revisions.
pub type FigureId = Uuid;

/// Why numbers are not added up, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAddable {
    /// There is nothing to add up.
    Nothing,
    /// These are not known: leaving them out would make them zero.
    NotKnown(Vec<FigureId>),
    /// Two figures differ.
    Differ(Difference, [FigureId; 2]),
    /// Two figures of one project, or one figure twice: the same people might be counted twice.
    Twice([FigureId; 2]),
    /// The parts that are known are more than the whole.
    MoreThanTheWhole,
}

impl Standing {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Actual, Self::Target];

    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Target => "target",
        }
    }

    /// The standing stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

impl FigureState {
    /// The word stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state stored as this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Reported, Self::Withdrawn].into_iter().find(|one| one.code() == code)
    }
}

impl Difference {
    /// The word in keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Unit => "unit",
            Self::Standing => "standing",
            Self::Definition => "definition",
            Self::Period => "period",
        }
    }
}

impl NotCompared {
    /// The word in keys of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Differ(what) => what.code(),
            Self::ActualNotKnown => "actual-not-known",
            Self::TargetNotKnown => "target-not-known",
            Self::TargetIsZero => "target-is-zero",
        }
    }
}

impl Breakdown {
    /// What the parts add up to, exact to the hundredth.
    #[must_use]
    pub fn sum(&self) -> f64 {
        let named = self.named.iter().map(|part| part.value);
        sum(named.chain([self.other, self.not_known]))
    }

    /// Nothing, if these are the parts of this number: none below zero, and together exactly as much.
    ///
    /// # Errors
    /// [`BreakdownProblem`].
    pub fn check(&self, total: Option<f64>) -> Result<(), BreakdownProblem> {
        let total = total.ok_or(BreakdownProblem::NoTotal)?;
        let mut all = self.named.iter().map(|part| part.value).chain([self.other, self.not_known]);
        if all.any(|value| value < 0.0) {
            return Err(BreakdownProblem::Negative);
        }
        let parts = self.sum();
        if is_same(parts, total) { Ok(()) } else { Err(BreakdownProblem::Sum { parts, total }) }
    }
}

impl Period {
    /// Whether two periods are the same: the same days, or the same words where neither has days.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        match (self.days, other.days) {
            (None, None) => is_same_text(&self.words, &other.words),
            (mine, theirs) => mine == theirs,
        }
    }
}

impl MeasureValue {
    /// The number, where it is known and still stands.
    #[must_use]
    pub fn known(&self) -> Option<f64> {
        self.value.filter(|_| self.state == FigureState::Reported)
    }

    /// Whether both count for the same measure; of a project's own ones the label says which.
    #[must_use]
    pub fn is_of_measure_of(&self, other: &Self) -> bool {
        self.measure == other.measure && (!self.measure.is_empty() || is_same_text(&self.label, &other.label))
    }

    /// In what two numbers differ, apart from who reports them, what they are called and how much they are.
    #[must_use]
    pub fn differences_to(&self, other: &Self) -> Vec<Difference> {
        let same = [
            (Difference::Measure, self.is_of_measure_of(other)),
            (Difference::Unit, is_same_line(&self.unit, &other.unit)),
            (Difference::Standing, self.standing == other.standing),
            (Difference::Definition, is_same_text(&self.definition, &other.definition)),
            (Difference::Period, self.period.is_same_as(&other.period)),
        ];
        same.into_iter().filter(|(_, same)| !same).map(|(what, _)| what).collect()
    }
}

/// How far a target was reached. Only where measure, unit, definition and period are the same and both are known.
///
/// # Errors
/// Every reason why the two are not put side by side.
pub fn against(actual: &MeasureValue, target: &MeasureValue) -> Result<Reached, Vec<NotCompared>> {
    let differences = actual.differences_to(target).into_iter().filter(|what| *what != Difference::Standing);
    let mut reasons: Vec<NotCompared> = differences.map(NotCompared::Differ).collect();
    let (counted, aimed) = (actual.known(), target.known());
    reasons.extend(counted.is_none().then_some(NotCompared::ActualNotKnown));
    reasons.extend(aimed.is_none().then_some(NotCompared::TargetNotKnown));
    reasons.extend(aimed.is_some_and(|value| is_same(value, 0.0)).then_some(NotCompared::TargetIsZero));
    match (counted, aimed) {
        (Some(counted), Some(aimed)) if reasons.is_empty() => Ok(Reached {
            share_percent: (hundredths(counted) * 1000.0 / hundredths(aimed)).floor() / 10.0,
            missing: (hundredths(aimed) - hundredths(counted)).max(0.0) / 100.0,
        }),
        _ => Err(reasons),
    }
}

/// The sum of numbers of different projects. Only where all are known, are of one measure, unit, standing, definition and
/// period, and no project is in it twice.
///
/// # Errors
/// The first reason why there is no such sum, with the figures concerned.
pub fn total(figures: &[&MeasureValue]) -> Result<f64, NotAddable> {
    let (first, others) = figures.split_first().ok_or(NotAddable::Nothing)?;
    let pairs =
        || figures.iter().enumerate().flat_map(|(place, one)| figures.iter().skip(place + 1).map(move |b| (one, b)));
    if let Some((one, _)) = pairs().find(|(one, other)| one.id == other.id) {
        return Err(NotAddable::Twice([one.id, one.id]));
    }
    let unknown: Vec<FigureId> = figures.iter().filter(|one| one.known().is_none()).map(|one| one.id).collect();
    if !unknown.is_empty() {
        return Err(NotAddable::NotKnown(unknown));
    }
    for other in others {
        if let Some(what) = first.differences_to(other).first() {
            return Err(NotAddable::Differ(*what, [first.id, other.id]));
        }
    }
    match pairs().find(|(one, other)| one.project_id == other.project_id) {
        Some((one, other)) => Err(NotAddable::Twice([one.id, other.id])),
        None => Ok(sum(figures.iter().filter_map(|one| one.known()))),
    }
}

/// What remains of the number of a whole programme without those of the projects that are known: under the same rule as
/// a sum, because only a sum can be taken apart.
///
/// # Errors
/// As [`total`], and where the projects have more than the programme.
pub fn remainder(whole: &MeasureValue, known: &[&MeasureValue]) -> Result<f64, NotAddable> {
    let mut all = vec![whole];
    all.extend(known);
    total(&all)?;
    let inside = total(known)?;
    let whole = whole.known().ok_or(NotAddable::Nothing)?;
    let left = (hundredths(whole) - hundredths(inside)) / 100.0;
    if left < 0.0 { Err(NotAddable::MoreThanTheWhole) } else { Ok(left) }
}

/// Whether two texts say the same in every language that both have, apart from spaces and capital letters.
#[must_use]
pub fn is_same_text(one: &Text, other: &Text) -> bool {
    let both = one.iter().filter_map(|(code, words)| Some((words, other.words_in(code)?)));
    let alike: Vec<bool> = both.map(|(words, others)| is_same_line(words, others)).collect();
    !alike.is_empty() && alike.into_iter().all(|same| same)
}

/// Whether two pieces of writing are the same apart from spaces and capital letters.
#[must_use]
pub fn is_same_line(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

/// Reported numbers have two decimals at most: counted in hundredths they are whole, and sums of them exact.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round()
}

fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.map(hundredths).sum::<f64>() / 100.0
}

fn is_same(one: f64, other: f64) -> bool {
    (hundredths(one) - hundredths(other)).abs() < 0.5
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const YEAR: (Date, Date) = (date(2023, 1, 1), date(2023, 12, 31));

    /// A figure of a project, counted in 2023.
    fn figure(project: u128, value: impl Into<Option<f64>>, definition: &str) -> MeasureValue {
        MeasureValue {
            organisation_id: Uuid::nil(),
            id: Uuid::now_v7(),
            revision: 1,
            project_id: Uuid::from_u128(project),
            measure: "N01".to_owned(),
            label: Text::both("Donne", "Women"),
            value: value.into(),
            parts: None,
            unit: "persons".to_owned(),
            definition: Text::new([("it".to_owned(), definition.to_owned())].into()),
            period: Period { words: Text::default(), days: Some(YEAR) },
            as_of: None,
            source: "torinoggi.it".to_owned(),
            standing: Standing::Actual,
            state: FigureState::Reported,
            reason: String::new(),
            reported_at: None,
        }
    }

    const STARTED: &str = "Donne con un percorso avviato nel periodo.";
    const STARTED_OR_EXPECTED: &str = "95 prese in carico più 107 attese.";

    fn part(label: &str, value: f64) -> Part {
        Part { label: Text::both(label, label), value }
    }

    #[test]
    fn twenty_six_in_work_are_three_and_sixteen_and_seven_of_whom_nobody_knows() {
        let named = vec![part("a tempo indeterminato", 3.0), part("a tempo determinato", 16.0)];
        let whole = Breakdown { named: named.clone(), other: 0.0, not_known: 7.0 };
        assert_eq!(whole.check(Some(26.0)), Ok(()));
        let silent = Breakdown { named, other: 0.0, not_known: 0.0 };
        assert_eq!(silent.check(Some(26.0)), Err(BreakdownProblem::Sum { parts: 19.0, total: 26.0 }));
        assert_eq!(whole.check(None), Err(BreakdownProblem::NoTotal));
        let negative = Breakdown { not_known: -7.0, other: 14.0, ..whole };
        assert_eq!(negative.check(Some(26.0)), Err(BreakdownProblem::Negative));
    }

    #[test]
    fn two_hundred_and_two_are_two_definitions_and_enter_no_sum() {
        let (started, both) = (figure(1, 95.0, STARTED), figure(1, 202.0, STARTED_OR_EXPECTED));
        let valeria = figure(2, 138.0, STARTED);
        let differ = |one: &MeasureValue, other: &MeasureValue| {
            Err(NotAddable::Differ(Difference::Definition, [one.id, other.id]))
        };
        assert_eq!(total(&[&valeria, &both]), differ(&valeria, &both));
        assert_eq!(total(&[&started, &both]), differ(&started, &both));
        assert_eq!(total(&[&started, &valeria]), Ok(233.0), "what is counted alike is added up");
    }

    #[test]
    fn what_remains_of_493_without_202_and_138_is_not_a_number_unless_dates_and_definitions_are_the_same() {
        let programme = figure(0, 493.0, "Donne raggiunte nel primo anno.");
        let (tilde, valeria) = (figure(1, 202.0, STARTED_OR_EXPECTED), figure(2, 138.0, STARTED));
        let refused = remainder(&programme, &[&tilde, &valeria]);
        assert_eq!(refused, Err(NotAddable::Differ(Difference::Definition, [programme.id, tilde.id])));
        let later = Period { words: Text::default(), days: Some((YEAR.0, date(2024, 5, 7))) };
        let alike = |project, value| figure(project, value, STARTED);
        let (whole, one, other) = (alike(0, 493.0), alike(1, 202.0), alike(2, 138.0));
        let dated = MeasureValue { period: later, ..other.clone() };
        let refused = remainder(&whole, &[&one, &dated]);
        assert_eq!(refused, Err(NotAddable::Differ(Difference::Period, [whole.id, dated.id])));
        assert_eq!(remainder(&whole, &[&one, &other]), Ok(153.0));
        assert_eq!(remainder(&one, &[&whole]), Err(NotAddable::MoreThanTheWhole));
        assert_eq!(remainder(&whole, &[]), Err(NotAddable::Nothing));
    }

    #[test]
    fn minors_who_are_dependants_are_not_minors_who_were_reached() {
        let minors = |project, value, definition| {
            let label = Text::both("Minori", "Minors");
            MeasureValue { measure: "N03".to_owned(), label, ..figure(project, value, definition) }
        };
        let dependants = minors(1, 381.0, "Figli a carico delle 202 donne.");
        let reached = minors(2, 237.0, "Minori che hanno partecipato ad almeno un'attività.");
        let differ = NotAddable::Differ(Difference::Definition, [dependants.id, reached.id]);
        assert_eq!(total(&[&dependants, &reached]), Err(differ));
        let target = MeasureValue { standing: Standing::Target, ..minors(1, 300.0, "Minori coinvolti in attività.") };
        assert_eq!(against(&dependants, &target), Err(vec![NotCompared::Differ(Difference::Definition)]));
    }

    #[test]
    fn a_target_of_150_women_and_targets_of_300_women_and_300_minors_are_of_different_kinds() {
        let target = |project, value, measure: &str, definition| MeasureValue {
            standing: Standing::Target,
            measure: measure.to_owned(),
            ..figure(project, value, definition)
        };
        let tilde = target(1, 150.0, "N01", "ISEE fino a 30.000 euro, almeno un figlio minore.");
        let women = target(2, 300.0, "N01", "Almeno 300 donne entro il 2025.");
        let minors = target(2, 300.0, "N03", "Almeno 300 minori entro il 2025.");
        let differ = |what, one: &MeasureValue, other: &MeasureValue| Err(NotAddable::Differ(what, [one.id, other.id]));
        assert_eq!(total(&[&tilde, &women]), differ(Difference::Definition, &tilde, &women));
        assert_eq!(total(&[&women, &minors]), differ(Difference::Measure, &women, &minors));
        assert_eq!(total(&[&tilde, &women, &minors]), differ(Difference::Definition, &tilde, &women));
        let counted = figure(1, 95.0, STARTED);
        assert_eq!(total(&[&counted, &women]), differ(Difference::Standing, &counted, &women));
    }

    #[test]
    fn an_actual_number_stands_beside_a_target_only_where_both_say_the_same() {
        let actual = figure(1, 95.0, " Donne  con un PERCORSO avviato nel periodo.");
        let target = MeasureValue { standing: Standing::Target, ..figure(1, 150.0, STARTED) };
        assert_eq!(against(&actual, &target), Ok(Reached { share_percent: 63.3, missing: 55.0 }));
        let nearly = MeasureValue { value: Some(149.99), ..actual.clone() };
        assert_eq!(against(&nearly, &target), Ok(Reached { share_percent: 99.9, missing: 0.01 }));
        let more = MeasureValue { value: Some(300.0), ..actual.clone() };
        assert_eq!(against(&more, &target), Ok(Reached { share_percent: 200.0, missing: 0.0 }));
        let words = Period { words: Text::both("triennio", "three years"), days: None };
        let other = MeasureValue { period: words, unit: "euro".to_owned(), value: None, ..target.clone() };
        let reasons = [Difference::Unit, Difference::Period].map(NotCompared::Differ);
        assert_eq!(against(&actual, &other), Err([&reasons[..], &[NotCompared::TargetNotKnown]].concat()));
        let nothing = MeasureValue { value: Some(0.0), ..target.clone() };
        assert_eq!(against(&actual, &nothing), Err(vec![NotCompared::TargetIsZero]));
        let withdrawn = MeasureValue { state: FigureState::Withdrawn, ..actual };
        assert_eq!(against(&withdrawn, &target), Err(vec![NotCompared::ActualNotKnown]));
    }

    #[test]
    fn what_is_not_known_is_named_and_never_zero_and_nothing_is_counted_twice() {
        let (one, silent) = (figure(1, 95.0, STARTED), figure(2, None, STARTED));
        assert_eq!(total(&[&one, &silent]), Err(NotAddable::NotKnown(vec![silent.id])));
        assert_eq!(total(&[&one, &one]), Err(NotAddable::Twice([one.id, one.id])));
        let again = figure(1, 95.0, STARTED);
        assert_eq!(total(&[&one, &again]), Err(NotAddable::Twice([one.id, again.id])));
        assert_eq!(total(&[]), Err(NotAddable::Nothing));
        assert_eq!(total(&[&one]), Ok(95.0));
    }

    #[test]
    fn measures_of_a_projects_own_are_told_apart_by_their_label() {
        let own = |label: &str| MeasureValue {
            measure: String::new(),
            label: Text::new([("it".to_owned(), label.to_owned())].into()),
            ..figure(1, 1.0, STARTED)
        };
        assert!(own("Alberi piantati").is_of_measure_of(&own(" alberi  Piantati")));
        assert!(!own("Alberi piantati").is_of_measure_of(&own("Alberi curati")));
        let english = Text::new([("en".to_owned(), "Trees".to_owned())].into());
        assert!(!is_same_text(&english, &own("Alberi").label), "no language in common says nothing");
    }

    proptest! {
        #[test]
        fn parts_that_were_split_to_the_hundredth_add_up_and_one_hundredth_more_does_not(
            parts in prop::collection::vec(0_u32..100_000_000, 1..20), rest in 0_u32..1_000_000,
        ) {
            let total: u64 = parts.iter().copied().map(u64::from).sum::<u64>() + u64::from(rest);
            let value = |hundredths: u64| f64::from(u32::try_from(hundredths / 100).unwrap())
                + f64::from(u32::try_from(hundredths % 100).unwrap()) / 100.0;
            let named = parts.iter().map(|one| part("a", value(u64::from(*one)))).collect();
            let split = Breakdown { named, other: 0.0, not_known: value(u64::from(rest)) };
            prop_assert_eq!(split.check(Some(value(total))), Ok(()));
            prop_assert!(split.check(Some(value(total + 1))).is_err());
        }

        #[test]
        fn a_sum_does_not_depend_on_the_order_and_taking_one_away_gives_the_others(values in prop::collection::vec(0_u16.., 2..8)) {
            let of = |value: &u16, project: usize| figure(project as u128, f64::from(*value), STARTED);
            let figures: Vec<MeasureValue> = values.iter().zip(1..).map(|(value, project)| of(value, project)).collect();
            let mut all: Vec<&MeasureValue> = figures.iter().collect();
            let forward = total(&all);
            all.reverse();
            prop_assert_eq!(&forward, &total(&all));
            let whole = figure(0, forward.unwrap(), STARTED);
            prop_assert_eq!(remainder(&whole, &all[1..]), Ok(all[0].value.unwrap()));
        }
    }
}
