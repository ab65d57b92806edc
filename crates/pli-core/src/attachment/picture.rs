//! Pictures made smaller, for previews and thumbnails.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, RgbaImage,
    codecs::jpeg::JpegEncoder, metadata::Orientation,
};

use crate::media::sniff;

/// Box of a thumbnail, in pixels: what the timeline draws at double density.
const BOX: (u32, u32) = (800, 600);

/// Quality of a JPEG thumbnail.
const QUALITY: u8 = 80;

/// A picture that could be decoded.
pub(crate) struct Picture {
    /// Pixels, the way up it is drawn.
    pub(super) width: u32,
    /// Pixels, the way up it is drawn.
    pub(super) height: u32,
    /// The same, small.
    pub(crate) small: Small,
}

/// A small picture.
pub(crate) struct Small {
    pub(crate) bytes: Vec<u8>,
    pub(crate) mimetype: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Picture {
    /// Decodes a picture whose header announces a sane size.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        sniff::dimensions(bytes)?;
        let reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .ok()?;
        let mut decoder = reader.into_decoder().ok()?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let mut image = DynamicImage::from_decoder(decoder).ok()?;
        image.apply_orientation(orientation);
        let (width, height) = (image.width(), image.height());
        if width > BOX.0 || height > BOX.1 {
            image = image.thumbnail(BOX.0, BOX.1);
        }
        Some(Self {
            width,
            height,
            small: Small::encode(&image)?,
        })
    }

    /// Whether a thumbnail saves anything.
    pub(super) fn is_large(&self) -> bool {
        self.width > BOX.0 || self.height > BOX.1
    }
}

impl Small {
    fn encode(image: &DynamicImage) -> Option<Self> {
        let mut bytes = Cursor::new(Vec::new());
        let mimetype = if image.color().has_alpha() {
            image.write_to(&mut bytes, ImageFormat::Png).ok()?;
            "image/png"
        } else {
            let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
            image.to_rgb8().write_with_encoder(encoder).ok()?;
            "image/jpeg"
        };
        Some(Self {
            bytes: bytes.into_inner(),
            mimetype,
            width: image.width(),
            height: image.height(),
        })
    }
}

/// Pixels (RGBA) as a PNG.
pub(super) fn encode(width: u32, height: u32, pixels: Vec<u8>) -> Option<Vec<u8>> {
    let image = DynamicImage::ImageRgba8(RgbaImage::from_raw(width, height, pixels)?);
    let opaque = image
        .as_rgba8()
        .is_some_and(|image| image.pixels().all(|pixel| pixel.0.last() == Some(&u8::MAX)));
    let image = if opaque {
        DynamicImage::ImageRgb8(image.to_rgb8())
    } else {
        image
    };
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Png).ok()?;
    let bytes = bytes.into_inner();
    sniff::dimensions(&bytes).map(|_| bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(image: DynamicImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image
            .write_to(&mut bytes, ImageFormat::Png)
            .expect("an image");
        bytes.into_inner()
    }

    #[test]
    fn large_pictures_shrink_into_the_box() {
        let picture = Picture::read(&png(DynamicImage::new_rgb8(3_000, 1_000))).expect("a picture");
        assert_eq!((picture.width, picture.height), (3_000, 1_000));
        assert!(picture.is_large());
        assert_eq!(
            (picture.small.width, picture.small.height),
            (800, 267),
            "the shape stays"
        );
        assert_eq!(picture.small.mimetype, "image/jpeg");
        assert_eq!(
            sniff::dimensions(&picture.small.bytes),
            Some((800, 267)),
            "it can be drawn"
        );
    }

    #[test]
    fn transparency_stays() {
        let picture = Picture::read(&png(DynamicImage::new_rgba8(20, 10))).expect("a picture");
        assert_eq!(picture.small.mimetype, "image/png");
        assert!(!picture.is_large(), "it is its own thumbnail");
    }

    #[test]
    fn damaged_pictures_are_none() {
        let mut bytes = png(DynamicImage::new_rgb8(20, 10));
        bytes.truncate(40);
        assert!(Picture::read(&bytes).is_none());
        assert!(Picture::read(b"<svg/>").is_none());
    }

    #[test]
    fn pasted_pixels_become_a_png() {
        let bytes = encode(2, 2, vec![255; 16]).expect("four pixels");
        assert_eq!(sniff::dimensions(&bytes), Some((2, 2)));
        assert!(encode(2, 2, vec![0; 15]).is_none(), "a pixel is missing");
    }
}
