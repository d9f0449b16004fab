// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How do labels keep clear of each other without straying from what they name?

/// A label that wants to begin at `start` and takes `length`, along one direction, in drawing units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wish {
    pub(super) start: f64,
    pub(super) length: f64,
}

/// Labels that push against each other and move as one.
struct Cluster {
    members: usize,
    /// Sum of the starts the members would give to the whole cluster.
    wishes: f64,
    length: f64,
}

impl Cluster {
    fn start(&self, from: f64, to: f64) -> f64 {
        let wanted = self.wishes / super::drawing::number(self.members);
        wanted.min(to - self.length).max(from)
    }
}

/// Starts for all labels, in the order given: none overlaps, their order along the line is kept, none leaves
/// `from..to` as long as all of them fit, and the sum of the squared shifts is least.
pub(super) fn spread(wishes: &[Wish], from: f64, to: f64) -> Vec<f64> {
    let mut order: Vec<(usize, Wish)> = wishes.iter().copied().enumerate().collect();
    order.sort_by(|a, b| a.1.start.total_cmp(&b.1.start));
    let clusters = clusters(&order, from, to);
    let mut starts = vec![from; wishes.len()];
    let mut members = order.into_iter();
    for cluster in clusters {
        let mut start = cluster.start(from, to);
        for (index, wish) in members.by_ref().take(cluster.members) {
            if let Some(slot) = starts.get_mut(index) {
                *slot = start;
            }
            start += wish.length;
        }
    }
    starts
}

/// Where each of several boxes, given from left to right by centre and width, finds room: level 0 is the first line.
pub(super) fn levels(boxes: &[(f64, f64)], space: f64) -> Vec<usize> {
    let mut ends: Vec<f64> = Vec::new();
    let mut levels = Vec::new();
    for (centre, width) in boxes {
        let (start, end) = (centre - width / 2.0, centre + width / 2.0);
        let level = ends.iter().position(|taken| taken + space <= start).unwrap_or(ends.len());
        match ends.get_mut(level) {
            Some(taken) => *taken = end,
            None => ends.push(end),
        }
        levels.push(level);
    }
    levels
}

fn clusters(order: &[(usize, Wish)], from: f64, to: f64) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (_, wish) in order {
        let mut next = Cluster { members: 1, wishes: wish.start, length: wish.length };
        while let Some(last) = clusters.pop() {
            if last.start(from, to) + last.length <= next.start(from, to) {
                clusters.push(last);
                break;
            }
            next = Cluster {
                members: last.members + next.members,
                wishes: last.wishes + next.wishes - last.length * super::drawing::number(next.members),
                length: last.length + next.length,
            };
        }
        clusters.push(next);
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(wanted: &[f64]) -> Vec<f64> {
        let wishes: Vec<Wish> = wanted.iter().map(|start| Wish { start: *start, length: 20.0 }).collect();
        spread(&wishes, 0.0, 200.0)
    }

    #[test]
    fn labels_with_room_stay_where_they_want_to_be() {
        assert!(starts(&[]).is_empty());
        assert_eq!(starts(&[30.0]), [30.0]);
        assert_eq!(starts(&[100.0, 10.0, 60.0]), [100.0, 10.0, 60.0]);
    }

    #[test]
    fn labels_at_one_place_stand_around_it() {
        assert_eq!(starts(&[100.0, 100.0]), [90.0, 110.0]);
        assert_eq!(starts(&[100.0, 100.0, 100.0]), [80.0, 100.0, 120.0]);
    }

    #[test]
    fn labels_at_the_ends_stay_inside() {
        assert_eq!(starts(&[-50.0, 400.0]), [0.0, 180.0]);
        assert_eq!(starts(&[195.0, 195.0, 195.0]), [140.0, 160.0, 180.0]);
    }

    #[test]
    fn a_chain_of_close_labels_never_overlaps() {
        let mut found = starts(&[10.0, 12.0, 14.0, 50.0, 61.0, 70.0, 190.0, 190.0]);
        found.sort_by(f64::total_cmp);
        let gaps = found.iter().zip(found.iter().skip(1)).map(|(a, b)| b - a);
        assert!(gaps.fold(f64::MAX, f64::min) >= 20.0 - 1e-9);
        assert!(found.first().is_some_and(|first| *first >= 0.0));
        assert!(found.last().is_some_and(|last| *last <= 180.0));
    }

    #[test]
    fn boxes_that_touch_go_on_another_level() {
        assert_eq!(levels(&[(10.0, 20.0), (40.0, 20.0)], 6.0), [0, 0]);
        assert_eq!(levels(&[(10.0, 20.0), (30.0, 20.0), (50.0, 20.0)], 6.0), [0, 1, 0]);
    }
}
