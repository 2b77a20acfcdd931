//! A picture that fills its frame: drawn by us, or uploaded and there in every width.

use domain::media::Picture;
use leptos::prelude::*;

/// A picture at this address. Where it was uploaded, the browser takes the width that
/// `sizes` asks for (as CSS writes it), and sees a blur of it until it has come; that
/// one lies behind, in a frame that is its own stacking context.
///
/// The first picture of a page is asked for at once, and the others when they come near.
pub fn picture(
    address: String,
    picture: Option<Picture>,
    alt: String,
    sizes: &'static str,
    is_first: bool,
) -> AnyView {
    let sizes = picture.as_ref().map(|_| sizes);
    let srcset = picture.as_ref().map(|picture| picture.srcset("webp"));
    let smaller = picture.as_ref().map(|picture| {
        let srcset = picture.srcset("avif");
        view! { <source type="image/avif" srcset=srcset sizes=sizes /> }.into_any()
    });
    let blur = picture.map(|picture| picture.blur).filter(|blur| !blur.is_empty());
    let blur = blur.map(|blur| view! { <img class="blur" src=blur alt="" /> }.into_any());
    view! {
        {blur}
        <picture>
            {smaller}
            <img
                src=address
                srcset=srcset
                sizes=sizes
                alt=alt
                width="960"
                height="600"
                fetchpriority=is_first.then_some("high")
                loading=(!is_first).then_some("lazy")
                decoding="async"
            />
        </picture>
    }
    .into_any()
}
