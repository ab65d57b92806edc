//! What must be set before the first thread, window or file.

/// Leaves no core dump, and works around the renderer that fails on NVIDIA drivers.
pub(crate) fn before_anything() {
    #[cfg(target_os = "linux")]
    linux::before_anything();
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{env, os::unix::process::CommandExt, path::Path, process::Command};

    use rustix::process::{Resource, Rlimit, setrlimit};

    const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    pub(super) fn before_anything() {
        // A dump of this process, or of the web process that inherits the limit, holds keys and text.
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        if setrlimit(Resource::Core, none).is_err() {
            tracing::warn!(name: "core dumps could not be switched off", "");
        }
        if Path::new("/proc/driver/nvidia/version").exists() && env::var_os(RENDERER).is_none() {
            start_again_without_dmabuf();
        }
    }

    /// The variable must be there before WebKit's threads are: writing to the environment of a
    /// running process is unsafe, so the program replaces itself.
    fn start_again_without_dmabuf() {
        if let Ok(program) = env::current_exe() {
            let failure = Command::new(program)
                .args(env::args_os().skip(1))
                .env(RENDERER, "1")
                .exec();
            tracing::warn!(name: "WebKit keeps its default renderer", kind = ?failure.kind());
        }
    }

    #[cfg(test)]
    mod tests {
        use rustix::process::getrlimit;

        use super::*;

        #[test]
        fn no_core_dump_is_left() {
            before_anything();
            assert_eq!(getrlimit(Resource::Core).maximum, Some(0));
        }
    }
}
