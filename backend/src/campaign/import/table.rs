//! The file as records with line numbers, in constant memory.
//!
//! Where a record ends is found here, what is in it by the `csv` crate: a parser
//! that meets a quotation mark which nobody closed takes the rest of the file
//! for one cell. Here such a record is told, and reading goes on with the line
//! after the one it started on.

use std::io::{self, BufRead as _, BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};

use super::{Failure, row::Reason};

/// The longest record that is read. The real ones have a few kilobytes.
const LONGEST_RECORD: usize = 4 << 20;
/// So often, as it were, the longest record is read twice. A file can be written
/// in which each line seems to open a cell that never ends; beyond this, what
/// such a cell holds is left out with it.
const PATIENCE: usize = 32 * LONGEST_RECORD;
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A dump being read.
pub struct Table<R> {
    source: BufReader<R>,
    /// Bytes that come again before the rest of the source, from `again_at` on.
    again: Vec<u8>,
    again_at: usize,
    /// The present record with its quotation marks.
    raw: Vec<u8>,
    record: ByteRecord,
    width: usize,
    /// The line of the next byte, from 1.
    line: u64,
    bytes: u64,
    /// How many more bytes are read a second time.
    patience: usize,
}

/// One record, or why it is none.
pub struct Record<'a> {
    /// The line it starts on, from 1.
    pub line: u64,
    pub fields: Result<&'a ByteRecord, Reason>,
}

/// Where a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first byte of a cell.
    Start,
    Plain,
    /// Behind a quotation mark; `true` once the cell has a second line.
    Quoted(bool),
    /// Behind a mark inside such a cell: its end, or half of a doubled mark.
    Mark(bool),
}

/// How the search for a record's end went.
enum End {
    Found,
    /// A quotation mark was not closed as it should be.
    Astray,
    NoMore,
}

impl<R: Read> Table<R> {
    /// Reads from the start of a file.
    pub fn new(source: R) -> Self {
        Self {
            source: BufReader::with_capacity(1 << 16, source),
            again: Vec::new(),
            again_at: 0,
            raw: Vec::new(),
            record: ByteRecord::new(),
            width: 0,
            line: 1,
            bytes: 0,
            patience: PATIENCE,
        }
    }

    /// The first row.
    pub fn header(&mut self) -> Result<ByteRecord, Failure> {
        for byte in BOM {
            match self.take()? {
                Some(found) if found == *byte => {}
                Some(found) => {
                    // No mark after all; what was taken of one is put back.
                    let taken = BOM.iter().take_while(|known| *known != byte).copied();
                    self.again = taken.chain([found]).collect();
                    (self.line, self.bytes) = (1, 0);
                    break;
                }
                None => break,
            }
        }
        if matches!(self.find_end()?.1, End::Astray) {
            self.step_back()?;
        }
        self.parse()?;
        self.width = self.record.len();
        if self.record.iter().all(<[u8]>::is_empty) {
            return Err(Failure::Empty);
        }
        Ok(self.record.clone())
    }

