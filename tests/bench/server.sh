#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The service under load (wrk): sh tests/bench/server.sh INDEX QUERIES [BUILD] [PORT]
#
# QUERIES is "id TAB query" per line, asked one after the other. Prints requests per second and
# latency at 1, 8 and 64 connections, every request searched (--cache 0) and again with answers
# remembered; then, each searched, the memory while 10^5 requests are served (REQUESTS=0: not); failures
# while a writer commits every second; 10^4 idle connections. The index is copied first.
set -eu
queries=$2
build=${3:-build}
port=${4:-8189}
work=$(mktemp -d)
server=
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
ulimit -n "$(ulimit -Hn)"
cp -r "$1" "$work/index"

python3 - "$queries" >"$work/load.lua" <<'PYTHON'
import sys, urllib.parse
print("local paths = {")
for line in open(sys.argv[1], encoding="utf-8"):
    query = line.rstrip("\n").split("\t")[-1]
    print('  "/api/search?limit=10&q=%s",' % urllib.parse.quote(query))
print("}")
print("local n = math.random(#paths)")
print("request = function() n = n % #paths + 1 return wrk.format('GET', paths[n]) end")
print("""done = function(summary, latency)
  io.write(string.format("  %d requests, %.0f/s, p50 %.2f ms, p99 %.2f ms, not 2xx %d, errors %d\\n",
    summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, summary.errors.status, summary.errors.connect +
    summary.errors.read + summary.errors.write + summary.errors.timeout))
end""")
PYTHON

serve() { # options
    [ -z "$server" ] || { kill "$server" && wait "$server" || true; }
    "$build/bin/dafu-search" serve --index "$work/index" --listen "127.0.0.1:$port" --queue 128 \
        "$@" 2>"$work/log" &
    server=$!
    until curl -fs "http://127.0.0.1:$port/healthz" >/dev/null; do
        sleep 0.1
    done
}
memory() {
    awk '/^VmRSS/ { printf "%.1f MB", $2 / 1024 }' "/proc/$server/status"
}
load() { # connections seconds
    wrk -t1 -c"$1" -d"$2s" --timeout 20s -s "$work/load.lua" "http://127.0.0.1:$port" |
        grep requests, || echo "  no answer"
}
ticks() { # of the processor, so far
    awk '{ print $14 + $15 }' "/proc/$server/stat"
}
loads() {
    for connections in 1 8 64; do
        echo "$connections connections:"
        before=$(served) && spent=$(ticks)
        load "$connections" "${SECONDS_EACH:-10}"
        echo "$(served) $before $(ticks) $spent $(getconf CLK_TCK)" |
            awk '{ printf "  %.2f ms of a processor for each\n", ($3 - $4) / $5 * 1000 / ($1 - $2) }'
    done
}
served() {
    curl -s "http://127.0.0.1:$port/metrics" |
        awk '/^dafu_requests_total.*api-search/ { n += $2 } END { print n + 0 }'
}

echo "every request searched:"
serve --cache 0
echo "memory at start: $(memory)"
loads
echo "answers remembered:"
serve
load 8 "${SECONDS_EACH:-10}" >/dev/null
loads
echo "memory then: $(memory)"

if [ "${REQUESTS:-100000}" -gt 0 ]; then
    echo "memory, every request searched:"
    serve --cache 0
    wrk -t1 -c8 -d3600s --timeout 60s -s "$work/load.lua" "http://127.0.0.1:$port" >/dev/null 2>&1 &
    client=$!
    for share in 1 10 50 100; do
        until [ "$(served)" -ge $((${REQUESTS:-100000} / 100 * share)) ]; do
            sleep 0.2
        done
        echo "  $(served) requests: $(memory)"
    done
    kill "$client"
    wait "$client" 2>/dev/null || true
fi

echo "a commit every second:"
serve
(
    for number in 1 2 3 4 5 6 7 8 9 10 11 12; do
        echo "{\"id\":\"new-$number\",\"title\":\"关于第$number号提案的答复\",\"text\":\"新建停车泊位$number个。\"}" \
            >"$work/new-$number.jsonl"
        "$build/bin/dafu-index" add --index "$work/index" "$work/new-$number.jsonl" >/dev/null 2>&1 ||
            echo "  the writer failed"
        sleep 1
    done
) &
writer=$!
load 8 14
wait "$writer"

echo "10000 idle connections:"
python3 - "$port" <<'PYTHON'
import socket, sys, time, urllib.request
port, held = int(sys.argv[1]), []
for _ in range(10000):
    try:
        held.append(socket.create_connection(("127.0.0.1", port), timeout=5))
    except OSError as failure:
        print("  stopped:", failure)
        break
begun = time.time()
answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20).read()
print(f"  {len(held)} held, healthz says {answer.decode().strip()} in {(time.time() - begun) * 1e3:.1f} ms")
PYTHON
echo "memory then: $(memory)"
