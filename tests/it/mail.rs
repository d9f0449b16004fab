// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Do messages reach a real mail server, once, in the right form, also when it goes away half way?

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use insieme::app::outbox::{Delivery, Post};
use insieme::domain::message::{INSTALLATION, Message, MessageState, Undelivered};
use insieme::job::Jobs;
use insieme::mail::{MailSettings, Mailer, Tls};
use jiff::Timestamp;

use crate::outbox::{Installation, message};

/// `tests/mail/server.py` on a loopback port.
struct MailServer {
    python: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    running: Option<Child>,
}

impl MailServer {
    /// Started; `None`, said aloud, where Python or its mail server is missing.
    fn start() -> Option<Self> {
        let python = PathBuf::from(std::env::var("TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned()));
        let probe = Command::new(&python).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
        if !probe.is_ok_and(|status| status.success()) {
            eprintln!("left out: a real mail server, because {} has no aiosmtpd", python.display());
            return None;
        }
        let mut server = Self { python, folder: tempfile::tempdir().unwrap(), port: 0, running: None };
        server.come_back();
        Some(server)
    }

    /// Runs on the port it had before.
    fn come_back(&mut self) {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail/server.py");
        let mut child = Command::new(&self.python)
            .arg(script)
            .arg(self.port.to_string())
            .arg(self.folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        self.port = line.trim().strip_prefix("listening ").unwrap().parse().unwrap();
        self.running = Some(child);
    }

    fn go_away(&mut self) {
        if let Some(mut child) = self.running.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    fn settings(&self) -> MailSettings {
        MailSettings {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            tls: Tls::None,
            username: None,
            password: None,
            from_address: "insieme@comune.example.org".to_owned(),
            from_name: Some("Città di Esempio".to_owned()),
        }
    }

    fn post(&self) -> ByMail {
        ByMail(Mailer::new(&self.settings()).unwrap())
    }

    /// The messages it accepted, in their order.
    fn accepted(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut letters: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|e| e == "eml")).collect();
        letters.sort();
        letters.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
    }

    /// What it was asked, a command a line.
    fn log(&self) -> Vec<String> {
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.go_away();
    }
}

struct ByMail(Mailer);

impl Post for ByMail {
    fn send(&self, message: &Message, now: Timestamp) -> Result<(), Undelivered> {
        self.0.send(message, now)
    }
}

fn sent(sent: u32) -> Delivery {
    Delivery { sent, ..Delivery::default() }
}

fn deferred(deferred: u32) -> Delivery {
    Delivery { deferred, ..Delivery::default() }
}

fn failed(failed: u32) -> Delivery {
    Delivery { failed, ..Delivery::default() }
}

#[test]
fn a_message_arrives_once_with_its_headers_and_its_text() {
    let Some(server) = MailServer::start() else { return };
    for (number, installation) in Installation::on_both().into_iter().enumerate() {
        installation.enqueue(&message("anna", "invitation.1"));
        installation.enqueue(&message("anna", "invitation.1"));
        assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), sent(1));
        assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), Delivery::default());

        let accepted = server.accepted();
        assert_eq!(accepted.len(), number + 1);
        let (head, body) = accepted.last().unwrap().split_once("\r\n\r\n").unwrap();
        for line in [
            "X-Sender: insieme@comune.example.org",
            "X-Recipients: anna@example.org",
            "To: anna@example.org",
            "Date: Wed, 25 Nov 2026 10:00:00 +0000",
            "Message-ID: <invitation.1@comune.example.org>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
        ] {
            assert!(head.lines().any(|found| found == line), "no {line} in {head}");
        }
        assert!(head.contains("<insieme@comune.example.org>") && !head.contains("Bcc"), "{head}");
        assert_eq!(body.trim_end(), "Gentile persona,\r\nper rispondere: https://example.org/q/ABCD-EFGH");
    }
}

#[test]
fn letters_with_accents_and_lines_with_a_point_arrive_as_they_were() {
    let Some(server) = MailServer::start() else { return };
    let mut letter = message("anna", "notice.1");
    letter.body = "È così:\n.\n..\nperché no?\n".to_owned();
    server.post().send(&letter, "2026-11-25T10:00:00Z".parse().unwrap()).unwrap();
    let arrived = server.accepted().remove(0);
    let (head, body) = arrived.split_once("\r\n\r\n").unwrap();
    assert!(arrived.is_ascii() && head.contains("Content-Transfer-Encoding: quoted-printable"), "{head}");
    assert_eq!(body.trim_end(), "=C3=88 cos=C3=AC:\r\n.\r\n..\r\nperch=C3=A9 no?");
}

#[test]
fn while_the_server_is_away_messages_wait_longer_and_longer_and_arrive_once_when_it_is_back() {
    let Some(mut server) = MailServer::start() else { return };
    for mut installation in Installation::on_both() {
        let before = server.accepted().len();
        server.go_away();
        installation.enqueue(&message("anna", "invitation.1"));
        assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), deferred(1));
        installation.wait(1);
        assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), deferred(1));
        let entry = installation.entry();
        assert_eq!((entry.state, entry.attempts), (MessageState::Waiting, 2));
        assert!(entry.last_problem.is_some());

        server.come_back();
        installation.wait(4);
        assert_eq!(
            installation.app.deliver_due(&server.post()).unwrap(),
            Delivery::default(),
            "five minutes, not four"
        );
        installation.wait(1);
        assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), sent(1));
        installation.wait(10_000);
        assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), Delivery::default());
        assert_eq!(server.accepted().len(), before + 1);
    }
}

