// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A connection that costs next to nothing: kept open, answers read by their length into one buffer.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// The service closes a connection on which nobody has asked for five seconds; a browser then opens another.
const IDLE: Duration = Duration::from_secs(3);

/// One open connection, with the bytes of the last answer.
pub struct Connection {
    address: SocketAddr,
    stream: TcpStream,
    asked_at: Instant,
    bytes: Vec<u8>,
}

/// What matters of an answer.
pub struct Answer<'a> {
    pub status: u16,
    pub head: &'a str,
    pub body: &'a [u8],
}

impl Connection {
    pub fn open(address: SocketAddr) -> Self {
        Self { address, stream: connect(address), asked_at: Instant::now(), bytes: Vec::with_capacity(64 * 1024) }
    }

    /// Sends a request and waits for the whole answer.
    pub fn ask(&mut self, request: &[u8]) -> Answer<'_> {
        if self.asked_at.elapsed() > IDLE {
            self.stream = connect(self.address);
        }
        self.asked_at = Instant::now();
        self.stream.write_all(request).expect("the connection holds");
        self.bytes.clear();
        let mut part = [0; 16 * 1024];
        let (body, end) = loop {
            let read = self.stream.read(&mut part).expect("the connection holds");
            assert!(read > 0, "the service closed a connection");
            self.bytes.extend_from_slice(part.get(..read).unwrap_or_default());
            match self.whole() {
                Some((body, end)) if self.bytes.len() >= end => break (body, end),
                Some(_) | None => {}
            }
        };
        let head = std::str::from_utf8(self.bytes.get(..body).unwrap_or_default()).expect("a head of letters");
        let status = head.get(9..12).and_then(|code| code.parse().ok()).expect("a status");
        Answer { status, head, body: self.bytes.get(body..end).unwrap_or_default() }
    }

    /// Where the body begins and ends, once the head is there.
    fn whole(&self) -> Option<(usize, usize)> {
        let body = self.bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let head = std::str::from_utf8(self.bytes.get(..body)?).ok()?;
        let length = header(head, "content-length").map_or(0, |length| length.parse().expect("a length"));
        Some((body, body + length))
    }
}

impl Answer<'_> {
    /// The first cookie that is given a value, as it is sent back.
    pub fn cookie(&self) -> Option<String> {
        header(self.head, "set-cookie").and_then(|cookie| cookie.split(';').next()).map(str::to_owned)
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the service listens");
    stream.set_nodelay(true).expect("a socket option");
    stream
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case(name).then_some(value)
    })
}
