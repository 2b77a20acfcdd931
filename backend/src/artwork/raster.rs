//! The same pictures as dots, for sites that draw no SVG when somebody shares a
//! campaign there.

use anyhow::Context as _;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};

/// Width of a shared picture, in dots: what social networks ask for.
pub const WIDTH: u32 = 1_200;
/// Its height.
pub const HEIGHT: u32 = 630;
/// Draws the picture of a seed as a PNG of [`WIDTH`] by [`HEIGHT`]. It takes some
/// milliseconds of a processor, and belongs on a thread that may block.
///
/// # Errors
/// When the drawing cannot be read back, which would be a fault of ours.
pub fn png(seed: &str) -> anyhow::Result<Vec<u8>> {
    // The drawing itself says that it fills any size, cut off on both sides alike.
    let size = format!("width=\"{WIDTH}\" height=\"{HEIGHT}\"");
    let drawing = super::draw(seed).replacen("width=\"960\" height=\"600\"", &size, 1);
    dots(&drawing)
}

/// A drawing without text as a PNG, a dot for each of its own.
///
/// # Errors
/// When it cannot be read, which would be a fault of ours.
pub fn dots(drawing: &str) -> anyhow::Result<Vec<u8>> {
    let tree = Tree::from_str(drawing, &Options::default())?;
    let size = tree.size().to_int_size();
    let mut picture = Pixmap::new(size.width(), size.height()).context("a picture has dots")?;
    resvg::render(&tree, Transform::default(), &mut picture.as_mut());
    Ok(picture.encode_png()?)
}

#[cfg(test)]
mod tests {
    use resvg::tiny_skia::Pixmap;

    use super::{HEIGHT, WIDTH, png};
    use crate::artwork::MOTIFS;

    #[test]
    fn every_motif_fills_its_picture_to_the_edges() {
        for (name, _) in MOTIFS {
            let bytes = png(&format!("{name}-200-1")).expect("drawn");
            let picture = Pixmap::decode_png(&bytes).expect("a PNG");
            assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT), "{name}");
            assert!(picture.pixels().iter().all(|dot| dot.alpha() == 255), "{name} has a hole");
            let first = picture.pixels()[0];
            assert!(picture.pixels().iter().any(|dot| *dot != first), "{name} is empty");
        }
    }
}
