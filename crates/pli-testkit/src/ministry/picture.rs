//! Pictures that people send: drawn here, so that none has to be kept.

use std::io::Cursor;

use anyhow::Result;
use image::{ImageFormat, Rgb, RgbImage};

const INK: [u8; 3] = [43, 63, 168];
const PAPER: [u8; 3] = [246, 245, 240];
const WIDTH: u32 = 960;
const HEIGHT: u32 = 540;

/// A PNG of that name: bars for figures, a landscape for the rest.
pub(super) fn draw(name: &str) -> Result<Vec<u8>> {
    let bars = ["avancement", "repartition", "parcours"];
    let seed: u32 = name.bytes().map(u32::from).sum();
    let picture = if bars.iter().any(|bar| name.starts_with(bar)) {
        RgbImage::from_fn(WIDTH, HEIGHT, |x, y| Rgb(bar(x, y, seed)))
    } else {
        RgbImage::from_fn(WIDTH, HEIGHT, |x, y| Rgb(landscape(x, y)))
    };
    let mut png = Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png)?;
    Ok(png.into_inner())
}

/// Width and height of every picture.
pub(super) const SIZE: (u32, u32) = (WIDTH, HEIGHT);

fn bar(x: u32, y: u32, seed: u32) -> [u8; 3] {
    let (column, within) = (x / 96, x % 96);
    let height = 90 + (column * 37 + seed * 13) % 360;
    if !(16..=80).contains(&within) || column == 0 || column == 9 {
        return if y % 90 == 60 && x > 60 && x < 900 {
            [220, 218, 210]
        } else {
            PAPER
        };
    }
    match y > HEIGHT - 30 - height && y < HEIGHT - 30 {
        true if column % 3 == 2 => [168, 172, 190],
        true => INK,
        false => PAPER,
    }
}

fn landscape(x: u32, y: u32) -> [u8; 3] {
    let (x, y) = (f64::from(x), f64::from(y));
    let far = 300.0 + (x / 97.0).sin() * 40.0 + (x / 41.0).sin() * 12.0;
    let near = 400.0 + (x / 150.0 + 1.0).sin() * 50.0;
    let sun = ((x - 700.0).powi(2) + (y - 150.0).powi(2)).sqrt();
    if y > near {
        [26, 38, 104]
    } else if y > far {
        [80, 98, 190]
    } else if sun < 56.0 {
        [255, 214, 140]
    } else {
        let [r, g, b] = [206.0, 216.0, 245.0].map(|light: f64| light + (y / 300.0) * 38.0);
        [r, g, b].map(|light| light.clamp(0.0, 255.0) as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_png_of_the_told_size() {
        let picture = image::load_from_memory(&draw("affiche.png").unwrap()).unwrap();
        assert_eq!((picture.width(), picture.height()), SIZE);
    }
}
