// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Which items make up each indicator in this wave, for whom, and what is each answer worth?

use crate::domain::answer::{Answer, NoAnswer};
use crate::domain::framework::{Framework, Item, Scale};
use crate::domain::profile::Profile;

/// A letter that is no answer to an item that applied.
pub const UNANSWERED: u16 = u16::MAX;
/// A letter that says the item did not apply.
pub const NOT_APPLICABLE: u16 = u16::MAX - 1;

/// How the items of every indicator are read.
#[derive(Debug)]
pub struct Plan {
    /// One per indicator, in framework order.
    pub indicators: Vec<IndicatorPlan>,
}

/// How the items of one indicator are read.
#[derive(Debug)]
pub struct IndicatorPlan {
    /// Items in use.
    pub items: Vec<ItemPlan>,
    /// Steps from the lowest to the highest point, common to all items.
    pub range: u32,
    /// Whether waves of this type ask the indicator.
    pub asked: bool,
    /// Answers needed, by group and number of applicable items.
    required: Vec<Vec<u32>>,
}

/// How one item is read.
#[derive(Debug)]
pub struct ItemPlan {
    /// Position among the framework's items.
    pub column: usize,
    /// Whether each group is asked.
    pub audience: Vec<bool>,
    /// The points of its scale in ascending order of worth, evenly spaced, as places of letters; none for a gap.
    pub options: Vec<usize>,
    /// Steps above the lowest end of each answer, reversed items turned round; by letter.
    steps: [u16; 128],
}

impl Plan {
    /// The plan for a wave of this type; items whose position is marked in `left_out` do not count.
    pub fn new(framework: &Framework, profile: &Profile, wave_type: Option<&str>, left_out: &[bool]) -> Self {
        let mut column = 0;
        let mut indicators = Vec::new();
        for indicator in &framework.indicators {
            let range = indicator.items.iter().map(|item| range_of(framework, item)).fold(1, least_multiple);
            let mut items = Vec::new();
            for item in &indicator.items {
                if !left_out.get(column).copied().unwrap_or(false) {
                    items.push(ItemPlan::new(framework, item, column, range));
                }
                column += 1;
            }
            let asked = wave_type
                .is_none_or(|code| indicator.waves.is_empty() || indicator.waves.iter().any(|one| one == code));
            indicators.push(IndicatorPlan::new(items, range, asked, framework.groups.len(), profile));
        }
        Self { indicators }
    }
}

impl IndicatorPlan {
    fn new(items: Vec<ItemPlan>, range: u32, asked: bool, groups: usize, profile: &Profile) -> Self {
        let count = |group: usize| items.iter().filter(|item| item.asks(group)).map(|_| 1).sum::<u32>();
        let required = |group| {
            let addressed = count(group);
            (0..=addressed).map(|applicable| profile.answers_required(addressed, applicable)).collect()
        };
        let required = (0..groups).map(required).collect();
        Self { items, range, asked, required }
    }

    /// Answers a member of the group needs for a valid score.
    pub fn required(&self, group: usize, applicable: usize) -> Option<u32> {
        self.required.get(group).and_then(|counts| counts.get(applicable)).copied()
    }

    /// Whether any item is addressed to the group.
    pub fn addresses(&self, group: usize) -> bool {
        self.items.iter().any(|item| item.asks(group))
    }
}

impl ItemPlan {
    fn new(framework: &Framework, item: &Item, column: usize, range: u32) -> Self {
        let audience = framework.groups.iter().map(|group| item.addresses(&group.code)).collect();
        let mut steps = [UNANSWERED; 128];
        for reason in NoAnswer::ALL.into_iter().filter(|reason| !reason.applies()) {
            set(&mut steps, Answer::None(reason), NOT_APPLICABLE);
        }
        if let Some(scale) = framework.scale(&item.scale) {
            let factor = range / range_of(framework, item).max(1);
            for point in &scale.points {
                let above = u32::from(above_lowest(scale, *point, item.reverse)) * factor;
                set(&mut steps, Answer::Point(*point), u16::try_from(above).unwrap_or(UNANSWERED));
            }
        }
        let options = framework.scale(&item.scale).map_or_else(Vec::new, |scale| options(scale, item.reverse));
        Self { column, audience, options, steps }
    }

