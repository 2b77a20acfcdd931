<?php
// What differs from one run to the next comes from the environment.
define('DB_NAME', 'wordpress');
define('DB_USER', 'wordpress');
define('DB_PASSWORD', getenv('WORDPRESS_PASSWORD'));
define('DB_HOST', 'localhost:' . getenv('WORDPRESS_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_HOME', getenv('WORDPRESS_URL'));
define('WP_SITEURL', getenv('WORDPRESS_URL'));

// Nothing leaves this machine: no search for updates, no news.
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_ACCESSIBLE_HOSTS', parse_url(getenv('PEDESTAL_URL'), PHP_URL_HOST));
// PHP answers one request at a time here, so that WordPress must not ask itself.
define('DISABLE_WP_CRON', true);

// What WordPress complains about goes to PHP's own log.
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);

$table_prefix = 'wp_';
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
