//! Reading AVIF: a container around one frame of AV1, as luma and two colours.

use avif_parse::{AvifData, read_avif};
use domain::media::{MOST_DOTS, Unfit};
use image::{DynamicImage, RgbImage, RgbaImage};
use re_rav1d::dav1d::{
    Decoder, Picture, PixelLayout, PlanarImageComponent as Component, Settings,
    pixel::{MatrixCoefficients as Matrix, YUVRange},
};

use super::read::check_sides;

/// Fixed point: so many bits behind the point.
const POINT: u32 = 16;

/// Reads the picture, as it lies in the file.
///
/// # Errors
/// Why it cannot be shown.
pub fn read(file: &[u8]) -> Result<DynamicImage, Unfit> {
    let mut rest = file;
    let data: AvifData = read_avif(&mut rest).map_err(|_| Unfit::Broken)?;
    let header = data.primary_item_metadata().map_err(|_| Unfit::Broken)?;
    check_sides(header.max_frame_width.get(), header.max_frame_height.get())?;
    let frame = frame(&data.primary_item)?;
    check_sides(frame.width(), frame.height())?;
    let colours = Colours::of(&frame);
    let alpha = match &data.alpha_item {
        Some(item) => Some(self::frame(item)?),
        None => None,
    };
    let is_same_size = |it: &Picture| (it.width(), it.height()) == (frame.width(), frame.height());
    Ok(match alpha.filter(is_same_size) {
        None => {
            RgbImage::from_fn(frame.width(), frame.height(), |x, y| colours.at(x, y).into()).into()
        }
        Some(alpha) => {
            let alpha = Samples::of(&alpha, Component::Y);
            let is_full = |value: i64| u8::try_from(value.clamp(0, 255)).unwrap_or(u8::MAX);
            let depth = alpha.depth;
            RgbaImage::from_fn(frame.width(), frame.height(), |x, y| {
                let seen = is_full(alpha.at(x, y) >> (depth - 8));
                let [red, green, blue] = colours.at(x, y).map(|colour| {
                    if data.premultiplied_alpha { divided(colour, seen) } else { colour }
                });
                [red, green, blue, seen].into()
            })
            .into()
        }
    })
}

/// A colour that was multiplied with what is seen of it.
fn divided(colour: u8, seen: u8) -> u8 {
    let whole = u16::from(colour) * 255 / u16::from(seen).max(1);
    u8::try_from(whole).unwrap_or(u8::MAX)
}

fn frame(item: &[u8]) -> Result<Picture, Unfit> {
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(MOST_DOTS).unwrap_or(u32::MAX));
    let mut decoder = Decoder::with_settings(&settings).map_err(|_| Unfit::Broken)?;
    let mut sent = decoder.send_data(item.to_vec(), None, None, None);
    // A frame may have to be taken out before all of it is in.
    for _ in 0..16 {
        match decoder.get_picture() {
            Ok(picture) => return Ok(picture),
            Err(error) if error.is_again() => {}
            Err(_) => return Err(Unfit::Broken),
        }
        match sent {
            Err(error) if error.is_again() => sent = decoder.send_pending_data(),
            Err(_) => return Err(Unfit::Broken),
            Ok(()) => {}
        }
    }
    Err(Unfit::Broken)
}

/// The values of one plane.
struct Samples {
    plane: re_rav1d::dav1d::Plane,
    /// Bytes of a line.
    stride: usize,
    /// Bits of a value: 8, 10 or 12.
    depth: u32,
    /// By how many bits a place is divided, across and down.
    divided: (u32, u32),
}

impl Samples {
    fn of(picture: &Picture, component: Component) -> Self {
        let divided = match (component, picture.pixel_layout()) {
            (Component::Y, _) | (_, PixelLayout::I444 | PixelLayout::I400) => (0, 0),
            (_, PixelLayout::I422) => (1, 0),
            (_, PixelLayout::I420) => (1, 1),
        };
        let bits = picture.bits_per_component().map_or(8, |bits| bits.0);
        Self {
            stride: picture.stride(component) as usize,
            plane: picture.plane(component),
            depth: u32::try_from(bits).unwrap_or(8),
            divided,
        }
    }

