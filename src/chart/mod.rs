// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How is a number drawn with its table and its sentence, without a script and without a style attribute?
//!
//! Each chart takes finished words and checked numbers, and gives a [`Figure`]: two drawings (wide and narrow), a table
//! with the same numbers and the sentence that says what there is to see. `templates/charts/figure.hbs` prints it.
//! The score scale is always drawn whole, from 0 to 100.

mod diverging;
mod dot_interval;
mod drawing;
mod figure;
mod funnel;
mod group_gaps;
mod legend;
mod lettering;
mod reading;
mod row;
mod samples;
mod series;
mod slope;
mod slope_ends;
mod slope_labels;
mod slope_plot;
mod slope_waves;

pub use diverging::{BarRow, BarWords, DivergingBars, Shares};
pub use dot_interval::{DotHeadings, DotInterval, DotRow};
pub use drawing::{Band, Drawing, Mark, Size, Stroke, Text, TextLine};
pub use figure::{Anchor, Caption, Cell, Figure, Picture, Table, TableRow};
pub use funnel::{Funnel, FunnelPoint, FunnelWords};
pub use group_gaps::{GapGroup, GapHeadings, GapRow, GroupGaps};
pub use legend::{Key, Symbol};
pub use reading::{Interval, Point, Range, Reading, Refused};
pub use series::{Part, Series, Tone, Verdict};
pub use slope::{Slope, SlopeLine, SlopeWords, Wave};

#[cfg(test)]
mod rendering_test;
