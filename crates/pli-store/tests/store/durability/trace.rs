//! Runs the process under `strace`, and reads what that writes down.

use std::{
    collections::HashMap,
    env,
    ffi::OsString,
    fs,
    io::Read,
    os::unix::{ffi::OsStringExt, process::ExitStatusExt},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::script;

/// A process that takes longer hangs, and longer than this for each of its steps.
const PATIENCE: Duration = Duration::from_secs(120);
const PATIENCE_OF_A_STEP: Duration = Duration::from_secs(1);

/// The calls by which a process may change what is on the disk, and those of its notes.
pub(super) const CALLS: &str = "open,openat,creat,write,pwrite64,pwritev,pwritev2,writev,lseek,fsync,\
    fdatasync,sync_file_range,ftruncate,truncate,fallocate,rename,renameat,renameat2,unlink,\
    unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,symlinkat,copy_file_range,sendfile,splice";

/// One life of the process.
pub(super) struct Life<'a> {
    pub(super) profile: &'a Path,
    pub(super) notes: &'a Path,
    pub(super) first: u64,
    pub(super) steps: u64,
}

/// How it went.
pub(super) struct End {
    /// The whole notes, of the lives before as well.
    pub(super) notes: String,
    status: Option<ExitStatus>,
    errors: String,
}

impl End {
    /// It came to the end of its steps, or told why it could not open the stores.
    pub(super) fn by_itself(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }

    pub(super) fn killed(&self) -> bool {
        self.status.is_some_and(|status| status.signal() == Some(9))
    }

    pub(super) const fn hung(&self) -> bool {
        self.status.is_none()
    }

    /// Panics of any thread, also those that were caught.
    pub(super) fn panics(&self) -> usize {
        self.errors.matches("panicked at").count()
    }

    /// What it said on its standard error, and how it ended.
    pub(super) fn words(&self) -> String {
        format!("{:?}: {}", self.status, self.errors)
    }
}

/// Runs the process with these arguments of `strace` to its end.
pub(super) fn run(life: &Life<'_>, arguments: &[String]) -> End {
    let mut process = Command::new("strace")
        // Not `--seccomp-bpf`: with it, `strace` loses count of the calls.
        .args(["-f", "-qq"])
        .args(arguments)
        .arg(env::current_exe().unwrap())
        .args(["durability::script::process", "--exact", "--ignored"])
        .args(["--nocapture", "--test-threads=1"])
        .env(script::PROFILE, life.profile)
        .env(script::NOTES, life.notes)
        .env(script::FIRST, life.first.to_string())
        .env(script::STEPS, life.steps.to_string())
        .env("RUST_BACKTRACE", "0")
        // cargo's many directories: the loader makes more calls than may be refused.
        .env_remove("LD_LIBRARY_PATH")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("strace must be installed: it is the judge of these scenes");
    let mut errors = process.stderr.take().unwrap();
    let (told, tells) = mpsc::channel();
    thread::spawn(move || {
        let mut text = Vec::new();
        let _ = errors.read_to_end(&mut text);
        let _ = told.send(String::from_utf8_lossy(&text).into_owned());
    });
    let of_steps = PATIENCE_OF_A_STEP.saturating_mul(life.steps.try_into().unwrap());
    let errors = tells.recv_timeout(PATIENCE.max(of_steps));
    if errors.is_err() {
        kill_hanging(life);
    }
    let status = process.wait().unwrap();
    End {
        notes: fs::read_to_string(life.notes).unwrap(),
        status: errors.is_ok().then_some(status),
        errors: errors.unwrap_or_default(),
    }
}

/// `strace` ends with the process that it runs; that one's own number is in its notes.
fn kill_hanging(life: &Life<'_>) {
    let notes = fs::read_to_string(life.notes).unwrap();
    let process = notes
        .lines()
        .rev()
        .find_map(|note| note.strip_prefix("process "));
    let killed = Command::new("kill")
        .args(["-KILL", process.expect("a process that notes its number")])
        .status();
    assert!(
        killed.unwrap().success(),
        "a process hangs and cannot be killed"
    );
}