    /// The value for a dot of the picture.
    fn at(&self, x: u32, y: u32) -> i64 {
        let (x, y) = ((x >> self.divided.0) as usize, (y >> self.divided.1) as usize);
        let line = y * self.stride;
        if self.depth == 8 {
            return self.plane.get(line + x).copied().unwrap_or_default().into();
        }
        let pair = self.plane.get(line + 2 * x..line + 2 * x + 2);
        pair.map_or(0, |pair| i64::from(u16::from_ne_bytes([pair[0], pair[1]])))
    }
}

/// How luma and two colours become red, green and blue.
struct Colours {
    luma: Samples,
    /// Nothing in a grey picture.
    chroma: Option<(Samples, Samples)>,
    is_identity: bool,
    /// What black is, and what one step of luma and of a colour is worth.
    black: i64,
    step: i64,
    chroma_step: i64,
    /// What a step of blue and of red difference does to red, green and blue.
    red: i64,
    green: (i64, i64),
    blue: i64,
}

impl Colours {
    fn of(picture: &Picture) -> Self {
        let luma = Samples::of(picture, Component::Y);
        let is_grey = picture.pixel_layout() == PixelLayout::I400;
        let chroma = (!is_grey)
            .then(|| (Samples::of(picture, Component::U), Samples::of(picture, Component::V)));
        let more = luma.depth - 8;
        let (black, range, chroma_range) = match picture.color_range() {
            YUVRange::Limited => (16 << more, 219 << more, 224 << more),
            YUVRange::Full => (0, (1 << luma.depth) - 1, (1 << luma.depth) - 1),
        };
        // The weights of red and blue in luma, in ten-thousandths.
        let (red, blue): (i64, i64) = match picture.matrix_coefficients() {
            Matrix::BT709 => (2_126, 722),
            Matrix::BT2020NonConstantLuminance | Matrix::BT2020ConstantLuminance => (2_627, 593),
            _ => (2_990, 1_140),
        };
        let green = 10_000 - red - blue;
        let part = |weight: i64| 2 * weight * (10_000 - weight) * (1 << POINT) / (green * 10_000);
        Self {
            luma,
            chroma,
            is_identity: picture.matrix_coefficients() == Matrix::Identity,
            black,
            step: (255 << POINT) / range,
            chroma_step: (255 << POINT) / chroma_range,
            red: 2 * (10_000 - red) * (1 << POINT) / 10_000,
            green: (part(blue), part(red)),
            blue: 2 * (10_000 - blue) * (1 << POINT) / 10_000,
        }
    }

    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let luma = (self.luma.at(x, y) - self.black) * self.step;
        let Some((u, v)) = &self.chroma else { return [byte(luma); 3] };
        if self.is_identity {
            let same = |samples: &Samples| byte((samples.at(x, y) - self.black) * self.step);
            return [same(v), byte(luma), same(u)];
        }
        let middle = 1 << (self.luma.depth - 1);
        let difference = |samples: &Samples| (samples.at(x, y) - middle) * self.chroma_step;
        let (to_blue, to_red) = (difference(u), difference(v));
        let times = |factor: i64, difference: i64| (factor * difference) >> POINT;
        [
            byte(luma + times(self.red, to_red)),
            byte(luma - times(self.green.0, to_blue) - times(self.green.1, to_red)),
            byte(luma + times(self.blue, to_blue)),
        ]
    }
}

fn byte(fixed: i64) -> u8 {
    let rounded = (fixed + (1 << (POINT - 1))) >> POINT;
    u8::try_from(rounded.clamp(0, 255)).unwrap_or(u8::MAX)
}
