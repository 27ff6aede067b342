#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The set-up behind nginx with TLS, as search/server/README.md has it (packages nginx-light, openssl,
# curl): sh tests/bench/nginx.sh INDEX [BUILD]
set -eu
index=$1
build=${2:-build}
work=$(mktemp -d)
trap 'kill $(cat "$work/nginx.pid") "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
fail() {
    echo "failed: $*" >&2
    exit 1
}

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=replies.example.org \
    -keyout "$work/replies.key" -out "$work/replies.pem" 2>/dev/null
{
    echo "daemon on; pid $work/nginx.pid; error_log $work/error.log; events {}"
    echo "http { access_log off; client_body_temp_path $work; proxy_temp_path $work;"
    echo "fastcgi_temp_path $work; uwsgi_temp_path $work; scgi_temp_path $work;"
    sed -n '/^```nginx/,/^```$/p' search/server/README.md | grep -v '^```' |
        sed -e "s|/etc/ssl/private/replies.key|$work/replies.key|" \
            -e "s|/etc/ssl/replies.pem|$work/replies.pem|" \
            -e 's|443 ssl|8443 ssl|' -e 's|127.0.0.1:8080|127.0.0.1:8190|'
    echo "}"
} >"$work/nginx.conf"
openssl rand -hex 24 >"$work/token"
"$build/bin/dafu-search" serve --index "$index" --listen 127.0.0.1:8190 --proxy 127.0.0.1 \
    --token-file "$work/token" --log "$work/access.log" --client-rate 1 --client-burst 5 2>"$work/log" &
server=$!
nginx -c "$work/nginx.conf" -e "$work/error.log" 2>"$work/nginx.log" || fail "$(cat "$work/nginx.log")"

get() { # options: prints the status
    curl -s -k --retry 20 --retry-connrefused --retry-delay 1 --max-time 20 -o "$work/body" -w '%{http_code}' "$@"
}
address=https://127.0.0.1:8443
sleep 1
[ "$(get "$address/")" = 401 ] || fail "no token is asked for"
[ "$(get -u "clerk:$(cat "$work/token")" "$address/")" = 200 ] || fail "the token is no password"
[ "$(get -H "Authorization: Bearer $(cat "$work/token")" "$address/api/search?q=a")" = 200 ] ||
    fail "the token is not taken"
[ "$(get "$address/metrics")" = 403 ] || fail "metrics are for everyone"
[ "$(get "$address/healthz")" = 200 ] || fail "no health"
refused=0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
    code=$(curl -s -k --interface 127.0.0.2 -o /dev/null -w '%{http_code}' \
        -H "X-Forwarded-For: 192.0.2.$_" -H "Authorization: Bearer $(cat "$work/token")" \
        "$address/api/search?q=b")
    [ "$code" != 429 ] || refused=$((refused + 1))
done
[ "$refused" -ge 5 ] || fail "a client behind the proxy is not counted: $refused"
sleep 1
grep -q '^127.0.0.2 - - ' "$work/access.log" || fail "the log does not name the client"
if grep -q '^192.0.2' "$work/access.log"; then
    fail "whatever a client says is believed"
fi
echo "TLS, token, limits and log behind nginx: as described"