/// A call of some thread.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) name: String,
    arguments: Vec<Vec<u8>>,
    /// None for one that did not return before the process was killed.
    pub(super) result: Option<i64>,
}

/// The begin or the end of a call, by its place among the calls. A call may have taken effect at
/// any time between the two.
#[derive(Clone, Copy, Debug)]
pub(super) enum Moment {
    Begin(usize),
    End(usize),
}

/// What `strace` wrote down, in its order.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) calls: Vec<Call>,
    pub(super) moments: Vec<Moment>,
}

impl Trace {
    /// Reads what `-f -y -xx` with a large `-s` has written.
    pub(super) fn read(log: &[u8]) -> Self {
        let mut trace = Self::default();
        // What is open of each thread: the place of the call, and the text of its arguments.
        let mut open: HashMap<Vec<u8>, (usize, Vec<u8>)> = HashMap::new();
        for line in log
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
        {
            let space = line.iter().position(|byte| *byte == b' ').unwrap();
            let (thread, line) = (line[..space].to_vec(), line[space..].trim_ascii_start());
            if line.starts_with(b"---") || line.starts_with(b"+++") {
                continue;
            }
            if line.starts_with(b"<... ") {
                let resumed = find(line, b" resumed>").expect("the rest of a call");
                let (call, mut text) = open.remove(&thread).expect("a call begun");
                text.extend_from_slice(&line[resumed + b" resumed>".len()..]);
                trace.end(call, &text);
                continue;
            }
            let opening = line.iter().position(|byte| *byte == b'(').expect("a call");
            let call = trace.calls.len();
            trace.calls.push(Call {
                name: String::from_utf8(line[..opening].to_vec()).unwrap(),
                arguments: Vec::new(),
                result: None,
            });
            trace.moments.push(Moment::Begin(call));
            let text = &line[opening + 1..];
            match find(text, b" <unfinished ...>") {
                Some(end) => {
                    trace.calls[call].arguments = arguments(&text[..end]);
                    open.insert(thread, (call, text[..end].to_vec()));
                }
                None => trace.end(call, text),
            }
        }
        trace
    }

    /// `text` is the arguments, `) = ` and the result, or `?` for one killed before.
    fn end(&mut self, call: usize, text: &[u8]) {
        let close = text
            .windows(2)
            .rposition(|two| two == b"= ")
            .expect("a result");
        let result = String::from_utf8_lossy(&text[close + 2..]).into_owned();
        let number: String = result
            .chars()
            .take_while(|letter| letter.is_ascii_digit() || *letter == '-')
            .collect();
        let bracket = text[..close]
            .iter()
            .rposition(|byte| *byte == b')')
            .unwrap();
        let call_read = &mut self.calls[call];
        call_read.arguments = arguments(&text[..bracket]);
        call_read.result = number.parse().ok();
        if call_read.result.is_some() {
            self.moments.push(Moment::End(call));
        }
    }
}

impl Call {
    /// The path of the file that an argument is a descriptor of.
    pub(super) fn descriptor(&self, argument: usize) -> Option<(i64, PathBuf)> {
        let argument = self.arguments.get(argument)?;
        let open = argument.iter().position(|byte| *byte == b'<')?;
        let number = String::from_utf8_lossy(&argument[..open]).parse().ok()?;
        let close = argument.iter().position(|byte| *byte == b'>')?;
        let path = unescape(&argument[open + 1..close]);
        Some((number, OsString::from_vec(path).into()))
    }

    /// A path given as text, in the directory that the argument before is a descriptor of.
    pub(super) fn path_at(&self, argument: usize) -> Option<PathBuf> {
        let path = self.path(argument)?;
        let directory = self.arguments.get(argument.checked_sub(1)?)?;
        let open = directory.iter().position(|byte| *byte == b'<')?;
        let close = directory.iter().position(|byte| *byte == b'>')?;
        let directory = OsString::from_vec(unescape(&directory[open + 1..close]));
        Some(PathBuf::from(directory).join(path))
    }

    pub(super) fn path(&self, argument: usize) -> Option<PathBuf> {
        Some(OsString::from_vec(self.bytes(argument)?).into())
    }

