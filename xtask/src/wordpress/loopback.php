<?php
/*
 * Plugin Name: A campaign on this machine
 *
 * WordPress fetches nothing from addresses of its own machine or network, nor from
 * unusual ports: whoever writes a post could otherwise look behind the firewall
 * through it. The campaigns of these tests are on this very machine, so their host
 * and port are allowed, and nothing else is. Our site is not made known as a provider
 * of embeds: WordPress has to find that out from the link, as it does for everybody.
 */
$pedestal = parse_url(getenv('PEDESTAL_URL'));

add_filter(
    'http_request_host_is_external',
    fn ($is_external, $host) => $is_external || $host === $pedestal['host'],
    10,
    2
);
add_filter(
    'http_allowed_safe_ports',
    fn ($ports, $host) => $host === $pedestal['host'] ? [...$ports, $pedestal['port']] : $ports,
    10,
    2
);

// There is nobody to write to, and no mail server.
add_filter('pre_wp_mail', '__return_true');
