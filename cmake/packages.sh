#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the Debian or Ubuntu packages given, those that are missing only, and says so. "a|b": a, unless b is there.
set -eu
is_installed() {
    dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q '^install ok installed$'
}
missing=
for package in "$@"; do
    is_installed "${package%|*}" || is_installed "${package#*|}" || missing="$missing ${package%|*}"
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No apt-get here. milieu needs what Debian calls:$missing; where the build fails, install it." >&2
    exit 0
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
    as_root=sudo
    if ! command -v sudo >/dev/null 2>&1; then
        echo "This takes root, and there is no sudo. As root run: apt-get install$missing" >&2
        exit 1
    fi
fi
echo "Installing:$missing"
# shellcheck disable=SC2086
$as_root apt-get update -qq || echo "The package lists could not be brought up to date; trying with those here." >&2
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
