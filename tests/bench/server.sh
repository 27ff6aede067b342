#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The service under load (wrk): sh tests/bench/server.sh INDEX QUERIES [BUILD] [PORT]
#
# QUERIES is "id TAB query" per line. Prints requests per second and latency at 1, 8 and 64
# connections, memory before and after 10^5 requests, and, with DOCUMENT set to a file that may be
# added to the index, failures while a writer commits every second; then 10^4 idle connections.
set -eu
index=$1
queries=$2
build=${3:-build}
port=${4:-8189}
work=$(mktemp -d)
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
ulimit -n "$(ulimit -Hn)"

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
  io.write(string.format("  %d requests, %.0f/s, p50 %.1f ms, p99 %.1f ms, not 2xx %d, errors %d\\n",
    summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, summary.errors.status, summary.errors.connect +
    summary.errors.read + summary.errors.write + summary.errors.timeout))
end""")
PYTHON

"$build/bin/dafu-search" serve --index "$index" --listen "127.0.0.1:$port" --queue 128 2>"$work/log" &
server=$!
until curl -fs "http://127.0.0.1:$port/healthz" >/dev/null; do
    sleep 0.1
done
memory() {
    awk '/^VmRSS/ { printf "%d MB", $2 / 1024 }' "/proc/$server/status"
}
load() { # connections seconds
    echo "$1 connections, $2 s:"
    wrk -t1 -c"$1" -d"$2s" -s "$work/load.lua" "http://127.0.0.1:$port" |
        grep requests, || echo "  no answer"
}

echo "memory at start: $(memory)"
for connections in 1 8 64; do
    load "$connections" "${SECONDS_EACH:-10}"
done
echo "memory then: $(memory)"
if [ -n "${REQUESTS:-}" ]; then
    served=0
    while [ "$served" -lt "$REQUESTS" ]; do
        load 16 20
        served=$(curl -s "http://127.0.0.1:$port/metrics" |
            awk '/^dafu_requests_total.*api-search/ { n += $2 } END { print n + 0 }')
        echo "  $served requests so far, memory $(memory)"
    done
fi
if [ -n "${DOCUMENT:-}" ]; then
    echo "a commit every second:"
    (
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            touch "$DOCUMENT"
            "$build/bin/dafu-index" add --index "$index" "$DOCUMENT" >/dev/null 2>&1
            sleep 1
        done
    ) &
    writer=$!
    load 8 12
    wait "$writer"
fi
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