    /// Whether the item is addressed to the group.
    pub fn asks(&self, group: usize) -> bool {
        self.audience.get(group).copied().unwrap_or(false)
    }

    /// How often each option was chosen, from counts by letter, lowest worth first.
    pub fn chosen(&self, letters: &[u64]) -> Vec<u64> {
        self.options.iter().map(|place| letters.get(*place).copied().unwrap_or(0)).collect()
    }

    /// Steps above the lowest end, or [`UNANSWERED`], or [`NOT_APPLICABLE`].
    pub fn steps(&self, letter: u8) -> u16 {
        self.steps.get(usize::from(letter)).copied().unwrap_or(UNANSWERED)
    }
}

fn set(steps: &mut [u16; 128], answer: Answer, worth: u16) {
    if let Some(place) = steps.get_mut(usize::from(answer.letter())) {
        *place = worth;
    }
}

/// Every place from one end of the scale to the other, in the widest even steps that meet all points.
fn options(scale: &Scale, reverse: bool) -> Vec<usize> {
    let (low, high) = scale.ends();
    let step = scale.points.iter().fold(0, |step, point| common_divisor(step, u64::from(point.saturating_sub(low))));
    let step = usize::try_from(step).unwrap_or(1).max(1);
    let mut options: Vec<usize> = (usize::from(low)..=usize::from(high)).step_by(step).collect();
    if reverse {
        options.reverse();
    }
    options
}

fn above_lowest(scale: &Scale, point: u8, reverse: bool) -> u8 {
    let (low, high) = scale.ends();
    if reverse { high.saturating_sub(point) } else { point.saturating_sub(low) }
}

fn range_of(framework: &Framework, item: &Item) -> u32 {
    framework.scale(&item.scale).map_or(1, |scale| {
        let (low, high) = scale.ends();
        u32::from(high.saturating_sub(low)).max(1)
    })
}

fn least_multiple(one: u32, other: u32) -> u32 {
    one / common_divisor(u64::from(one), u64::from(other)).try_into().unwrap_or(1).max(1) * other
}

/// Greatest common divisor.
pub fn common_divisor(mut one: u64, mut other: u64) -> u64 {
    while other > 0 {
        (one, other) = (other, one % other);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn worth(points: &[u8], reverse: bool, letter: u8) -> f64 {
        let framework = samples::framework(points, &[("A", &[("A1", reverse)])]);
        let plan = Plan::new(&framework, &Profile::default(), None, &[]);
        let indicator = &plan.indicators[0];
        100.0 * f64::from(indicator.items[0].steps(letter)) / f64::from(indicator.range)
    }

    #[test]
    fn answers_become_percent_of_the_maximum() {
        let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-12, "{one} {other}");
        near(worth(&[1, 2, 3, 4, 5], false, b'4'), 75.0);
        near(worth(&[1, 2, 3, 4, 5], true, b'4'), 25.0);
        near(worth(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], false, b'7'), 70.0);
        near(worth(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], false, b'a'), 100.0);
        near(worth(&[0, 1], true, b'0'), 100.0);
    }

    #[test]
    fn no_reason_for_no_answer_is_a_number() {
        let framework = samples::framework(&[1, 2, 3, 4, 5], &[("A", &[("A1", false)])]);
        let plan = Plan::new(&framework, &Profile::default(), None, &[]);
        let item = &plan.indicators[0].items[0];
        for (letter, expected) in
            [(b'D', UNANSWERED), (b'R', UNANSWERED), (b'-', UNANSWERED), (b'N', NOT_APPLICABLE), (b'.', NOT_APPLICABLE)]
        {
            assert_eq!(item.steps(letter), expected);
        }
    }

    #[test]
    fn an_item_left_out_and_an_indicator_not_asked_do_not_count() {
        let mut framework = samples::framework(&[1, 2, 3], &[("A", &[("A1", false), ("A2", false)])]);
        framework.indicators[0].waves = vec!["T1".to_owned()];
        let plan = Plan::new(&framework, &Profile::default(), Some("T0"), &[true, false]);
        assert!(!plan.indicators[0].asked);
        assert_eq!(plan.indicators[0].items.len(), 1);
        assert_eq!(plan.indicators[0].required(0, 1), Some(1));
    }
}
