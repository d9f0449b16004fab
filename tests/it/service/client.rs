// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! A browser without scripts: keeps cookies, sends forms as a page of the same site does, follows nothing by itself.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

#[derive(Clone)]
pub struct Client {
    address: SocketAddr,
    cookies: Vec<(String, String)>,
}

/// What came back.
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub cookie: Option<String>,
    pub body: String,
    /// What came, whatever it is.
    pub bytes: Vec<u8>,
    /// What the page may load, and who may show it.
    pub policy: String,
    /// Every cookie that was set.
    set: Vec<String>,
}

impl Answer {
    /// The token hidden in the page's form.
    pub fn form_token(&self) -> String {
        self.attribute("name=\"form_token\" value=\"")
    }

    /// What stands between a mark and the next quote.
    pub fn attribute(&self, mark: &str) -> String {
        let (_, rest) = self.body.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The code shown in large letters, with hyphens.
    pub fn shown_code(&self) -> String {
        let document = scraper::Html::parse_document(&self.body);
        let selector = scraper::Selector::parse(".resume-code span").unwrap();
        document.select(&selector).map(|part| part.text().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// Values of all radio buttons, as (name, value, checked).
    pub fn radios(&self) -> Vec<(String, String, bool)> {
        let document = scraper::Html::parse_document(&self.body);
        let selector = scraper::Selector::parse("input[type=radio]").unwrap();
        let attribute = |input: &scraper::ElementRef<'_>, name| input.value().attr(name).unwrap_or_default().to_owned();
        document
            .select(&selector)
            .map(|input| {
                (attribute(&input, "name"), attribute(&input, "value"), input.value().attr("checked").is_some())
            })
            .collect()
    }
}

impl Client {
    /// Puts a cookie of one's own making in the place of what a page set.
    pub fn forge(&mut self, name: &str, value: &str) {
        self.cookies.retain(|(known, _)| known != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
    }

    pub fn new(address: SocketAddr) -> Self {
        Self { address, cookies: Vec::new() }
    }

    /// The same browser with its cookies, at another address.
    pub fn at(&self, address: SocketAddr) -> Self {
        Self { address, cookies: self.cookies.clone() }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], "")
    }

    /// Sends a form from a page of the same site.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from("same-origin", path, &encoded(fields))
    }

    /// Sends a form as the browser describes where it comes from.
    pub fn post_from(&mut self, site: &str, path: &str, form: &str) -> Answer {
        let headers = [("sec-fetch-site", site), ("content-type", "application/x-www-form-urlencoded")];
        self.send("POST", path, &headers, form)
    }

    /// Sends a form of parts with one file in it, as a browser does.
    pub fn upload(&mut self, path: &str, fields: &[(&str, &str)], (name, text): (&str, &str)) -> Answer {
        let part = |name: &str, more: &str, text: &str| {
            format!("--parts\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n{text}\r\n")
        };
        let mut body: String = fields.iter().map(|(name, value)| part(name, "", value)).collect();
        body.push_str(&part(name, "; filename=\"a.toml\"\r\ncontent-type: application/octet-stream", text));
        body.push_str("--parts--\r\n");
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=parts")];
        self.send("POST", path, &headers, &body)
    }

    fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let mut lines = vec![
            format!("{method} {path} HTTP/1.1"),
            format!("host: {}", self.address),
            "connection: close".to_owned(),
            "accept-language: it".to_owned(),
            format!("content-length: {}", body.len()),
        ];
        lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
        let held: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !held.is_empty() {
            lines.push(format!("cookie: {}", held.join("; ")));
        }
        let request = format!("{}\r\n\r\n", lines.join("\r\n"));
        stream.write_all(request.as_bytes()).unwrap();
        // A server that refuses a body may close before all of it was sent.
        let _refused_early = stream.write_all(body.as_bytes());
        let answer = read(stream);
        for (name, value) in answer.set.iter().filter_map(|cookie| cookie.split_once('=')) {
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }
}

fn read(stream: TcpStream) -> Answer {
    let mut reader = BufReader::new(stream);
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    };
    let status = line().split(' ').nth(1).unwrap().parse().unwrap();
    let (mut location, mut set, mut length, mut policy) = (None, Vec::new(), None, String::new());
    loop {
        let header = line();
        let Some((name, value)) = header.split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "location" => location = Some(value.to_owned()),
            "set-cookie" => set.extend(value.split(';').next().map(str::to_owned)),
            "content-security-policy" => value.clone_into(&mut policy),
            "content-length" => length = value.parse().ok(),
            _ => {}
        }
    }
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    let text = String::from_utf8_lossy(&body).into_owned();
    Answer { status, location, cookie: set.last().cloned(), set, policy, body: text, bytes: body }
}

/// Fields as a browser encodes them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| {
        text.bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect::<String>()
    };
    fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}