    /// The next row; `None` after the last.
    pub fn next(&mut self) -> Result<Option<Record<'_>>, Failure> {
        let (line, end) = self.find_end()?;
        match end {
            End::NoMore => return Ok(None),
            End::Astray => {
                self.step_back()?;
                return Ok(Some(Record { line, fields: Err(Reason::NeverEnds) }));
            }
            End::Found => self.parse()?,
        }
        let found = self.record.len();
        if found == self.width {
            return Ok(Some(Record { line, fields: Ok(&self.record) }));
        }
        // Over several lines it may have swallowed a good row.
        if self.raw.trim_ascii_end().contains(&b'\n') {
            self.step_back()?;
        }
        let expected = self.width;
        Ok(Some(Record { line, fields: Err(Reason::Columns { found, expected }) }))
    }

    /// How much of the file is done, in bytes.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Collects the next record in `raw`, with the line it starts on.
    fn find_end(&mut self) -> io::Result<(u64, End)> {
        self.raw.clear();
        let mut place = Place::Start;
        let mut first = self.line;
        let mut crossed = false;
        loop {
            let Some(byte) = self.take()? else {
                let end = match place {
                    Place::Quoted(_) => End::Astray,
                    _ if self.raw.is_empty() => End::NoMore,
                    _ => End::Found,
                };
                return Ok((first, end));
            };
            let ends_line = matches!(byte, b'\n' | b'\r');
            if ends_line && self.raw.is_empty() {
                first = self.line;
                continue;
            }
            self.raw.push(byte);
            if ends_line && !matches!(place, Place::Quoted(_)) {
                return Ok((first, End::Found));
            }
            place = match (place, byte) {
                (Place::Start, b'"') => Place::Quoted(false),
                (Place::Quoted(over), b'"') => Place::Mark(over),
                (Place::Mark(over), b'"') => Place::Quoted(over),
                (Place::Quoted(over), _) => {
                    crossed |= ends_line;
                    Place::Quoted(over || ends_line)
                }
                (_, b',') => Place::Start,
                // The mark of another row, taken for the end of this cell; or the end
                // of what it had opened there.
                (Place::Mark(true), _) => return Ok((first, End::Astray)),
                (Place::Plain, b'"') if crossed => return Ok((first, End::Astray)),
                _ => Place::Plain,
            };
            if self.raw.len() > LONGEST_RECORD {
                return Ok((first, End::Astray));
            }
        }
    }

    /// Goes back to the end of the first line of `raw`, or on to it.
    fn step_back(&mut self) -> io::Result<()> {
        let end = self.raw.iter().position(|byte| *byte == b'\n');
        let Some(end) = end else {
            while self.take()?.is_some_and(|byte| byte != b'\n') {}
            return Ok(());
        };
        let back = &self.raw[end + 1..];
        let Some(patience) = self.patience.checked_sub(back.len()) else { return Ok(()) };
        self.patience = patience;
        let lines = back.iter().filter(|byte| **byte == b'\n').count();
        self.line -= u64::try_from(lines).unwrap_or_default();
        self.bytes -= u64::try_from(back.len()).unwrap_or_default();
        match self.again_at.checked_sub(back.len()) {
            Some(before) => self.again_at = before,
            // Part of it came from the source, so nothing waits to come again.
            None => (self.again, self.again_at) = (back.to_vec(), 0),
        }
        self.raw.truncate(end + 1);
        Ok(())
    }

    fn take(&mut self) -> io::Result<Option<u8>> {
        let byte = if let Some(byte) = self.again.get(self.again_at) {
            self.again_at += 1;
            *byte
        } else {
            let Some(byte) = self.source.fill_buf()?.first().copied() else { return Ok(None) };
            self.source.consume(1);
            byte
        };
        self.bytes += 1;
        self.line += u64::from(byte == b'\n');
        Ok(Some(byte))
    }

    /// Takes the cells out of `raw`.
    fn parse(&mut self) -> Result<(), Failure> {
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(self.raw.len().max(1))
            .from_reader(self.raw.as_slice());
        if !reader.read_byte_record(&mut self.record).map_err(unreadable)? {
            self.record.clear();
        }
        Ok(())
    }
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
    fn a_quote_that_is_not_closed_swallows_no_other_row() {
        let astray = Err(Reason::NeverEnds);
        let columns = |found| Err(Reason::Columns { found, expected: 2 });
        for (text, expected) in [
            // The next mark is that of another row, or there is none.
            ("a,b\n\"1,2\n3,4\n5,\"six\"\n7,8\n", vec![astray.clone(), Ok(3), Ok(4), Ok(5)]),
            ("a,b\r\n\"1,2\r\n3,4\r\n", vec![astray.clone(), Ok(3)]),
            ("a,b\n1,\"2\n3,4\n\"5\n6\",7\n8,9", vec![astray.clone(), Ok(3), Ok(4), Ok(6)]),
            (
                "a,b\n\"1\n\"2\n\"3\n4,5",
                vec![astray.clone(), astray.clone(), astray.clone(), Ok(5)],
            ),
            // It is closed; or seems to be, and the rest of the row tells.
            ("a,b\n\"1,2\n3,\",4\n5,6\n", vec![Ok(2), Ok(4)]),
            ("a,b\n\"1,2\n3,\",4\"\n5,6\n", vec![astray.clone(), Ok(3), Ok(4)]),
            ("a,b\n\"1,2\n3,\",4,5\n5,6\n", vec![columns(3), astray.clone(), Ok(4)]),
            // Within a line the parser knows what was meant.
            ("a,b\n\"1\" one,2\n3,4\n", vec![Ok(2), Ok(3)]),
            ("a,b\n1 \"one,2\n3,4\n", vec![Ok(2), Ok(3)]),
        ] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_file_may_begin_like_a_mark_and_have_none() {
        for text in ["\u{feff}a,b\n1,2", "\u{f0000}a,b\n1,2", "\u{fffd}a,b\n1,2", "a,b\n1,2"] {
            assert_eq!(lines(text), [Ok(2)], "{text:?}");
        }
        let mut table = Table::new("\u{fefe}a,b\n".as_bytes());
        assert_eq!(&table.header().expect("a header")[0], "\u{fefe}a".as_bytes());
    }

    #[test]
    fn a_quote_that_never_closes_does_not_fill_the_memory() {
        let text = format!("a,b\n1,2\n\"3,{}", "x".repeat(LONGEST_RECORD + 100_000));
        assert_eq!(lines(&text), [Ok(2), Err(Reason::NeverEnds)]);
        assert_eq!(lines(&format!("{text}\n4,5\n")), [Ok(2), Err(Reason::NeverEnds), Ok(4)]);
    }
}
