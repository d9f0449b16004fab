// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a chart of a page come onto paper? The same drawing, in shades of grey, with a text in its place.

use super::super::render;
use super::Report;
use crate::chart::Figure;
use crate::domain::text::Language;
use crate::print::{self, Drawn};

/// Shades and letters that a page takes from its style sheet.
const SHADES: &str = "text{font-family:'Titillium Web','DejaVu Sans';fill:#1a1a1a}\
    .chart-value{font-weight:700}.chart-label--muted{fill:#4d4d4d}text.chart-muted{fill:#4d4d4d}\
    .chart-grid{stroke:#cccccc;stroke-width:1}.chart-axis{stroke:#808080;stroke-width:1}\
    .chart-interval{stroke:#4d4d4d;stroke-width:3}.chart-dot{fill:#1a1a1a;stroke:#ffffff;stroke-width:1.5}\
    .chart-dot--hollow{fill:#ffffff;stroke:#1a1a1a}.chart-gap{stroke:#808080;stroke-width:2.5}\
    .chart-band{fill:#f0f0f0}";

/// The report as it is printed.
#[must_use]
pub fn on_paper(report: Report) -> print::Report {
    let language = report.head.language;
    report.redrawn(|figure| drawn(&figure, language))
}

/// A figure as it is printed; nothing where nothing is drawn.
pub(super) fn drawn(figure: &Figure, language: Language) -> Option<Drawn> {
    let picture = figure.pictures.first()?;
    let page = render::part("charts/drawing", picture, language).ok()?;
    let (start, inside) = page.get(page.find("<svg ")?..)?.split_once('>')?;
    let open = start.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
    let caption = format!("{}. {}", figure.title, figure.sentence);
    Some(Drawn {
        svg: format!("{open}><style>{SHADES}</style>{}", inside.trim_end()),
        alt: format!("{caption} {}", picture.description),
        caption,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{DotInterval, GroupGaps, Slope};

    #[test]
    fn every_chart_has_a_drawing_that_stands_alone_and_words_in_its_place() {
        let samples = [DotInterval::samples(), GroupGaps::samples(), Slope::samples()].concat();
        for figure in samples.iter().filter(|figure| !figure.pictures.is_empty()) {
            let drawn = drawn(figure, Language::It).unwrap();
            assert!(drawn.svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""), "{}", drawn.svg);
            assert!(drawn.svg.ends_with("</svg>"));
            assert!(drawn.alt.contains(&figure.sentence) && drawn.caption.contains(&figure.title));
        }
    }
}
