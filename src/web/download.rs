// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! How does a file of any size reach the browser? Written to a temporary file that has no name, and read from it bit by
//! bit: neither its making nor its sending holds it in memory.

use std::future::Future;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::HttpResponse;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::Bytes;
use tokio::task::{JoinHandle, spawn_blocking};

use super::failure::Failed;
use super::site::Visit;

/// Bytes sent at once.
const AT_ONCE: usize = 128 * 1024;

/// Where a file is written.
pub trait Place: Write + Seek + Send {}

impl<T: Write + Seek + Send> Place for T {}

/// How a file is called, and what it is.
#[derive(Clone, Debug)]
pub struct Named {
    /// Its name; characters that a header cannot hold are replaced.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
}

/// What was read of a file, and the file to go on with.
type Part<R> = (R, Vec<u8>);

/// A file on its way.
struct Download<R> {
    size: u64,
    file: Option<R>,
    reading: Option<JoinHandle<io::Result<Part<R>>>>,
}

/// Writes a file on a thread that may block, and sends it.
pub async fn send(
    visit: &Visit,
    named: Named,
    write: impl FnOnce(&mut dyn Place) -> io::Result<()> + Send + 'static,
) -> Result<HttpResponse, Failed> {
    let made = spawn_blocking(move || {
        let mut place = BufWriter::new(tempfile::tempfile()?);
        write(&mut place)?;
        let mut file = place.into_inner().map_err(io::IntoInnerError::into_error)?;
        let size = file.seek(SeekFrom::End(0))?;
        file.rewind()?;
        Ok((size, file))
    });
    let made = made.await.unwrap_or_else(|error| Err(io::Error::other(error)));
    let (size, file) = made.map_err(|error| Failed::internal(visit, &error))?;
    let allowed = |letter: char| if letter.is_ascii_alphanumeric() || ".-_".contains(letter) { letter } else { '-' };
    let name: String = named.name.chars().map(allowed).collect();
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, named.media_type))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(Download { size, file: Some(file), reading: None }))
}

impl<R: Read + Send + Unpin + 'static> MessageBody for Download<R> {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.size)
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if let Some(file) = self.file.take() {
            self.reading = Some(spawn_blocking(move || next(file)));
        }
        let Some(reading) = self.reading.as_mut() else { return Poll::Ready(None) };
        let read = ready!(Pin::new(reading).poll(context)).unwrap_or_else(|error| Err(io::Error::other(error)));
        self.reading = None;
        Poll::Ready(match read {
            Ok((_, bytes)) if bytes.is_empty() => None,
            Ok((file, bytes)) => {
                self.file = Some(file);
                Some(Ok(bytes.into()))
            }
            Err(error) => Some(Err(error)),
        })
    }
}

fn next<R: Read>(mut file: R) -> io::Result<Part<R>> {
    let mut bytes = Vec::with_capacity(AT_ONCE);
    file.by_ref().take(AT_ONCE as u64).read_to_end(&mut bytes)?;
    Ok((file, bytes))
}
