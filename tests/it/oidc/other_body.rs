// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! Where does the other body's sign-in service run? On a loopback port, for as long as the tests do.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

/// The service: it ends when its standard input does, which is when the tests end.
static RUNNING: LazyLock<Option<(Child, String)>> = LazyLock::new(start);

/// The name of the service, which is its address; nothing where its packages are not installed.
pub fn issuer() -> Option<&'static str> {
    RUNNING.as_ref().map(|(_, issuer)| issuer.as_str())
}

fn start() -> Option<(Child, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oidc");
    if !folder.join("node_modules").exists() {
        eprintln!("left out: sign-in with another body, because tests/oidc/node_modules is missing (npm ci)");
        return None;
    }
    let mut command = Command::new("node");
    command.arg("provider.mjs").args([super::CALLBACK, super::RETURN]).current_dir(folder);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // It warns that it is for tests only before it says where it listens.
    let port: u16 = lines.find_map(|line| line.unwrap().parse().ok()).unwrap();
    // Whatever else it says is read, or it would wait for somebody to do so.
    std::thread::spawn(move || lines.for_each(drop));
    Some((child, format!("http://127.0.0.1:{port}")))
}
