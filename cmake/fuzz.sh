#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs every fuzz target of a build folder for so many seconds: fuzz.sh FOLDER SECONDS
set -eu
folder=$1
seconds=$2
found=0
for target in "$folder"/tests/*/fuzz_*; do
    [ -x "$target" ] && [ -f "$target" ] || continue
    found=1
    name=$(basename "$target")
    corpus=$folder/corpus-$name
    mkdir -p "$corpus"
    case $name in
    fuzz_scenario) cp scenarios/*.yaml tests/malformed/*.yaml "$corpus" ;;
    fuzz_products) cp data/products/*.csv "$corpus" ;;
    esac
    echo "$name for $seconds s"
    ASAN_OPTIONS=detect_leaks=1 "$target" -max_total_time="$seconds" -rss_limit_mb=4096 -print_final_stats=1 "$corpus" 2>&1 |
        grep -E "ERROR|SUMMARY|stat::number_of_executed_units|Test unit written" || true
    if ls crash-* leak-* timeout-* oom-* >/dev/null 2>&1; then
        echo "$name found something: see crash-*, leak-*, timeout-* here" >&2
        exit 1
    fi
done
[ "$found" = 1 ] || { echo "no fuzz target in $folder" >&2; exit 1; }
