// The posts of a real WordPress, which `cargo xtask test wordpress` installs and writes.

/** Addresses of its posts by what was put into them. */
export type Posts = {
  /** Nothing but the campaign's link. */
  link: string;
  /** The link, as the block editor keeps it. */
  block: string;
  /** The custom element in a Custom HTML block. */
  element: string;
  /** The frame in a Custom HTML block. */
  frame: string;
};

/** The posts; without them there is no WordPress to test. */
export function posts(): Posts {
  const written = process.env.WORDPRESS_POSTS;
  if (!written) {
    throw new Error('WORDPRESS_POSTS is not set: `cargo xtask test wordpress` sets it');
  }
  return JSON.parse(written);
}