    /// The bytes of all strings in an argument.
    pub(super) fn bytes(&self, argument: usize) -> Option<Vec<u8>> {
        let argument = self.arguments.get(argument)?;
        let mut parts = argument
            .split(|byte| *byte == b'"')
            .skip(1)
            .step_by(2)
            .peekable();
        parts.peek()?;
        assert!(!argument.ends_with(b"..."), "a string was cut");
        Some(parts.flat_map(unescape).collect())
    }

    pub(super) fn number(&self, argument: usize) -> Option<u64> {
        String::from_utf8_lossy(self.arguments.get(argument)?)
            .parse()
            .ok()
    }

    pub(super) fn has_flag(&self, argument: usize, flag: &str) -> bool {
        let flags = self.arguments.get(argument);
        flags.is_some_and(|flags| {
            String::from_utf8_lossy(flags)
                .split('|')
                .any(|one| one == flag)
        })
    }

    pub(super) fn mentions(&self, path: &Path) -> bool {
        let escaped = escape(path);
        self.arguments
            .iter()
            .any(|argument| find(argument, &escaped).is_some())
    }
}

/// Commas inside strings and paths are escaped; those in brackets part no arguments.
fn arguments(text: &[u8]) -> Vec<Vec<u8>> {
    let mut arguments = vec![Vec::new()];
    let mut depth = 0_i32;
    for byte in text {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                arguments.push(Vec::new());
                continue;
            }
            b' ' => continue,
            _ => {}
        }
        arguments.last_mut().unwrap().push(*byte);
    }
    arguments
}

fn unescape(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4);
    let mut rest = text;
    while let Some(byte) = rest.first() {
        if rest.starts_with(b"\\x") {
            let digit = |at: usize| char::from(rest[at]).to_digit(16).unwrap();
            bytes.push(u8::try_from(digit(2) * 16 + digit(3)).unwrap());
            rest = &rest[4..];
        } else {
            bytes.push(*byte);
            rest = &rest[1..];
        }
    }
    bytes
}

fn escape(path: &Path) -> Vec<u8> {
    let bytes = path.as_os_str().as_encoded_bytes();
    let escaped = bytes.iter().map(|byte| format!("\\x{byte:02x}"));
    escaped.collect::<String>().into_bytes()
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[test]
fn a_trace_is_read_with_its_calls_that_overlap() {
    let log = br#"7 pwrite64(3</a>, "\x00\x2c\x22", 3, 512 <unfinished ...>
8 fdatasync(4</b> <unfinished ...>
7 <... pwrite64 resumed>)           = 3
8 <... fdatasync resumed>)          = 0
7 writev(5</n>, [{iov_base="\x61", iov_len=1}, {iov_base="\x0a", iov_len=1}], 2) = 2
7 rename("\x2f\x61", "\x2f\x62") = -1 ENOSPC (No space left on device) (INJECTED)
8 fsync(3</a>) = ?
8 +++ killed by SIGKILL +++
"#;
    let trace = Trace::read(log);
    let order: Vec<_> = trace
        .moments
        .iter()
        .map(|moment| match moment {
            Moment::Begin(call) => (true, *call),
            Moment::End(call) => (false, *call),
        })
        .collect();
    let (begin, end) = (true, false);
    let expected = [
        (begin, 0),
        (begin, 1),
        (end, 0),
        (end, 1),
        (begin, 2),
        (end, 2),
        (begin, 3),
        (end, 3),
        (begin, 4),
    ];
    assert_eq!(
        order, expected,
        "what overlaps is told to overlap, and a killed call has no end"
    );
    assert_eq!(trace.calls[0].descriptor(0), Some((3, PathBuf::from("/a"))));
    assert_eq!(trace.calls[0].bytes(1), Some(vec![0, 0x2c, 0x22]));
    assert_eq!(trace.calls[0].number(3), Some(512));
    assert_eq!(trace.calls[2].bytes(1), Some(b"a\n".to_vec()));
    assert_eq!(trace.calls[3].path(1), Some(PathBuf::from("/b")));
    assert_eq!(trace.calls[3].result, Some(-1));
    assert_eq!(trace.calls[4].result, None);
}
