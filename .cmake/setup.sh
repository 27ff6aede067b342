# SPDX-License-Identifier: GPL-2.0-or-later
# Sourced by corpus/demo.sh and tests/run.sh, with ROOT set to the checkout: installs the Debian
# packages that are missing, configures and builds. A second run does nothing but check.

PACKAGES_BUILD="cmake make g++ pkg-config libxapian-dev xapian-tools libxml2-dev libutf8proc-dev
    libjansson-dev libpcre2-dev liblzma-dev libzip-dev libzstd-dev libjemalloc-dev libuchardet-dev
    libxxhash-dev
    libmicrohttpd-dev zlib1g-dev python3-jieba opencc libopencc-data
    unicode-data bzip2"
PACKAGES_TEST="check libxml2-utils xapian-tools python3 poppler-utils poppler-data antiword catdoc
    python3-jsonschema python3-selenium chromium chromium-driver cppcheck"

say() {
    printf '%s\n' "$*" >&2
}

# install_missing PACKAGE...: asks for sudo only when something is missing and we are not root.
install_missing() {
    missing=
    for package in "$@"; do
        state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
        [ "$state" = "install ok installed" ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "dafu: this is not Debian or Ubuntu; please install the equivalents of:$missing"
        return 1
    fi
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            say "dafu: these packages are missing, please install them as root:$missing"
            return 1
        fi
        as_root=sudo
        say "dafu: sudo is needed to install these packages:$missing"
    else
        say "dafu: installing:$missing"
    fi
    log=$(mktemp)
    # shellcheck disable=SC2086
    if ! { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
               --no-install-recommends $missing ||
           { $as_root apt-get update &&
             $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
                 --no-install-recommends $missing; }; } >"$log" 2>&1; then
        say "dafu: apt-get could not install them:"
        tail -n 5 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# build FOLDER [CMAKE-ARGUMENT...]: quiet unless it fails.
build() {
    folder=$1
    shift
    log=$(mktemp)
    say "dafu: building in ${folder#"$ROOT"/}"
    if ! { cmake "$@" -S "$ROOT" -B "$folder" &&
           cmake --build "$folder" --parallel "$(nproc)"; } >"$log" 2>&1; then
        say "dafu: the build failed:"
        tail -n 40 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}
