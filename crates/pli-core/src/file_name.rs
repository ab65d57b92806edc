//! File names that came from others, made safe to write and honest to show.

use unicode_normalization::UnicodeNormalization as _;

/// Longest name, in bytes: what every file system we write to takes.
const MAX_BYTES: usize = 255;

/// Longest extension kept when a name is cut.
const MAX_EXTENSION: usize = 16;

/// Names Windows keeps for devices, with or without an extension.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The name under which a file is shown and written; never empty.
///
/// Separators, controls, bidi marks and what Windows refuses go; the result is NFC, ends in
/// neither dot nor space, starts with no dot, is no device name, and has 255 bytes at most.
/// The extension survives the cut, so that what is shown is what would run.
pub fn sanitise(name: &str) -> String {
    let kept: String = name
        .nfc()
        .map(|c| if is_separator(c) { '_' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c))
        // What stood between a letter and its accent may be gone.
        .nfc()
        .collect();
    let mut safe = cut(kept.trim_matches(is_margin));
    if is_device(&safe) {
        safe = cut(&format!("_{safe}"));
    }
    if safe.is_empty() {
        safe.push_str("file");
    }
    safe
}

/// What no name begins or ends with.
fn is_margin(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

/// What some file system takes for a separator, a stream or a wildcard.
fn is_separator(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        // Look-alikes of the slash and the full stop.
        || matches!(c, '\u{2044}' | '\u{2215}' | '\u{29F8}' | '\u{FF0F}' | '\u{FF3C}' | '\u{2024}' | '\u{FF0E}')
}

/// What changes the order or the look of a name without being seen.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}

fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_lowercase();
    if RESERVED.contains(&stem.as_str()) {
        return true;
    }
    let mut chars = stem.chars();
    let prefix: String = chars.by_ref().take(3).collect();
    let rest = chars.as_str();
    matches!(prefix.as_str(), "com" | "lpt")
        && matches!(
            rest,
            "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
        )
}

/// Cuts the stem so that stem and extension fit.
fn cut(name: &str) -> String {
    if name.len() <= MAX_BYTES {
        return name.to_owned();
    }
    let extension = match name.rsplit_once('.') {
        Some((_, extension)) if extension.len() <= MAX_EXTENSION => extension,
        _ => "",
    };
    let room = MAX_BYTES - extension.len() - usize::from(!extension.is_empty());
    let mut stem = String::new();
    for c in name.chars() {
        if stem.len() + c.len_utf8() > room {
            break;
        }
        stem.push(c);
    }
    let stem = stem.trim_end_matches(is_margin);
    if extension.is_empty() {
        stem.to_owned()
    } else {
        format!("{stem}.{extension}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_stay() {
        for name in [
            "rapport.pdf",
            "Compte rendu (été).docx",
            "archive.tar.gz",
            "图片.png",
        ] {
            assert_eq!(sanitise(name), name, "nothing is wrong with it");
        }
    }

    #[test]
    fn paths_become_names() {
        assert_eq!(sanitise("../../etc/passwd"), "_.._etc_passwd", "no way up");
        assert_eq!(
            sanitise("C:\\Windows\\x.dll"),
            "C__Windows_x.dll",
            "no drive, no separator"
        );
        assert_eq!(
            sanitise("a\u{2215}b\u{FF0F}c"),
            "a_b_c",
            "look-alikes of the slash too"
        );
        assert_eq!(sanitise(".bashrc"), "bashrc", "not hidden");
    }

    #[test]
    fn bidi_marks_cannot_hide_the_extension() {
        assert_eq!(
            sanitise("facture\u{202E}fdp.exe"),
            "facturefdp.exe",
            "what runs is what is shown"
        );
        assert_eq!(
            sanitise("a\u{200B}\u{2066}\u{FEFF}b.txt"),
            "ab.txt",
            "nor other invisible marks"
        );
    }

    #[test]
    fn controls_and_nul_go() {
        assert_eq!(
            sanitise("a\0b\nc\u{7f}.txt"),
            "abc.txt",
            "no terminator, no line break"
        );
    }

    #[test]
    fn trailing_dots_and_spaces_go() {
        assert_eq!(
            sanitise("run.exe. . ."),
            "run.exe",
            "Windows would drop them"
        );
    }

    #[test]
    fn device_names_are_defused() {
        for name in ["CON", "nul.txt", "Com1.log", "LPT9", "aux .c", "com¹"] {
            let safe = sanitise(name);
            assert!(safe.starts_with('_'), "{name} became {safe}");
        }
        assert_eq!(
            sanitise("console.log"),
            "console.log",
            "only whole stems are devices"
        );
    }

    #[test]
    fn names_are_nfc() {
        assert_eq!(
            sanitise("e\u{301}te\u{301}.txt"),
            "été.txt",
            "one spelling only"
        );
        assert_eq!(
            sanitise("e\u{200B}\u{301}te\u{200B}\u{301}.txt"),
            "été.txt",
            "also of what was hidden between letter and accent"
        );
    }

    #[test]
    fn a_safe_name_is_safe() {
        for name in [
            "a.\u{3000}.".to_owned(),
            format!("con{}x", " ".repeat(300)),
            format!("con.{}", "x".repeat(250)),
        ] {
            let safe = sanitise(&name);
            assert_eq!(sanitise(&safe), safe, "nothing is left to do");
            assert!(safe.len() <= 255, "{} bytes", safe.len());
        }
    }

    #[test]
    fn empty_names_get_one() {
        for name in ["", "...", " ", "\u{202E}", "\0"] {
            assert_eq!(sanitise(name), "file", "{name:?} leaves nothing");
        }
    }

    #[test]
    fn long_names_keep_their_extension() {
        let safe = sanitise(&format!("{}.pdf", "é".repeat(400)));
        assert!(safe.len() <= 255, "{} bytes", safe.len());
        assert!(safe.ends_with(".pdf"), "the extension tells what opens it");
        let safe = sanitise(&format!("a.{}", "x".repeat(400)));
        assert!(safe.len() <= 255, "an endless extension is no extension");
        let safe = sanitise(&format!("com1.{}", "x".repeat(400)));
        assert!(safe.len() <= 255, "also after defusing a device name");
    }
}
