// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where do the name of a row, its marks, its number and its remarks stand?

use super::drawing::{Drawing, Scale, Size, Voice};
use super::lettering::{LINE_HEIGHT, Wrapped};

/// Room for names at the left of a wide drawing, in drawing units.
const NAME_ROOM: f64 = 204.0;
/// Between one row and the next, in drawing units.
const SPACE: f64 = 16.0;
/// Rows beyond which the numbers of the scale are repeated below.
const MANY_ROWS: usize = 12;

/// What a row says.
pub(super) struct Row<'a> {
    /// Its name.
    pub(super) label: &'a str,
    /// A remark under the name, such as how many answered.
    pub(super) sublabel: Option<&'a str>,
    /// The number at the right end.
    pub(super) value: &'a str,
    /// Height the marks need above and below their line; both 0 if there are none.
    pub(super) reach: (f64, f64),
    /// A remark under the marks, or in their place.
    pub(super) remark: &'a str,
}

impl Row<'_> {
    fn has_marks(&self) -> bool {
        self.reach.0 + self.reach.1 > 0.0
    }
}

/// Where the marks of a row go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The line on which the marks lie.
    pub(super) line: f64,
    /// Upper end of the lines of the scale in this row.
    pub(super) grid_top: f64,
    /// Lower end of the lines of the scale in this row.
    pub(super) grid_bottom: f64,
    /// Where the next row begins.
    pub(super) bottom: f64,
}

/// Adds the words of a row and says where its marks go.
pub(super) fn place(drawing: &mut Drawing, scale: Scale, row: &Row, top: f64) -> Place {
    match drawing.size {
        Size::Wide => beside(drawing, scale, row, top),
        Size::Narrow => above(drawing, row, top),
    }
}

/// Adds the numbers of the scale below a long chart; gives the y below them.
pub(super) fn close(drawing: &mut Drawing, scale: Scale, rows: usize, bottom: f64) -> f64 {
    if rows > MANY_ROWS { drawing.scale_numbers(scale, bottom + 2.0) } else { bottom }
}

/// The name, the marks and the number are centred on one line.
fn beside(drawing: &mut Drawing, scale: Scale, row: &Row, top: f64) -> Place {
    let (label, sublabel) = name(drawing, row, NAME_ROOM);
    let remark = drawing.size.wrap(row.remark, scale.width(), 4);
    let names = label.height() + sublabel.height();
    let instead = if row.has_marks() { 0.0 } else { remark.height() };
    let least = names.max(instead).max(LINE_HEIGHT) / 2.0;
    let line = top + SPACE / 2.0 + row.reach.0.max(least);
    let below = line + row.reach.1.max(least);
    write_name(drawing, &label, &sublabel, line - names / 2.0);
    write_value(drawing, row.value, drawing.width - scale.right - 16.0, line);
    let remark_top = if row.has_marks() { below } else { line - instead / 2.0 };
    drawing.lines(Voice::Muted, "start", (scale.left, remark_top + LINE_HEIGHT / 2.0), &remark);
    let bottom = below.max(remark_top + remark.height()) + SPACE / 2.0;
    Place { line, grid_top: top, grid_bottom: if remark.lines.is_empty() { bottom } else { below }, bottom }
}

fn above(drawing: &mut Drawing, row: &Row, top: f64) -> Place {
    let value_room = drawing.size.measure(row.value).min(drawing.width / 3.0);
    let room = drawing.width - if value_room > 0.0 { value_room + 14.0 } else { 0.0 };
    let (label, sublabel) = name(drawing, row, room);
    let inner = top + SPACE / 2.0;
    write_name(drawing, &label, &sublabel, inner);
    write_value(drawing, row.value, value_room + 1.0, inner + LINE_HEIGHT / 2.0);
    let grid_top = inner + label.height() + sublabel.height() + if row.has_marks() { 2.0 } else { 0.0 };
    let line = grid_top + row.reach.0;
    let grid_bottom = line + row.reach.1;
    let remark = drawing.size.wrap(row.remark, drawing.width, 5);
    drawing.lines(Voice::Muted, "start", (0.0, grid_bottom + LINE_HEIGHT / 2.0), &remark);
    Place { line, grid_top, grid_bottom, bottom: grid_bottom + remark.height() + SPACE }
}

fn name(drawing: &Drawing, row: &Row, room: f64) -> (Wrapped, Wrapped) {
    let size = drawing.size;
    (size.wrap(row.label, room, 3), size.wrap(row.sublabel.unwrap_or_default(), room, 2))
}

fn write_name(drawing: &mut Drawing, label: &Wrapped, sublabel: &Wrapped, top: f64) {
    let middle = top + LINE_HEIGHT / 2.0;
    drawing.lines(Voice::Label, "start", (0.0, middle), label);
    drawing.lines(Voice::Muted, "start", (0.0, middle + label.height()), sublabel);
}

fn write_value(drawing: &mut Drawing, value: &str, room: f64, middle: f64) {
    let wrapped = drawing.size.wrap(value, room, 1);
    drawing.lines(Voice::Value, "end", (drawing.width, middle), &wrapped);
}
