<?php
// Sets WordPress up with its own functions, writes the posts, and prints the address
// of each as JSON. What is pasted into them is what the campaign's own page for
// bloggers offers.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('WORDPRESS_URL'), PHP_URL_HOST);
$_SERVER['REQUEST_URI'] = '/';
require getenv('WORDPRESS_FOLDER') . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

const CAMPAIGN = 'tide-clock';

/** Stops with a sentence. */
function stop(string $why): never
{
    fwrite(STDERR, "$why\n");
    exit(1);
}

/** Everything that one can copy from the page for bloggers. */
function snippets(): array
{
    $page = file_get_contents(getenv('PEDESTAL_URL') . '/campaigns/' . CAMPAIGN . '/embed');
    if ($page === false || !preg_match_all('#<code[^>]*>(.*?)</code>#s', $page, $found)) {
        stop('the page for bloggers offers nothing');
    }
    // The server marks where text changes later; a copy has no such marks.
    $plain = fn ($html) => html_entity_decode(preg_replace('#<!.*?>#s', '', $html), ENT_QUOTES | ENT_HTML5);
    return array_map($plain, $found[1]);
}

/** The first snippet in which this stands. */
function snippet(string $mark): string
{
    foreach (snippets() as $snippet) {
        if (str_contains($snippet, $mark)) {
            return $snippet;
        }
    }
    stop("no snippet has `$mark`");
}

/** Publishes a post and says its address. */
function publish(string $title, string $content): string
{
    // WordPress takes slashes away, as of what a form sends.
    $post = wp_slash(['post_title' => $title, 'post_content' => $content, 'post_status' => 'publish']);
    $id = wp_insert_post($post, true);
    if (is_wp_error($id)) {
        stop($id->get_error_message());
    }
    return getenv('WORDPRESS_URL') . "/?p=$id";
}

$blogger = wp_install('A blog', 'blogger', 'blogger@example.org', false, '', getenv('WORDPRESS_ADMIN_PASSWORD'));
// Only somebody who may write any HTML has the block for it.
wp_set_current_user($blogger['user_id']);

$link = getenv('PEDESTAL_URL') . '/campaigns/' . CAMPAIGN;
$html = fn ($snippet) => "<!-- wp:html -->\n$snippet\n<!-- /wp:html -->";
// What the editor makes of a link that is pasted into an empty paragraph.
$block = <<<HTML
<!-- wp:embed {"url":"$link","type":"rich","providerNameSlug":"pedestal"} -->
<figure class="wp-block-embed is-type-rich is-provider-pedestal wp-block-embed-pedestal"><div class="wp-block-embed__wrapper">
$link
</div></figure>
<!-- /wp:embed -->
HTML;

echo json_encode([
    'link' => publish('A pasted link', $link),
    'block' => publish('A pasted link in the block editor', $block),
    'element' => publish('A custom element', $html(snippet('<pedestal-widget'))),
    'frame' => publish('A frame', $html(snippet('<iframe'))),
]), "\n";
