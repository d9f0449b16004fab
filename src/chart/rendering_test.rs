// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does every chart print well-formed, with unique ids and nothing outside its view box?

use std::collections::HashSet;

use handlebars::{Handlebars, RenderError, TemplateError};

use super::{DivergingBars, DotInterval, Drawing, Figure, Funnel, GroupGaps, Slope};

const TEMPLATES: [(&str, &str); 3] = [
    ("charts/figure", include_str!("../../templates/charts/figure.hbs")),
    ("charts/drawing", include_str!("../../templates/charts/drawing.hbs")),
    ("charts/table", include_str!("../../templates/charts/table.hbs")),
];

fn templates() -> Result<Handlebars<'static>, TemplateError> {
    let mut templates = Handlebars::new();
    templates.set_strict_mode(true);
    for (name, source) in TEMPLATES {
        templates.register_template_string(name, source)?;
    }
    Ok(templates)
}

fn samples() -> Vec<Figure> {
    [DotInterval::samples(), GroupGaps::samples(), DivergingBars::samples(), Funnel::samples(), Slope::samples()]
        .concat()
}

fn pages() -> Result<Vec<String>, RenderError> {
    let templates = templates().map_err(RenderError::from)?;
    samples().iter().map(|figure| templates.render("charts/figure", figure)).collect()
}

/// Names of open elements are kept; what does not close what is open is an error.
fn malformed(page: &str) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    for piece in page.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { return Some(piece.to_owned()) };
        let name = tag.trim_end_matches('/').split_whitespace().next().unwrap_or_default();
        if text.contains('>') || tag.matches('"').count() % 2 == 1 || name.is_empty() {
            return Some(piece.to_owned());
        }
        match name.strip_prefix('/') {
            Some(closed) if open.pop() != Some(closed) => return Some(piece.to_owned()),
            Some(_) => {}
            None if tag.ends_with('/') => {}
            None => open.push(name),
        }
    }
    open.pop().map(ToOwned::to_owned)
}

fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The point a path command leads to: its last two numbers.
fn last_pair(command: &str) -> Option<(f64, f64)> {
    let numbers = command.trim_end_matches(char::is_alphabetic).split_whitespace();
    let numbers: Vec<f64> = numbers.filter_map(|number| number.parse().ok()).collect();
    match numbers.as_slice() {
        [.., x, y] => Some((*x, *y)),
        _ => None,
    }
}

/// Every point of the drawing: ends of lines, corners, path data, and the estimated extent of the texts.
fn points(drawing: &Drawing) -> Vec<(f64, f64)> {
    let mut points = Vec::new();
    for band in &drawing.bands {
        points.extend([(band.x, band.y), (band.x + band.width, band.y + band.height)]);
    }
    for stroke in &drawing.strokes {
        points.extend([(stroke.x1, stroke.y1), (stroke.x2, stroke.y2)]);
    }
    for mark in &drawing.marks {
        points.extend(mark.path.split_inclusive(char::is_alphabetic).filter_map(last_pair));
    }
    for text in &drawing.texts {
        for line in &text.lines {
            let width = drawing.size.measure(&line.words);
            let left = match text.anchor {
                "start" => line.x,
                "middle" => line.x - width / 2.0,
                _ => line.x - width,
            };
            points.extend([(left, line.y - 13.0), (left + width, line.y + 3.0)]);
        }
    }
    points
}

#[test]
fn every_sample_prints_in_strict_mode_and_is_well_formed() -> Result<(), RenderError> {
    let pages = pages()?;
    assert_eq!(pages.len(), 4 + 4 + 5);
    for page in pages {
        assert_eq!(malformed(&page), None);
        assert!(!page.contains(" style=") && !page.contains("<b>") && !page.contains("NaN"));
    }
    Ok(())
}

#[test]
fn the_check_of_form_sees_what_is_wrong() {
    assert_eq!(malformed("<a><b/></a>"), None);
    for bad in ["<a>", "</a>", "<a><b></a></b>", "<a b=\"></a>", "<a>></a>", "<a"] {
        assert!(malformed(bad).is_some(), "{bad}");
    }
}

#[test]
fn ids_are_unique_in_a_page_of_all_charts_and_every_reference_meets_one() -> Result<(), RenderError> {
    let page = pages()?.concat();
    let ids = attributes(&page, "id");
    let known: HashSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), known.len());
    for name in ["aria-labelledby", "aria-describedby"] {
        assert!(attributes(&page, name).iter().all(|reference| known.contains(reference)));
    }
    Ok(())
}

#[test]
fn nothing_lies_outside_the_view_box() {
    for figure in samples() {
        for picture in &figure.pictures {
            let drawing = &picture.drawing;
            let outside = |(x, y): &(f64, f64)| *x < 0.0 || *x > drawing.width || *y < 0.0 || *y > drawing.height;
            let strays: Vec<(f64, f64)> = points(drawing).into_iter().filter(outside).collect();
            assert!(strays.is_empty(), "{}: {strays:?}", picture.id);
        }
    }
}

#[test]
fn a_chart_of_nothing_has_its_sentence_but_no_drawing_and_no_table() -> Result<(), RenderError> {
    let templates = templates().map_err(RenderError::from)?;
    for samples in
        [DotInterval::samples(), GroupGaps::samples(), DivergingBars::samples(), Funnel::samples(), Slope::samples()]
    {
        let empty = samples.last().map(|figure| templates.render("charts/figure", figure)).transpose()?;
        let page = empty.unwrap_or_default();
        assert!(page.contains("chart-sentence") && !page.contains("<svg") && !page.contains("<table"));
    }
    Ok(())
}

#[test]
fn every_row_of_a_table_has_a_cell_per_column() {
    for table in samples().into_iter().filter_map(|figure| figure.table) {
        assert!(!table.caption.is_empty());
        assert!(table.rows.iter().all(|row| row.cells.len() + 1 == table.columns.len()));
    }
}
