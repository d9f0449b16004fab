// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! The program as it is installed: a process of its own, on a free loopback port.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use insieme::store::Location;

/// A running service.
pub struct Running {
    pub address: SocketAddr,
    child: Child,
    /// Kept open, since it goes on writing.
    _out: BufReader<ChildStdout>,
    acknowledged: AtomicU64,
}

impl Running {
    pub fn start(binary: &Path, location: &Location) -> Self {
        let database = match location {
            Location::Sqlite(file) => format!("sqlite:{}", file.display()),
            Location::Postgres(address) => address.clone(),
        };
        let mut child = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--database", &database])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        let _length = out.read_line(&mut line).expect("its first line");
        let address = line.trim_end().strip_prefix("Listening on http://").expect("the service listens");
        let address = address.parse().expect("an address");
        Self { address, child, _out: out, acknowledged: AtomicU64::new(0) }
    }

    /// Counts one receipt that was shown.
    pub fn acknowledge(&self) {
        self.acknowledged.fetch_add(1, Ordering::Relaxed);
    }

    pub fn acknowledged(&self) -> u64 {
        self.acknowledged.load(Ordering::Relaxed)
    }

    pub fn resident_mib(&self) -> f64 {
        self.status("VmRSS:")
    }

    /// The most that was resident at any time.
    pub fn peak_mib(&self) -> f64 {
        self.status("VmHWM:")
    }

    /// Processor time so far, in milliseconds: what a busy machine cannot change.
    pub fn processor_ms(&self) -> f64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("a Linux machine");
        let after_name = stat.rsplit(") ").next().expect("a state");
        let ticks = after_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>();
        ticks * 10.0
    }

    fn status(&self, line: &str) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a Linux machine");
        let kib = status.lines().find_map(|found| found.strip_prefix(line)?.trim().strip_suffix(" kB"));
        kib.and_then(|kib| kib.parse::<f64>().ok()).expect("a number of kB") / 1024.0
    }

    /// Ends it.
    pub fn stop(mut self) {
        self.child.kill().expect("our own process");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}
