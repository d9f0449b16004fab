// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How participatory do the groups find a wave, and what of it may be shown?

use crate::domain::participation::{Dimension, Sheet, SheetMeans};
use crate::domain::profile::Profile;
use crate::domain::score::{Given, Withheld};
use crate::stats::describe::of_values;

use super::error::reason;

/// The mean marks of each group that filled sheets, in the order of `order`: from `k_show` marks on, and not where a
/// small group says all the same. No total is made of them, so nothing shows through one.
#[must_use]
pub fn sheet_means(sheets: &[Sheet], order: &[String], profile: &Profile) -> Vec<SheetMeans> {
    let of_group = |code: &String| {
        let own: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.group == *code).collect();
        let people = u32::try_from(own.len()).unwrap_or(u32::MAX);
        let means = Dimension::ALL.map(|dimension| {
            mean(own.iter().filter_map(|sheet| sheet.mark(dimension)).collect::<Vec<_>>().as_slice(), profile)
        });
        (people > 0).then(|| SheetMeans { group: code.clone(), people, means })
    };
    order.iter().filter_map(of_group).collect()
}

fn mean(marks: &[u8], profile: &Profile) -> Given<f64> {
    let count = u32::try_from(marks.len()).unwrap_or(u32::MAX);
    if count < profile.k_show {
        return Err(Withheld::FewerThanMinimum);
    }
    let alike = marks.iter().min() == marks.iter().max();
    if alike && count < profile.k_dist {
        return Err(Withheld::Unanimous);
    }
    let mut values: Vec<f64> = marks.iter().map(|mark| f64::from(*mark)).collect();
    values.sort_by(f64::total_cmp);
    of_values(&values).map(|found| found.mean).map_err(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(group: &str, marks: &[u8]) -> Vec<Sheet> {
        marks.iter().map(|mark| Sheet { group: group.to_owned(), marks: [Some(*mark), None, Some(3)] }).collect()
    }

    #[test]
    fn a_mean_needs_five_marks_and_some_difference() {
        let mut all = sheets("PA", &[1, 2, 3, 4]);
        all.extend(sheets("ETS", &[5, 4, 4, 5, 2]));
        let order = ["PA", "ETS", "BEN"].map(str::to_owned);
        let found = sheet_means(&all, &order, &Profile::default());
        assert_eq!(found.iter().map(|one| one.people).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(found[0].means, [Err(Withheld::FewerThanMinimum); 3]);
        assert_eq!(found[1].means, [Ok(4.0), Err(Withheld::FewerThanMinimum), Err(Withheld::Unanimous)]);
    }

    #[test]
    fn a_large_group_may_agree_openly() {
        let all = sheets("PA", &[2; 10]);
        assert_eq!(sheet_means(&all, &["PA".to_owned()], &Profile::default())[0].means[0], Ok(2.0));
    }
}
