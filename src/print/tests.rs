// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Can everybody read what is printed, does a telephone read its squares, and does nothing that people write break it?

use jiff::civil::date;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use super::typeset::{export, lay_out, world_of};
use super::world::DocumentWorld;
use super::*;
use crate::domain::text::Language;

/// What people write, by accident or not.
const HOSTILE: [&str; 12] = [
    "#pagebreak() #panic(\"a\") $x^2$ *bold* _emph_ `raw` <label> @ref = Heading \\ // comment /* */",
    "\"); #read(\"/document.json\"); #(\"",
    "]#[}#{ #eval(\"1\") #import \"base.typ\": * #set page(width: 1pt)",
    "=HYPERLINK(\"https://evil.example\")",
    "<script>alert(1)</script> & &amp; ]]> %PDF-1.7 endobj \\(\\) \\u{202e}",
    "قيّم المشروع معنا 2026 (تجربة)",
    "שאלון על הגינה, שלב 1",
    "\u{202e}drowssap\u{202c} a\u{200b}b\u{ad}c\u{feff}\u{0}\u{7}\r\n\td",
    "👩\u{200d}👩\u{200d}👧\u{fe0f} 中文 বাংলা ਪੰਜਾਬੀ አማርኛ \u{e000} \u{10ffff} ａ",
    "e\u{301} a\u{300}\u{316}\u{31b} ﷽ ﬁ ŀ ǆ ß İ ı Ω Ж",
    "عربي\u{301}e\u{64e} mista می\u{200c}خواهم",
    "",
];

fn pages_of<D: Document>(document: &D) -> PagedDocument {
    let (world, _) = world_of(document).unwrap();
    lay_out(&world).unwrap_or_else(|problems| panic!("{}: {problems:?}", D::TEMPLATE))
}

fn compile(text: &str) -> Result<Vec<u8>, Vec<String>> {
    let world = DocumentWorld::with_text("test.typ", text.to_owned(), b"{}".to_vec()).unwrap();
    let head = Head { title: "a".to_owned(), language: Language::It, day: date(2026, 3, 1) };
    export(&world, &lay_out(&world)?, &head)
}

fn has(pdf: &[u8], words: &str) -> bool {
    pdf.windows(words.len()).any(|window| window == words.as_bytes())
}

/// What the squares on a page say, as a telephone sees them: one of `columns` by `rows` equal parts at a time.
fn seen(pages: &PagedDocument, columns: usize, rows: usize) -> Vec<String> {
    let options = RenderOptions { pixel_per_pt: 2.5.into(), ..RenderOptions::default() };
    let picture = typst_render::render(&pages.pages()[0], &options);
    let (across, pixels) = (picture.width() as usize, picture.pixels());
    let (width, height) = (across / columns, picture.height() as usize / rows);
    let part = |place: usize| {
        let (left, top) = (place % columns * width, place / columns * height);
        let shade = |x: usize, y: usize| pixels[(top + y) * across + left + x].green();
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
        image.detect_grids().first().expect("a picture of squares").decode().expect("squares that can be read").1
    };
    (0..columns * rows).map(part).collect()
}

