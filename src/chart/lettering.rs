// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How wide is a text, and where does it break so that it never leaves its column?
//!
//! The server has no fonts: Latin widths are those of the page font's semibold, rounded up; for scripts the page font
//! does not cover they are estimated on the generous side.

/// From one baseline to the next, in drawing units.
pub(super) const LINE_HEIGHT: f64 = 18.0;
/// From the middle of a line to its baseline, in drawing units.
pub(super) const BASELINE: f64 = 5.0;

const ELLIPSIS: char = '…';

/// A text broken into lines; `full` holds all of it when something had to be left out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wrapped {
    pub(super) lines: Vec<String>,
    pub(super) full: Option<String>,
}

impl Wrapped {
    /// Height of the lines, in drawing units.
    pub(super) fn height(&self) -> f64 {
        super::drawing::number(self.lines.len()) * LINE_HEIGHT
    }

    /// Width of the widest line at a size of lettering, in drawing units.
    pub(super) fn width(&self, font_size: f64) -> f64 {
        self.lines.iter().map(|line| width(line, font_size)).fold(0.0, f64::max)
    }
}

/// Estimated width of a text at a size of lettering, in drawing units.
pub(super) fn width(text: &str, font_size: f64) -> f64 {
    ems(text) * font_size
}

/// Breaks a text at spaces, or inside a word that is too long, into at most `most` lines of a width in ems.
pub(super) fn wrap(text: &str, room: f64, most: usize) -> Wrapped {
    let clean = clean(text);
    let mut lines = break_lines(&clean, room);
    if lines.len() <= most {
        return Wrapped { lines, full: None };
    }
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        *last = shorten(last, room);
    }
    Wrapped { lines, full: Some(clean) }
}

/// Spaces and control characters become single spaces.
pub(super) fn clean(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ems(text: &str) -> f64 {
    text.chars().map(advance).sum()
}

fn break_lines(text: &str, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if ems(&joined) <= room {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut pieces = break_word(word, room);
        line = pieces.pop().unwrap_or_default();
        lines.append(&mut pieces);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn break_word(word: &str, room: f64) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for c in word.chars() {
        let full = ems(&piece) + advance(c) > room;
        if full && !piece.is_empty() && advance(c) > 0.0 {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.push(c);
    }
    pieces.push(piece);
    pieces
}

fn shorten(line: &str, room: f64) -> String {
    let mut kept = line.to_owned();
    while !kept.is_empty() && ems(&kept) + advance(ELLIPSIS) > room {
        kept.pop();
    }
    format!("{}{ELLIPSIS}", kept.trim_end())
}

/// Width of one character, in ems.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '|' | '!' | '.' | ',' | ':' | ';' | '\'' | '’' | ' ' => 0.26,
        'f' | 'r' | 't' | 'I' | 'J' | '(' | ')' | '[' | ']' | '-' | '/' | '"' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '…' | 'æ' | 'œ' => 0.92,
        '—' => 1.15,
        'A'..='Z' => 0.65,
        '\0'..='\u{24f}' => 0.56,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        '\u{250}'..='\u{52f}' | '\u{2000}'..='\u{206f}' => 0.65,
        '\u{530}'..='\u{10ff}' | '\u{1200}'..='\u{1fff}' | '\u{2070}'..='\u{2e7f}' => 0.8,
        _ => 1.05,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gives_no_lines() {
        assert!(wrap("", 7.0, 3).lines.is_empty());
        assert!(wrap(" \n\t ", 7.0, 3).lines.is_empty());
    }

    #[test]
    fn a_short_text_stays_whole() {
        let wrapped = wrap("Fiducia", 7.0, 3);
        assert_eq!(wrapped, Wrapped { lines: vec!["Fiducia".to_owned()], full: None });
    }

    #[test]
    fn lines_break_at_spaces_and_keep_every_word() {
        let text = "Chiarezza dei ruoli e delle responsabilità";
        let wrapped = wrap(text, 11.0, 3);
        assert!(wrapped.lines.len() > 1);
        assert_eq!(wrapped.lines.join(" "), text);
        assert!(wrapped.width(1.0) <= 11.0);
    }

    #[test]
    fn a_text_of_300_characters_ends_with_an_ellipsis_and_keeps_the_full_text() {
        let text = "abcde ".repeat(50);
        let wrapped = wrap(&text, 9.0, 3);
        assert_eq!(wrapped.lines.len(), 3);
        assert!(wrapped.lines.iter().all(|line| ems(line) <= 9.0));
        assert!(wrapped.lines.last().is_some_and(|line| line.ends_with(ELLIPSIS)));
        assert_eq!(wrapped.full.as_deref(), Some(text.trim()));
    }

    #[test]
    fn a_word_longer_than_its_column_is_broken_inside() {
        let wrapped = wrap(&"x".repeat(60), 7.0, 9);
        assert!(wrapped.lines.len() > 3);
        assert!(wrapped.width(1.0) <= 7.0);
    }

    #[test]
    fn scripts_without_spaces_fit_too_and_accents_stay_with_their_letter() {
        let wrapped = wrap(&"協働の評価".repeat(20), 7.0, 3);
        assert!(wrapped.width(1.0) <= 7.0);
        let accented = wrap(&"e\u{301}".repeat(40), 7.0, 9);
        assert!(accented.lines.iter().all(|line| line.starts_with('e')));
    }

    #[test]
    fn control_characters_never_reach_the_page() {
        assert_eq!(clean("a\u{0}b\r\nc"), "a b c");
    }
}
