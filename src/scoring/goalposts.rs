// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What is a reported number worth between the goalposts of its measure? Apart from every score.

use crate::domain::framework::{Framework, Measure};
use crate::domain::goalposts::{NoPoints, Points, ReportedFigure};
use crate::domain::measure::{Figure, FigureState, MeasureValue, is_same_line, is_same_text};
use crate::stats::goalposts::goalpost;

/// What a project reported, each number and each of its revisions with its points between the goalposts of this framework
/// version: all on one line, whenever they were reported.
///
/// Numbers of one measure, unit and definition stand one after the other in the order of their periods, an actual number
/// before its target; apart from that in the order given.
#[must_use]
pub fn with_points(figures: &[Figure], framework: Option<&Framework>) -> Vec<ReportedFigure> {
    let mut placed: Vec<(_, &Figure)> = figures.iter().map(|one| (place(figures, one), one)).collect();
    placed.sort_by_key(|(place, _)| *place);
    let reported = |figure: &Figure| {
        let measure = framework.and_then(|version| measure_of(version, &figure.current));
        ReportedFigure {
            points: points(&figure.current, measure, figure.current.state),
            earlier: figure.earlier.iter().map(|one| points(one, measure, figure.current.state)).collect(),
            figure: figure.clone(),
        }
    };
    placed.into_iter().map(|(_, figure)| reported(figure)).collect()
}

/// Where a figure stands: first of its measure, first that is counted alike, first and last day, planned or counted.
fn place(figures: &[Figure], figure: &Figure) -> impl Ord + Copy + use<> {
    let one = &figure.current;
    let of_measure = |other: &Figure| other.current.is_of_measure_of(one);
    let alike = |other: &Figure| {
        let unit = is_same_line(&other.current.unit, &one.unit);
        of_measure(other) && unit && is_same_text(&other.current.definition, &one.definition)
    };
    let first = figures.iter().position(of_measure);
    (first, figures.iter().position(alike), one.period.days.is_none(), one.period.days, one.standing.code())
}

fn measure_of<'a>(framework: &'a Framework, figure: &MeasureValue) -> Option<&'a Measure> {
    framework.measures.iter().find(|measure| measure.code == figure.measure)
}

/// The points of a revision of a figure that is in this state now.
fn points(figure: &MeasureValue, measure: Option<&Measure>, now: FigureState) -> Result<Points, NoPoints> {
    let measure = measure.ok_or(NoPoints::NoGoalposts)?;
    let goalposts = measure.goalposts.ok_or(NoPoints::NoGoalposts)?;
    if now == FigureState::Withdrawn || figure.state == FigureState::Withdrawn {
        return Err(NoPoints::Withdrawn);
    }
    let value = figure.known().ok_or(NoPoints::NotKnown)?;
    if !is_same_line(&figure.unit, &measure.unit) {
        return Err(NoPoints::OtherUnit(measure.unit.clone()));
    }
    // Goalposts are finite and differ; a reported number is finite, or not known.
    let points = goalpost(value, goalposts.worst(), goalposts.best()).map_err(|_| NoPoints::NotKnown)?;
    let own_definition = !is_same_text(&figure.definition, &measure.definition);
    Ok(Points { value: points, goalposts, beyond: goalposts.beyond(value), own_definition })
}

#[cfg(test)]
mod tests {
    use super::super::{samples, score_wave};
    use super::*;
    use crate::domain::framework::MeasureKind;
    use crate::domain::goalposts::{AgainstTarget, Goalpost, Goalposts, against_target};
    use crate::domain::measure::{Difference, NotCompared, Period, Standing};
    use crate::domain::profile::{Profile, ScoreView};
    use crate::domain::response::Roster;
    use crate::domain::text::Text;
    use jiff::civil::date;
    use uuid::Uuid;

    const UNTIL: &str = "Giorni fino alla firma.";

    fn measure(code: &str, unit: &str, goalposts: Option<(f64, f64)>) -> Measure {
        Measure {
            code: code.to_owned(),
            kind: MeasureKind::Process,
            unit: unit.to_owned(),
            name: Text::both("Giorni", "Days"),
            definition: Text::both(UNTIL, "Days until signature."),
            breakdown_of: None,
            goalposts: goalposts.map(|(worst, best)| Goalposts::new(worst, best).unwrap()),
        }
    }