/// Every piece of text of a page, with its size in points.
fn texts(pages: &PagedDocument, page: usize) -> Vec<(String, f64)> {
    fn collect(frame: &typst::layout::Frame, found: &mut Vec<(String, f64)>) {
        for (_, item) in frame.items() {
            match item {
                typst::layout::FrameItem::Group(group) => collect(&group.frame, found),
                typst::layout::FrameItem::Text(text) => found.push((text.text.to_string(), text.size.to_pt())),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(&pages.pages()[page].frame, &mut found);
    found
}

/// Everything that is said on the pages of a document.
pub(crate) fn words_of<D: Document>(document: &D) -> String {
    let pages = pages_of(document);
    (0..pages.pages().len()).flat_map(|page| texts(&pages, page)).map(|(text, _)| text).collect()
}

fn accessible<D: Document>() {
    for (place, document) in D::samples().unwrap().iter().enumerate() {
        let printed = pdf(document).unwrap_or_else(|error| panic!("{} {place}: {error}", D::TEMPLATE));
        assert!(printed.missing.is_empty());
        let title = format!("<rdf:li xml:lang=\"x-default\">{}</rdf:li>", document.head().title);
        for words in ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "/Lang(it-IT)", &title] {
            assert!(has(&printed.bytes, words), "{} {place} lacks {words}", D::TEMPLATE);
        }
        assert_eq!(pdf(document).unwrap(), printed, "{} {place} is never the same", D::TEMPLATE);
    }
}

#[test]
fn every_sample_is_a_pdf_that_everybody_can_read_and_the_same_each_time() {
    accessible::<Cards>();
    accessible::<Poster>();
    accessible::<Paper>();
    accessible::<Report>();
    accessible::<Placemat>();
}

#[test]
fn a_picture_without_a_text_in_its_place_does_not_compile() {
    let sheet = "#import \"base.typ\": *\n#show: sheet.with((title: \"a\", language: \"it\"))\n\
                 #let path = \"<path d='M0 0h1v1z'/>\"\n\
                 #let svg = \"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>\" + path + \"</svg>\"\n";
    let with = |line: &str| compile(&format!("{sheet}{line}"));
    assert!(with("#picture(svg, \"A corner\")\n#drawing(svg, \"A corner\", [One])").is_ok());
    assert!(with("#picture(svg, \"\")").unwrap_err()[0].contains("stands in its place"));
    assert!(with("#image(bytes(svg), format: \"svg\")").unwrap_err()[0].contains("missing alt text"));
}

#[test]
fn a_word_that_is_longer_than_its_line_is_broken() {
    let height = |words: &str| {
        let sheet = "#import \"base.typ\": *\n#set page(width: 60mm, height: auto)\n";
        let text = format!("{sheet}#breakable(\"{words}\") #address(\"{words}\")");
        let world = DocumentWorld::with_text("test.typ", text, b"{}".to_vec()).unwrap();
        lay_out(&world).unwrap().pages()[0].frame.height().to_pt()
    };
    assert!(height(&"0a".repeat(60)) > height("0a") + 60.0);
}

#[test]
fn a_template_reaches_no_disk_network_or_clock() {
    for line in [
        "#read(\"/etc/passwd\")",
        "#read(\"../../Cargo.toml\")",
        "#import \"@preview/cetz:0.4.0\"",
        "#datetime.today()",
        "#read(\"fonts/titillium-web-400.ttf\", encoding: none)",
    ] {
        assert!(compile(&format!("#set document(title: \"a\")\n{line}")).is_err(), "{line}");
    }
}

#[test]
fn what_is_wrong_in_a_template_is_told_with_its_line() {
    let problems = compile("#set document(title: \"a\")\n\n#unknown").unwrap_err();
    assert!(problems[0].contains("unknown variable") && problems[0].contains("(test.typ:3)"), "{problems:?}");
}

#[test]
fn a_telephone_reads_all_eight_cards_of_a_sheet_and_the_poster() {
    let cards = Cards::samples().unwrap().remove(0);
    let pages = pages_of(&cards);
    let expected: Vec<_> = (2..=9).map(|n| format!("https://valutazione.esempio.it/it/q/ABC{n}EFGHJKMN")).collect();
    assert_eq!(seen(&pages, 2, 4), expected);
    for poster in Poster::samples().unwrap() {
        let pages = pages_of(&poster);
        assert_eq!(pages.pages().len(), 1);
        assert_eq!(seen(&pages, 1, 1), ["https://valutazione.esempio.it/it/q/ABCDEFGHJKMN"]);
    }
}

#[test]
fn four_hundred_codes_are_fifty_sheets() {
    let qr = |n: usize| QrCode::new(&format!("https://esempio.it/q/{n:012}"), "Codice QR").unwrap();
    let card = |n: usize| Card { group: "Ente".to_owned(), code: Some(format!("{n:04}-EFGH-JKMN")), qr: qr(n) };
    let mut cards = Cards::samples().unwrap().remove(0);
    cards = cards.with((0..400).map(card).collect()).unwrap();
    assert_eq!(pages_of(&cards).pages().len(), 50);
}

#[test]
fn paper_has_letters_of_14_points_and_says_on_every_page_which_form_and_page_it_is() {
    for paper in Paper::samples().unwrap() {
        let pages = pages_of(&paper);
        let count = pages.pages().len();
        for page in 0..count {
            let texts = texts(&pages, page);
            let all: String = texts.iter().map(|(text, _)| text.as_str()).collect();
            assert!(all.contains(&format!("Pagina {} di {count}", page + 1)), "{all}");
            assert!(all.contains("Modulo n.") && all.contains("ETS") && all.contains("T1"), "{all}");
            let small: Vec<_> = texts.iter().filter(|(_, size)| *size < 13.99).collect();
            assert!(small.is_empty(), "{small:?}");
        }
    }
}

/// One of the hostile texts, in 300 letters and more.
fn hostile(place: usize) -> String {
    let text = HOSTILE[place % HOSTILE.len()];
    text.repeat(300_usize.checked_div(text.len()).unwrap_or(0) + 1)
}

#[test]
fn whatever_people_write_stays_words_on_paper() {
    let mut paper = Paper::samples().unwrap().remove(1);
    paper.head.title = hostile(11);
    paper.title = hostile(11);
    paper.kicker = hostile(0);
    let item = paper.sections[0].items[0].clone();
    paper.sections[0].items = (0..HOSTILE.len())
        .map(|place| {
            let text = Said { text: hostile(place), lang: Some(["ar", "it", "zh"][place % 3].to_owned()) };
            PaperItem { text, code: HOSTILE[place].to_owned(), ..item.clone() }
        })
        .collect();
    paper.reasons = HOSTILE.map(Said::from).to_vec();
    let printed = pdf(&paper).unwrap();
    assert!(has(&printed.bytes, "<pdfuaid:part>1</pdfuaid:part>"));
    assert!("👩中বਪአ\u{e000}ａ".chars().all(|c| printed.missing.contains(&c)), "{:?}", printed.missing);
    let pages = pages_of(&paper);
    let all: String = (0..pages.pages().len()).flat_map(|page| texts(&pages, page)).map(|(text, _)| text).collect();
    for words in ["#pagebreak()#panic(\"a\")$x^2$*bold*", "\");#read(\"/document.json\");#(\"", "=HYPERLINK("] {
        assert!(all.replace(' ', "").contains(words), "{words} is not in {all}");
    }
}

#[test]
fn whatever_people_write_a_poster_is_one_page() {
    for first in [0, 6] {
        let mut poster = Poster::samples().unwrap().remove(0);
        let Poster { kicker, title, subtitle, sentence, mode, .. } = &mut poster;
        for (place, text) in [kicker, title, subtitle, sentence, mode].into_iter().enumerate() {
            *text = hostile(first + place);
        }
        poster.purpose = Said { text: hostile(first + 5), lang: Some("ar".to_owned()) };
        poster.facts.push(Line::new(hostile(first), hostile(first + 1)));
        poster.address.text = hostile(first + 2);
        assert_eq!(pdf(&poster).unwrap().pages, 1);
    }
}

#[test]
fn a_character_that_no_font_has_is_told_and_not_printed() {
    let mut poster = Poster::samples().unwrap().remove(0);
    poster.title = "Orto 🌱 中 più Ελληνικά Українська العربية עברית ქართული".to_owned();
    assert_eq!(pdf(&poster).unwrap().missing, ['中', '🌱']);
}

#[test]
fn a_long_word_or_name_stays_on_the_card() {
    for name in ["Un nome che non finisce mai ".repeat(11), "###".repeat(100)] {
        let cards = Cards::samples().unwrap().remove(0).renamed(&name);
        let pages = pages_of(&cards);
        assert_eq!(pages.pages().len(), 1, "{name}");
        assert_eq!(seen(&pages, 2, 4).len(), 8, "{name}");
    }
}
