//! Panics: where, and nothing of what they say.

use std::{fmt::Write, panic, sync::Arc};

use crate::{
    file::RotatingFile,
    layer::{beginning, place},
};

/// Writes the place of every panic to `file`.
pub(crate) fn record_places(file: Arc<RotatingFile>) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let mut line = beginning("PANIC", "pli");
        if let Some(at) = panic.location() {
            let _ = write!(line, " {}:{}:{}", place(at.file()), at.line(), at.column());
        }
        line.push('\n');
        file.write(&line);
        // The usual hook prints the message, which is for a developer's terminal only.
        if cfg!(debug_assertions) {
            before(panic);
        }
    }));
}
