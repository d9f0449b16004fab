// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Does every line of a list become a person or a problem?

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::email::EmailError;
use crate::domain::text::Text;

fn groups() -> Vec<StakeholderGroup> {
    let group = |code: &str, it, en| StakeholderGroup { code: code.to_owned(), name: Text::both(it, en) };
    vec![group("PA", "Enti pubblici", "Public bodies"), group("ETS", "Enti del Terzo settore", "Third sector")]
}

fn read_with(bytes: &[u8], default_group: Option<&str>, enrolled: &[Enrolled<'_>]) -> PeopleRead {
    read_people(bytes, &Expected { groups: &groups(), default_group, enrolled })
}

fn read(text: &str) -> PeopleRead {
    read_with(text.as_bytes(), Some("PA"), &[])
}

/// Line, name, e-mail address, group and organisation of each person, of a list without problems.
fn people(read: &PeopleRead) -> Vec<(u64, &str, &str, &str, &str)> {
    assert_eq!(read.problems, []);
    let all = read.people.iter().map(|person| {
        let email = person.email.as_ref().map_or("", EmailAddress::as_str);
        (person.line, person.name.as_str(), email, person.group.as_str(), person.organisation.as_deref().unwrap_or(""))
    });
    all.collect()
}

/// Line, column and code of each problem.
fn problems(read: &PeopleRead) -> Vec<(u64, &str, &str)> {
    let all = read.problems.iter();
    all.map(|problem| (problem.line, problem.column.as_deref().unwrap_or(""), problem.what.code())).collect()
}

#[test]
fn a_spreadsheet_in_latin_letters_and_one_in_utf_8_say_the_same() {
    let text = "Nome;Gruppo;E-mail;Ente\r\nNicolò Dalla Bà;Enti pubblici;n@example.it;Comune di Forlì\r\n";
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let marked = ["\u{FEFF}", text].concat();
    for (bytes, encoding) in [
        (text.as_bytes(), Encoding::Utf8),
        (marked.as_bytes(), Encoding::Utf8),
        (latin.as_slice(), Encoding::Windows1252),
    ] {
        let read = read_with(bytes, None, &[]);
        assert_eq!(people(&read), [(2, "Nicolò Dalla Bà", "n@example.it", "PA", "Comune di Forlì")]);
        assert_eq!((read.encoding, read.separator), (encoding, Separator::Semicolon));
    }
}

#[test]
fn names_and_addresses_can_be_typed_one_to_a_line() {
    let read = read("Anna Rossi\n\n  Rossi, Mario \nm@example.it\n\"Bianchi, Ugo\" <u@example.it>\nZoe z@example.it\n");
    let expected = [
        (1, "Anna Rossi", "", "PA", ""),
        (3, "Rossi, Mario", "", "PA", ""),
        (4, "m@example.it", "m@example.it", "PA", ""),
        (5, "Bianchi, Ugo", "u@example.it", "PA", ""),
        (6, "Zoe", "z@example.it", "PA", ""),
    ];
    assert_eq!(people(&read), expected);
    assert_eq!(read.separator, Separator::None);
}

#[test]
fn cells_without_a_header_are_name_group_and_organisation_and_an_address_anywhere() {
    let expected = [(1, "Anna", "a@example.it", "ETS", "Il Ponte"), (2, "Ugo", "", "PA", "")];
    assert_eq!(people(&read("Anna\tETS\ta@example.it\tIl Ponte\nUgo\t\t\t")), expected);
    assert_eq!(people(&read("Anna;a@example.it;third sector;Il Ponte\nUgo;;PA\n")), expected);
    assert_eq!(people(&read("Anna,ETS,Il Ponte,a@example.it\nUgo,pa")), expected);
}

#[test]
fn headers_are_known_in_both_languages_and_what_is_not_kept_is_named() {
    let expected = [(2, "Anna Rossi", "a@example.it", "ETS", "Il Ponte")];
    let italian = read(
        "COGNOME,Nome,Ruolo,posta,Organizzazione,gruppo,Telefono\nRossi,Anna,presidente,a@example.it,Il Ponte,ets,0543",
    );
    assert_eq!(people(&italian), expected);
    assert_eq!(italian.left_out, ["Ruolo", "Telefono"]);
    let english = read("Name;Role;Email;Organisation;Group\nAnna Rossi;chair;a@example.it;Il Ponte;Third Sector");
    assert_eq!(people(&english), expected);
    assert_eq!(people(&read("Nome\nRossi, Anna")), [(2, "Rossi, Anna", "", "PA", "")]);
}

#[test]
fn a_list_of_organisations_has_their_names_and_one_of_addresses_the_addresses() {
    assert_eq!(people(&read("Ente;Gruppo\nIl Ponte;ETS\n")), [(2, "Il Ponte", "", "ETS", "Il Ponte")]);
    assert_eq!(people(&read("E-mail\na@example.it")), [(2, "a@example.it", "a@example.it", "PA", "")]);
    assert_eq!(people(&read("mail;gruppo\nAnna <a@example.it>;ETS")), [(2, "Anna", "a@example.it", "ETS", "")]);
}

#[test]
fn line_breaks_in_quotation_marks_are_spaces_and_lines_are_counted_as_in_the_file() {
    let read = read("\"Nome\ne cognome\";Gruppo\n\"Comune di\r\nForlì\";PA\n;;\n=cmd|'/c';ETS\n");
    assert_eq!(people(&read), [(3, "Comune di Forlì", "", "PA", ""), (6, "=cmd|'/c'", "", "ETS", "")]);
}

#[test]
fn the_same_person_twice_is_a_problem_that_names_both_lines() {
    let list = "Nome;Gruppo;Email;Ente\nAnna;PA;a@example.it;\nAnn;PA;A@Example.it;\nUgo;PA;;Il Ponte\nUGO;pa;;Il ponte\n\
        Ugo;PA;u@example.it;Il Ponte\nUgo;ETS;;Il Ponte\nAnna;PA;;\nAnna;PA;b@example.it;\n";
    let read = read(list);
    let first = |problem: &PersonProblem| match problem.what {
        PersonFault::TwiceInList { first } => (problem.line, first),
        ref other => panic!("{other}"),
    };
    assert_eq!(read.problems.iter().map(first).collect::<Vec<_>>(), [(3, 2), (5, 4), (6, 4), (8, 2)]);
    assert_eq!(read.people.iter().map(|person| person.line).collect::<Vec<_>>(), [2, 4, 7, 9]);
}

#[test]
fn who_is_enrolled_already_is_not_enrolled_again() {
    let enrolled = [
        Enrolled { name: "Anna", email: Some("A@example.it"), group: "PA", organisation: None },
        Enrolled { name: "Ugo", email: None, group: "ETS", organisation: Some("Il Ponte") },
    ];
    let read = read_with(b"Bea;ETS;a@example.it\nugo;ETS;;il ponte\nAnna;ETS;n@example.it", None, &enrolled);
    let places = read.problems.iter().map(|problem| (problem.line, problem.what.clone()));
    let expected = [(1, PersonFault::AlreadyEnrolled { place: 0 }), (2, PersonFault::AlreadyEnrolled { place: 1 })];
    assert_eq!(places.collect::<Vec<_>>(), expected);
    assert_eq!(read.people.len(), 1);
}

#[test]
fn everything_wrong_in_a_line_is_said_with_its_column() {
    let text = format!("nome;gruppo;mail\n;ETSS;anna@\n{};PA;\na\u{7}b;PA;x;y;z\n", "a".repeat(201));
    let read = read_with(text.as_bytes(), None, &[]);
    let expected = [
        (2, "mail", "email"),
        (2, "nome", "missing-name"),
        (2, "gruppo", "unknown-group"),
        (3, "nome", "too-long"),
        (4, "nome", "control-character"),
        (4, "", "too-many-cells"),
        (4, "mail", "email"),
    ];
    assert_eq!(problems(&read), expected);
    let meant = PersonFault::UnknownGroup { given: "ETSS".to_owned(), nearest: Some("ETS".to_owned()) };
    assert_eq!(read.problems[2].what, meant);
    assert_eq!(read.problems[0].what, PersonFault::Email(EmailError::Domain));
    assert_eq!(read.problems[1].to_string(), "line 2, column “nome”: no name: give one, or remove the line");
}

#[test]
fn who_has_no_group_or_two_addresses_is_a_problem() {
    assert_eq!(problems(&read_with(b"Anna", None, &[])), [(1, "", "missing-group")]);
    assert_eq!(problems(&read("Anna <a@example.it>;;b@example.it")), [(1, "1", "several-emails")]);
    assert_eq!(problems(&read("a@example.it, b@example.it")), [(1, "1", "several-emails")]);
    assert_eq!(problems(&read("nome\na@example.it b@example.it")), [(2, "nome", "email")]);
}

#[test]
fn the_tax_code_of_a_person_is_refused_in_every_column_and_never_repeated() {
    for text in [
        "Anna;rssmra80a01h501u",
        "nome;codice fiscale\nAnna;RSSMRA80A01H501U",
        "nome;gruppo\nAnna;RSS MRA 80A01 H501U",
        "nome;RSSMRA80A01H501U\nAnna;x",
        "rssmra80a01h501u@example.it",
        "Anna RSSMRA80A01H501U",
    ] {
        let read = read(text);
        let said = format!("{read:?} {}", read.problems.iter().map(ToString::to_string).collect::<String>());
        assert!(!said.to_lowercase().contains("80a01"), "{said}");
    }
    assert_eq!(
        problems(&read("nome;codice fiscale\nAnna;RSSMRA80A01H501U")),
        [(2, "codice fiscale", "personal-tax-code")]
    );
    assert_eq!(problems(&read("Anna;RSSMRA80A01H501U")), [(1, "2", "personal-tax-code")]);
}

#[test]
fn a_workbook_two_columns_of_a_kind_and_too_many_people_are_refused_whole() {
    assert_eq!(problems(&read("PK\u{3}\u{4}...")), [(1, "", "not-text")]);
    let twice = read("\nnome;mail;posta\nAnna;;\n");
    assert_eq!((problems(&twice), twice.people.len()), (vec![(2, "posta", "column-twice")], 0));
    let list = |lines: usize| (0..lines).map(|number| format!("Anna {number}")).collect::<Vec<_>>().join("\n");
    assert_eq!(read(&list(MAX_PEOPLE)).people.len(), MAX_PEOPLE);
    let many = read(&list(MAX_PEOPLE + 1));
    assert_eq!((problems(&many), many.people.len()), (vec![(1, "", "too-many-people")], 0));
    assert_eq!(read(&format!("nome\n{}", list(MAX_PEOPLE))).people.len(), MAX_PEOPLE);
}

#[test]
fn an_open_quotation_mark_stops_the_list_where_it_stands() {
    let read = read("Anna\n\"Ugo\nBea\n");
    assert_eq!((problems(&read), read.people.len()), (vec![(2, "", "open-quote")], 1));
}

#[test]
fn an_empty_list_has_nobody_in_it() {
    for text in ["", "\n\n", "nome;gruppo\n", " ; ; \n"] {
        assert_eq!(people(&read(text)), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let read = read_with(&bytes, None, &[]);
        prop_assert!(read.people.iter().all(|person| !person.name.is_empty()));
    }

    #[test]
    fn every_line_with_something_in_it_is_a_person_or_a_problem(
        lines in prop::collection::vec("([A-Ea-eì@.<>;,\t ]|PA|ETS|a@b\\.it|nome|\u{7}){0,6}", 0..12)
    ) {
        let read = read(&lines.join("\n"));
        let said: BTreeSet<u64> =
            read.people.iter().map(|person| person.line).chain(read.problems.iter().map(|p| p.line)).collect();
        let is_blank = |line: &str| line.chars().all(|letter| letter.is_whitespace() || ";,".contains(letter));
        let filled: Vec<u64> = lines.iter().zip(1..).filter(|(line, _)| !is_blank(line)).map(|(_, number)| number).collect();
        let silent: Vec<&u64> = filled.iter().filter(|line| !said.contains(line)).collect();
        // The header is neither.
        let is_header = silent.first().is_some_and(|line| Some(*line) == filled.first());
        let is_refused = read.problems.iter().any(|problem| problem.what == PersonFault::ColumnTwice);
        prop_assert!(silent.is_empty() || (silent.len() == 1 && is_header) || is_refused, "{silent:?} of {lines:?}: {read:?}");
        let twice = read.people.iter().filter(|person| read.problems.iter().any(|p| p.line == person.line)).count();
        prop_assert_eq!(twice, 0);
    }
}