#[test]
fn a_refused_recipient_is_shown_with_what_the_server_said_and_not_asked_about_again() {
    let Some(server) = MailServer::start() else { return };
    for name in ["nobody", "spam"] {
        for mut installation in Installation::on_both() {
            installation.enqueue(&message(name, "invitation.1"));
            assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), failed(1));
            let asked = server.log().len();
            installation.wait(10_000);
            assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), Delivery::default());
            assert_eq!(server.log().len(), asked);
            let entry = installation.entry();
            assert_eq!((entry.state, entry.attempts), (MessageState::Failed, 1));
            let problem = entry.last_problem.unwrap();
            assert!(problem.contains("55") && problem.contains(" not "), "{problem}");
        }
    }
    assert_eq!(server.accepted(), [""; 0]);
}

#[test]
fn what_the_server_puts_off_is_tried_again() {
    let Some(server) = MailServer::start() else { return };
    for name in ["busy", "full"] {
        for mut installation in Installation::on_both() {
            installation.enqueue(&message(name, "invitation.1"));
            assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), deferred(1));
            installation.wait(1);
            assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), deferred(1));
            assert!(installation.entry().last_problem.unwrap().contains("45"));
        }
    }
}

#[test]
fn a_message_whose_connection_broke_in_the_text_never_leaves_twice() {
    let Some(server) = MailServer::start() else { return };
    for name in ["halfway", "silent"] {
        for mut installation in Installation::on_both() {
            let (asked, taken) = (server.log().len(), server.accepted().len());
            let mut broken = message(name, "invitation.1");
            // Longer than what the line swallows at once.
            broken.body = "Gentile persona, per rispondere segua questo indirizzo.\n".repeat(10_000);
            installation.enqueue(&broken);
            assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), failed(1));
            for _ in 0..5 {
                installation.wait(1_000);
                assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), Delivery::default());
            }
            let recipient = format!("{name}@example.org");
            assert_eq!(server.log()[asked..], [format!("RCPT {recipient}"), format!("DATA {recipient}")]);
            assert_eq!(server.accepted().len() - taken, usize::from(name == "silent"));
            let entry = installation.entry();
            assert_eq!(entry.state, MessageState::Failed);
            assert!(entry.last_problem.unwrap().starts_with("outcome unknown"));

            // Only a person may decide that twice is better than perhaps never.
            installation.retry(INSTALLATION, broken.id).unwrap();
            assert_eq!(installation.app.deliver_due(&server.post()).unwrap(), failed(1));
        }
    }
}

#[test]
fn one_that_is_refused_does_not_keep_the_others() {
    let Some(server) = MailServer::start() else { return };
    for installation in Installation::on_both() {
        for (number, name) in ["anna", "nobody", "busy", "halfway", "eva"].into_iter().enumerate() {
            installation.enqueue(&message(name, &format!("invitation.{number}")));
        }
        let delivery = installation.app.deliver_due(&server.post()).unwrap();
        assert_eq!(delivery, Delivery { sent: 2, deferred: 1, failed: 2 });
    }
}

#[test]
fn settings_that_the_server_refuses_fail_no_message_and_say_nothing_in_clear() {
    let Some(server) = MailServer::start() else { return };
    let credentials = |settings: MailSettings| MailSettings {
        username: Some("insieme".to_owned()),
        password: Some("not the right one".to_owned().into()),
        ..settings
    };
    // The server offers no encryption and knows no password.
    for tls in [Tls::None, Tls::Starttls, Tls::Implicit] {
        let settings = MailSettings { tls, ..credentials(server.settings()) };
        let mailer = Mailer::new(&settings).unwrap();
        let outcome = mailer.send(&message("anna", "invitation.1"), Timestamp::UNIX_EPOCH);
        assert!(matches!(outcome, Err(Undelivered::Temporary(_))), "{outcome:?}");
    }
    assert_eq!(server.log(), [""; 0]);
}

#[test]
fn the_service_sends_by_itself_and_stops_when_it_is_told_to() {
    let Some(server) = MailServer::start() else { return };
    for (number, installation) in Installation::on_both().into_iter().enumerate() {
        installation.enqueue(&message("anna", "invitation.1"));
        let jobs = Jobs::start(installation.app.clone(), Some(Mailer::new(&server.settings()).unwrap()));
        let patience = Instant::now() + Duration::from_secs(30);
        while installation.entry().state != MessageState::Sent {
            assert!(Instant::now() < patience, "{:?}", installation.entry());
            std::thread::yield_now();
        }
        let told = Instant::now();
        jobs.stop();
        assert!(told.elapsed() < Duration::from_secs(4), "it does not wait for its next look");
        assert_eq!(server.accepted().len(), number + 1);
    }
}
