//! QR codes: drawn from what the SDK wants shown, and read from pictures.

use std::{
    fmt,
    io::{Cursor, Read as _},
    path::{Path, PathBuf},
};

use image::{DynamicImage, ImageReader, RgbaImage};
use matrix_sdk::encryption::verification::QrVerification;

use crate::media::sniff;

/// Largest picture looked at, in bytes.
const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// Longest side looked at, in pixels: a photograph of a screen has enough of them.
const MAX_SIDE: u32 = 2_000;

/// A QR code to be drawn, without its quiet zone.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    /// Modules of a side.
    pub size: usize,
    /// Row by row, whether a module is dark.
    pub dark: Vec<bool>,
}

/// What it says is a secret of the two devices.
impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}

impl Code {
    pub(super) fn of(verification: &QrVerification) -> Option<Self> {
        let code = verification.to_qr_code().ok()?;
        let colors = code.to_colors().into_iter();
        Some(Self {
            size: code.width(),
            dark: colors.map(|color| color.select(true, false)).collect(),
        })
    }
}

/// A picture in which a QR code is looked for.
pub enum Picture {
    /// A file that the user chose: PNG, JPEG, GIF or WebP.
    File(PathBuf),
    /// Pixels that were pasted: four bytes each, red, green, blue, alpha.
    Pixels {
        /// Pixels of a row.
        width: u32,
        /// Rows.
        height: u32,
        /// Row by row.
        rgba: Vec<u8>,
    },
}

/// The bytes in the first QR code of a picture that can be read. Reads the disk, and takes long.
pub(super) fn read(picture: Picture) -> Option<Vec<u8>> {
    match picture {
        Picture::File(path) => find(decode(&read_file(&path)?)?),
        Picture::Pixels {
            width,
            height,
            rgba,
        } => find(RgbaImage::from_raw(width, height, rgba)?.into()),
    }
}

fn read_file(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).ok()?;
    let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes).ok()?;
    (read as u64 <= MAX_BYTES).then_some(bytes)
}

fn decode(bytes: &[u8]) -> Option<DynamicImage> {
    // Its header announces a sane size.
    sniff::dimensions(bytes)?;
    let reader = ImageReader::new(Cursor::new(bytes));
    reader.with_guessed_format().ok()?.decode().ok()
}

fn find(image: DynamicImage) -> Option<Vec<u8>> {
    let image = shrunk(image).into_luma8();
    let (width, height) = (
        usize::try_from(image.width()).ok()?,
        usize::try_from(image.height()).ok()?,
    );
    let pixels = image.into_raw();
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels.get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    prepared.detect_grids().iter().find_map(|grid| {
        let mut bytes = Vec::new();
        grid.decode_to(&mut bytes).ok()?;
        Some(bytes)
    })
}

fn shrunk(image: DynamicImage) -> DynamicImage {
    if image.width() > MAX_SIDE || image.height() > MAX_SIDE {
        image.thumbnail(MAX_SIDE, MAX_SIDE)
    } else {
        image
    }
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Luma};

    use super::*;

    fn png(image: DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("an image");
        bytes.into_inner()
    }

    fn look(bytes: &[u8]) -> Option<Vec<u8>> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), bytes).expect("writable");
        read(Picture::File(file.path().to_owned()))
    }

    #[test]
    fn a_picture_without_a_code_gives_nothing() {
        assert_eq!(look(&png(DynamicImage::new_luma8(300, 300))), None);
        assert_eq!(look(b"<svg/>"), None);
        let stripes = image::GrayImage::from_fn(400, 400, |x, y| {
            Luma([if (x / 7 + y / 5) % 2 == 0 { 0 } else { 255 }])
        });
        assert_eq!(look(&png(stripes.into())), None);
        let mut damaged = png(DynamicImage::new_luma8(300, 300));
        damaged.truncate(50);
        assert_eq!(look(&damaged), None);
        assert_eq!(read(Picture::File("/nowhere".into())), None);
        let pixels = Picture::Pixels {
            width: 2,
            height: 2,
            rgba: vec![0; 15],
        };
        assert_eq!(read(pixels), None, "a byte is missing");
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_not_decoded() {
        let mut bomb = png(DynamicImage::new_luma8(8, 8));
        // IHDR: width and height, four bytes each.
        bomb.splice(16..24, [0, 1, 0, 0, 0, 1, 0, 0]);
        assert_eq!(look(&bomb), None);
    }
}
