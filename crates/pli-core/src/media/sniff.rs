//! What bytes are, told by the bytes.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};

/// Longest side of an image that is decoded by anybody, in pixels.
const MAX_SIDE: u32 = 16_384;

/// Most pixels of an image that is decoded by anybody: 200 MB once decoded.
const MAX_PIXELS: u64 = 50_000_000;

/// The type of a medium that the page may draw or play; never SVG, HTML or PDF.
pub fn shown_type(bytes: &[u8]) -> Option<&'static str> {
    image_type(bytes).or_else(|| played_type(bytes))
}

/// The type of an image that may be drawn.
pub fn image_type(bytes: &[u8]) -> Option<&'static str> {
    match image::guess_format(bytes).ok()? {
        ImageFormat::Png => Some("image/png"),
        ImageFormat::Jpeg => Some("image/jpeg"),
        ImageFormat::Gif => Some("image/gif"),
        ImageFormat::WebP => Some("image/webp"),
        _ => None,
    }
}

/// Width and height of an image that is safe to decode, read from its header alone.
pub fn dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    image_type(bytes)?;
    let (width, height) = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?
        .into_dimensions()
        .ok()?;
    let safe = width > 0
        && height > 0
        && width <= MAX_SIDE
        && height <= MAX_SIDE
        && u64::from(width) * u64::from(height) <= MAX_PIXELS;
    safe.then_some((width, height))
}

fn played_type(bytes: &[u8]) -> Option<&'static str> {
    let at = |offset: usize, mark: &[u8]| bytes.get(offset..offset + mark.len()) == Some(mark);
    if at(4, b"ftyp") {
        return Some(if at(8, b"M4A ") || at(8, b"M4B ") {
            "audio/mp4"
        } else {
            "video/mp4"
        });
    }
    if at(0, &[0x1A, 0x45, 0xDF, 0xA3]) {
        return Some("video/webm");
    }
    if at(0, b"OggS") {
        let video = at(28, b"\x80theora");
        return Some(if video { "video/ogg" } else { "audio/ogg" });
    }
    if at(0, b"ID3") || matches!(bytes, [0xFF, second, ..] if second & 0xE6 == 0xE2) {
        return Some("audio/mpeg");
    }
    if at(0, b"fLaC") {
        return Some("audio/flac");
    }
    if at(0, b"RIFF") && at(8, b"WAVE") {
        return Some("audio/wav");
    }
    None
}

/// A type by the extension of a file name, for files that are sent; from an allow-list.
pub fn type_by_name(name: &str) -> &'static str {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase());
    match extension.as_deref().unwrap_or_default() {
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "txt" | "log" | "md" => "text/plain",
        "csv" => "text/csv",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        _ => "application/octet-stream",
    }
}

/// The announced type of a medium, if it is one the page has an icon or a player for.
pub fn allowed_type(announced: &str) -> Option<String> {
    let essence = announced
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let (top, sub) = essence.split_once('/')?;
    let sane = !sub.is_empty()
        && sub.len() <= 100
        && sub
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-._".contains(c));
    let known = match top {
        "image" => matches!(sub, "png" | "jpeg" | "gif" | "webp"),
        "audio" | "video" => true,
        "text" => matches!(sub, "plain" | "csv" | "markdown" | "calendar"),
        "application" => !matches!(sub, "xhtml+xml" | "javascript" | "x-javascript"),
        _ => false,
    };
    (sane && known).then_some(essence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image::DynamicImage::new_luma8(width, height)
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("an image");
        bytes.into_inner()
    }

    /// A PNG header that announces a size, with no pixels behind.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = png(1, 1);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let mut crc = 0xFFFF_FFFF_u32;
        for byte in &bytes[12..29] {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 {
                    (crc >> 1) ^ 0xEDB8_8320
                } else {
                    crc >> 1
                };
            }
        }
        bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
        bytes
    }

    #[test]
    fn images_are_told_by_content() {
        assert_eq!(shown_type(&png(2, 3)), Some("image/png"));
        assert_eq!(dimensions(&png(2, 3)), Some((2, 3)));
    }

    #[test]
    fn what_can_run_is_never_shown() {
        for bytes in [
            &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..],
            b"<!DOCTYPE html><script>1</script>",
            b"%PDF-1.7",
            b"MZ\x90\0",
            b"\x7fELF",
            b"",
            b"\x89PNG",
        ] {
            assert_eq!(shown_type(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn images_too_large_to_decode_are_refused() {
        assert_eq!(dimensions(&bomb(16_385, 1)), None, "too wide");
        assert_eq!(dimensions(&bomb(16_000, 16_000)), None, "too many pixels");
        assert_eq!(dimensions(&bomb(u32::MAX, u32::MAX)), None, "absurd");
        assert_eq!(
            dimensions(&bomb(4_000, 3_000)),
            Some((4_000, 3_000)),
            "a photograph passes"
        );
    }

    #[test]
    fn sound_and_video_are_told_by_content() {
        assert_eq!(shown_type(b"\0\0\0\x18ftypisom\0\0"), Some("video/mp4"));
        assert_eq!(shown_type(b"OggS\0\x02........"), Some("audio/ogg"));
        assert_eq!(shown_type(b"RIFF\0\0\0\0WAVEfmt "), Some("audio/wav"));
        assert_eq!(shown_type(b"ID3\x04\0"), Some("audio/mpeg"));
    }

    #[test]
    fn announced_types_come_from_a_list() {
        assert_eq!(allowed_type("image/PNG; a=b").as_deref(), Some("image/png"));
        for announced in [
            "image/svg+xml",
            "text/html",
            "application/javascript",
            "x/y",
            "application/a b",
            "text",
            "",
        ] {
            assert_eq!(allowed_type(announced), None, "{announced:?}");
        }
    }
}
