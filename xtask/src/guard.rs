//! Programs that must not outlive this one, whatever happens to it.

use crate::shell::program;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// The guard is a shell that holds the reading end of a pipe. When this
/// program ends, even by a signal, the pipe closes and the guard ends the
/// program it started; when that program ends first, so does the guard.
/// Arguments: the signal that means "please end", a folder to remove or "",
/// the program with its arguments.
const GUARD: &str = r#"
signal=$1 folder=$2; shift 2
trap '' INT TERM HUP
exec 3<&0
(trap - INT TERM HUP; exec "$@") </dev/null 3<&- &
child=$!
(
    cat <&3 >/dev/null
    kill -s "$signal" $child 2>/dev/null
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        kill -0 $child 2>/dev/null || exit 0
        sleep 0.5
    done
    kill -s KILL $child 2>/dev/null
) &
wait $child
status=$?
[ -z "$folder" ] || rm -rf "$folder"
exit $status
"#;

/// A running program; dropping this ends it and waits until it has ended.
pub struct Guarded {
    shell: Child,
    pipe: Option<ChildStdin>,
    name: String,
    log: PathBuf,
}

impl Guarded {
    /// Starts a program. `signal` asks it to end; `folder` is removed after it.
    pub fn start(
        name: &str,
        command: &Command,
        signal: &str,
        folder: Option<&Path>,
        log: &Path,
    ) -> Result<Self> {
        fs::create_dir_all(log.parent().context("a log is in a folder")?)?;
        let output = File::create(log)?;
        let mut guard = program("sh");
        guard.args(["-c", GUARD, "guard", signal]).arg(folder.unwrap_or(Path::new("")));
        guard.arg(command.get_program()).args(command.get_args());
        for (key, value) in command.get_envs() {
            match value {
                Some(value) => guard.env(key, value),
                None => guard.env_remove(key),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            guard.current_dir(folder);
        }
        // A group of its own: Ctrl-C then reaches this program alone, and the
        // guard ends the other one in order.
        use std::os::unix::process::CommandExt;
        let mut shell = guard
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(output.try_clone()?)
            .stderr(output)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let pipe = shell.stdin.take();
        Ok(Self { shell, pipe, name: name.to_owned(), log: log.to_path_buf() })
    }

    /// Waits until `ready` says so. Fails early when the program ends.
    pub fn wait(&mut self, limit: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
        let start = Instant::now();
        while !ready() {
            if let Some(status) = self.shell.try_wait()? {
                anyhow::bail!("{} ended with {status}:\n{}", self.name, self.tail());
            }
            if start.elapsed() > limit {
                let seconds = limit.as_secs();
                anyhow::bail!("{} is not ready after {seconds} s:\n{}", self.name, self.tail());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// The last it said.
    fn tail(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let from = text.lines().count().saturating_sub(30);
        text.lines().skip(from).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.pipe.take();
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::root;

    fn alive(pattern: &str) -> bool {
        crate::shell::find("pgrep").is_some()
            && program("pgrep").args(["-f", pattern]).output().expect("pgrep runs").status.success()
    }

    #[test]
    fn a_guarded_program_ends_with_its_guard_and_its_folder_goes() {
        let folder = root().join("target/xtask/guard-test");
        fs::create_dir_all(&folder).unwrap();
        let log = root().join("target/xtask/guard-test.log");
        let mut command = program("sleep");
        command.arg("7654.321");
        let guarded = Guarded::start("sleep", &command, "TERM", Some(&folder), &log).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        drop(guarded);
        assert!(!alive("^sleep 7654.321"));
        assert!(!folder.exists());
    }

    #[test]
    fn a_program_that_ends_at_once_is_noticed() {
        let log = root().join("target/xtask/guard-early.log");
        let mut command = program("sh");
        command.args(["-c", "echo no luck; exit 4"]);
        let mut guarded = Guarded::start("luck", &command, "TERM", None, &log).unwrap();
        let error = guarded.wait(Duration::from_secs(10), || false).unwrap_err();
        assert!(error.to_string().contains("no luck"), "{error}");
    }
}