    fn framework(measures: &[Measure]) -> Framework {
        let sketch: &[samples::Sketch<'_>] = &[("F1", &[("F1a", false), ("F1b", false)]), ("O1", &[("O1a", false)])];
        Framework { measures: measures.to_vec(), ..samples::framework(&[1, 2, 3, 4, 5], sketch) }
    }

    fn value(code: &str, unit: &str, value: Option<f64>, year: Option<i16>) -> MeasureValue {
        MeasureValue {
            organisation_id: Uuid::nil(),
            id: Uuid::now_v7(),
            revision: 1,
            project_id: Uuid::nil(),
            measure: code.to_owned(),
            label: Text::both("Giorni", "Days"),
            value,
            parts: None,
            unit: unit.to_owned(),
            definition: Text::new([("it".to_owned(), UNTIL.to_owned())].into()),
            period: Period { words: Text::default(), days: year.map(|year| (date(year, 1, 1), date(year, 12, 31))) },
            as_of: None,
            source: "registro".to_owned(),
            standing: Standing::Actual,
            state: FigureState::Reported,
            reason: String::new(),
            reported_at: None,
        }
    }

    fn figure(current: MeasureValue) -> Figure {
        Figure { current, earlier: Vec::new() }
    }

    fn worth(framework: &Framework, current: MeasureValue) -> Result<Points, NoPoints> {
        with_points(&[figure(current)], Some(framework)).remove(0).points
    }

    #[track_caller]
    fn assert_worth(framework: &Framework, current: MeasureValue, expected: f64, beyond: Option<Goalpost>) {
        let found = worth(framework, current).unwrap();
        assert!((found.value - expected).abs() < 1e-9 && found.beyond == beyond, "{found:?}, expected {expected}");
    }

    #[test]
    fn fewer_days_are_better_and_beyond_a_goalpost_nothing_more_is_gained() {
        let version = framework(&[measure("N1", "days", Some((90.0, 30.0)))]);
        let days = |days| value("N1", "days", Some(days), None);
        let told = [(45.0, 75.0), (90.0, 0.0), (30.0, 100.0), (70.0, 100.0 / 3.0), (89.4, 1.0), (31.5, 97.5)];
        for (number, points) in told {
            assert_worth(&version, days(number), points, None);
        }
        assert_worth(&version, days(10.0), 100.0, Some(Goalpost::Best));
        assert_worth(&version, days(120.0), 0.0, Some(Goalpost::Worst));
    }

    #[test]
    fn levels_of_a_rubric_are_quarters() {
        let version = framework(&[measure("N1", "level", Some((0.0, 4.0)))]);
        for (level, points) in [(0.0, 0.0), (1.0, 25.0), (2.0, 50.0), (3.0, 75.0), (4.0, 100.0)] {
            assert_worth(&version, value("N1", "level", Some(level), None), points, None);
        }
    }

    #[test]
    fn a_target_has_points_too_and_another_definition_is_said() {
        let version = framework(&[measure("N1", "days", Some((90.0, 30.0)))]);
        let target = MeasureValue { standing: Standing::Target, ..value("N1", "days", Some(60.0), None) };
        assert_worth(&version, target.clone(), 50.0, None);
        assert!(!worth(&version, target.clone()).unwrap().own_definition);
        let own = MeasureValue { definition: Text::both("Giorni lavorativi.", "Working days."), ..target };
        assert!(worth(&version, own).unwrap().own_definition);
    }

    #[test]
    fn where_fewer_is_better_a_target_is_told_in_points_and_not_as_a_share() {
        let version = framework(&[measure("N1", "days", Some((90.0, 30.0))), measure("N2", "days", Some((0.0, 90.0)))]);
        let both = |code: &str, year| {
            let target = MeasureValue { standing: Standing::Target, ..value(code, "days", Some(30.0), Some(2024)) };
            let figures = [value(code, "days", Some(60.0), Some(year)), target].map(figure);
            let found = with_points(&figures, Some(&version));
            against_target(&found[0], &found[1])
        };
        match both("N1", 2024) {
            Ok(AgainstTarget::Points { actual, target }) => assert!(actual.value < target.value),
            other => panic!("{other:?}"),
        }
        assert!(matches!(both("N2", 2024), Ok(AgainstTarget::Share(reached)) if reached.share_percent > 199.0));
        assert_eq!(both("N1", 2023), Err(vec![NotCompared::Differ(Difference::Period)]));
    }

    #[test]
    fn what_is_not_known_taken_back_or_counted_otherwise_has_none_and_says_why() {
        let version = framework(&[measure("N1", "days", Some((90.0, 30.0))), measure("N2", "days", None)]);
        assert_eq!(worth(&version, value("N1", "days", None, None)), Err(NoPoints::NotKnown));
        let weeks = worth(&version, value("N1", "weeks", Some(5.0), None));
        assert_eq!(weeks, Err(NoPoints::OtherUnit("days".to_owned())));
        assert!(worth(&version, value("N1", " DAYS", Some(45.0), None)).is_ok());
        let withdrawn = MeasureValue { state: FigureState::Withdrawn, ..value("N1", "days", Some(45.0), None) };
        assert_eq!(worth(&version, withdrawn.clone()), Err(NoPoints::Withdrawn));
        for other in ["N2", "N3", ""] {
            assert_eq!(worth(&version, value(other, "days", Some(45.0), None)), Err(NoPoints::NoGoalposts));
        }
        let before = value("N1", "days", Some(45.0), None);
        let taken_back = Figure { current: withdrawn, earlier: vec![before.clone()] };
        assert_eq!(with_points(&[taken_back], Some(&version))[0].earlier, [Err(NoPoints::Withdrawn)]);
        assert_eq!(with_points(&[figure(before)], None)[0].points, Err(NoPoints::NoGoalposts));
    }

    #[test]
    fn what_was_reported_before_is_worth_what_the_goalposts_in_force_say() {
        let (current, before) = (value("N1", "days", Some(45.0), None), value("N1", "days", Some(60.0), None));
        let reported = [Figure { current, earlier: vec![before] }];
        let both = |worst, best| {
            let version = framework(&[measure("N1", "days", Some((worst, best)))]);
            let found = with_points(&reported, Some(&version)).remove(0);
            [found.points.unwrap().value, found.earlier[0].as_ref().unwrap().value].map(f64::round)
        };
        assert_eq!(both(90.0, 30.0).map(f64::to_bits), [75.0, 50.0].map(f64::to_bits));
        assert_eq!(both(120.0, 20.0).map(f64::to_bits), [75.0, 60.0].map(f64::to_bits));
    }

    #[test]
    fn what_is_counted_alike_stands_one_under_the_other_in_the_order_of_periods() {
        let other_way = |year| MeasureValue { definition: Text::both("A.", "A."), ..value("N1", "days", None, year) };
        let target = MeasureValue { standing: Standing::Target, ..value("N1", "days", Some(1.0), Some(2024)) };
        let figures = [
            target,
            value("N2", "days", Some(2.0), Some(2025)),
            other_way(Some(2020)),
            value("N1", "days", Some(3.0), None),
            value("N1", "days", Some(4.0), Some(2025)),
            value("N1", "days", Some(5.0), Some(2024)),
            value("N1", "days", Some(6.0), Some(2023)),
        ]
        .map(figure);
        let found = with_points(&figures, None);
        let order: Vec<Option<f64>> = found.iter().map(|one| one.figure.current.value).collect();
        assert_eq!(order, [Some(6.0), Some(5.0), Some(1.0), Some(4.0), Some(3.0), None, Some(2.0)]);
    }

    #[test]
    fn scores_are_the_same_with_goalposts_and_without() {
        let rows: Vec<(usize, &str)> =
            (0..24).map(|person| (person / 12, ["123", "454", "335", "211"][person % 4])).collect();
        let scores = |measures: &[Measure]| {
            let version = framework(measures);
            let wave = samples::wave(&version, "T1", &rows);
            let roster = Roster::new(vec![Some(20); 4]);
            let profile = Profile { bootstrap_draws: 50, permutations: 50, ..Profile::default() };
            score_wave(&version, &wave, &roster, &profile, ScoreView::Full)
        };
        let without = scores(&[]);
        assert!(without.pillars.iter().any(|pillar| pillar.value.is_ok()), "there is something to be changed");
        assert_eq!(scores(&[measure("N1", "days", Some((90.0, 30.0)))]), without);
    }
}
