//! The file as records with line numbers, in constant memory.

use std::io::{self, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Failure, row::Reason};

/// The longest record that is read. The real ones have a few kilobytes; a quote
/// that is never closed would swallow the rest of the file.
const LONGEST_RECORD: usize = 4 << 20;

/// A dump being read.
pub struct Table<R> {
    reader: Reader<Source<R>>,
    record: ByteRecord,
    width: usize,
    is_over: bool,
}

/// One record, or why it is none.
pub struct Record<'a> {
    /// The line it starts on, from 1.
    pub line: u64,
    pub fields: Result<&'a ByteRecord, Reason>,
}

impl<R: Read> Table<R> {
    /// Reads from the start of a file.
    pub fn new(source: R) -> Self {
        let source = Source {
            inner: source,
            allowance: LONGEST_RECORD,
            has_crlf: None,
            last: 0,
            is_over: false,
        };
        let reader = ReaderBuilder::new().flexible(true).has_headers(true).from_reader(source);
        Self { reader, record: ByteRecord::new(), width: 0, is_over: false }
    }

    /// The first row.
    pub fn header(&mut self) -> Result<ByteRecord, Failure> {
        let header = self.reader.byte_headers().map_err(unreadable)?.clone();
        self.width = header.len();
        if header.iter().all(<[u8]>::is_empty) { Err(Failure::Empty) } else { Ok(header) }
    }

    /// The next row; `None` after the last.
    pub fn next(&mut self) -> Result<Option<Record<'_>>, Failure> {
        if self.is_over {
            return Ok(None);
        }
        let before = self.reader.position().line();
        self.reader.get_mut().allowance = LONGEST_RECORD;
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(error) if is_too_long(&error) => {
                self.is_over = true;
                return Ok(Some(Record { line: before, fields: Err(Reason::NeverEnds) }));
            }
            Err(error) => return Err(unreadable(error)),
        }
        let line = self.line();
        let found = self.record.len();
        let fields = if found == self.width {
            Ok(&self.record)
        } else {
            Err(Reason::Columns { found, expected: self.width })
        };
        Ok(Some(Record { line, fields }))
    }

    /// How much of the file is done, in bytes.
    pub fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }

    /// Where the present record started. The parser counts the newlines behind
    /// it: those within the record, and the one that ends it unless the end of
    /// the file did, or the newline's second half is still to be read.
    fn line(&self) -> u64 {
        let within = self.record.as_slice().iter().filter(|b| **b == b'\n').count();
        let source = self.reader.get_ref();
        let open_end = source.is_over || source.has_crlf == Some(true);
        let behind = u64::try_from(within).unwrap_or_default() + u64::from(!open_end);
        self.reader.position().line().saturating_sub(behind).max(1)
    }
}

/// The file, with a limit on how much may go into one record.
struct Source<R> {
    inner: R,
    allowance: usize,
    /// How the first line ended; `None` before it did.
    has_crlf: Option<bool>,
    last: u8,
    is_over: bool,
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.allowance == 0 {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "one record has no end"));
        }
        let count = self.inner.read(buffer)?;
        self.is_over = count == 0;
        self.allowance = self.allowance.saturating_sub(count);
        if self.has_crlf.is_none()
            && let Some(end) = buffer[..count].iter().position(|b| *b == b'\n')
        {
            let before = if end == 0 { self.last } else { buffer[end - 1] };
            self.has_crlf = Some(before == b'\r');
        }
        self.last = buffer[..count].last().copied().unwrap_or(self.last);
        Ok(count)
    }
}

fn is_too_long(error: &csv::Error) -> bool {
    matches!(error.kind(), csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge)
}

fn unreadable(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::Unreadable(error),
        // A flexible reader of bytes has nothing else to complain about.
        other => Failure::Unreadable(io::Error::other(format!("{other:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_RECORD, Table};
    use crate::campaign::import::row::Reason;

    /// The lines that records start on, or their reasons.
    fn lines(text: &str) -> Vec<Result<u64, Reason>> {
        let mut table = Table::new(text.as_bytes());
        table.header().expect("a header");
        let mut lines = Vec::new();
        while let Some(record) = table.next().expect("readable") {
            let line = record.line;
            lines.push(record.fields.map(|_| line));
        }
        lines
    }

    #[test]
    fn records_know_the_line_they_start_on() {
        for text in [
            "a,b\n1,2\n3,4\n",
            "a,b\r\n1,2\r\n3,4\r\n",
            "a,b\n1,2\n3,4",
            "a,b\r\n1,2\r\n3,4",
            "\u{feff}a,b\n1,2\n3,4\n",
        ] {
            assert_eq!(lines(text), [Ok(2), Ok(3)], "{text:?}");
        }
        for text in [
            "a,b\n\"one\ntwo\",2\n\n\n3,4\n",
            "a,b\r\n\"one\r\ntwo\",2\r\n\r\n\r\n3,4\r\n",
            "a,b\n\"one\ntwo\",2\n\n\n3,\"4\n5\"",
        ] {
            assert_eq!(lines(text), [Ok(2), Ok(6)], "{text:?}");
        }
    }

    #[test]
    fn a_row_of_another_width_is_told() {
        let refused = |found| Err(Reason::Columns { found, expected: 2 });
        assert_eq!(lines("a,b\n1\n1,2\n1,2,3\n"), [refused(1), Ok(3), refused(3)]);
    }

    #[test]
    fn a_quote_that_never_closes_does_not_fill_the_memory() {
        let text = format!("a,b\n1,2\n\"3,{}", "x".repeat(LONGEST_RECORD + 100_000));
        assert_eq!(lines(&text), [Ok(2), Err(Reason::NeverEnds)]);
    }
}
