#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs fuzz targets of a build folder, each for so many seconds: fuzz.sh FOLDER SECONDS [NAME ...]
# What was learned stays in FOLDER/corpus-NAME, what was found in FOLDER/found-NAME-*.
set -eu
folder=$1
seconds=$2
shift 2
cd "$(dirname "$0")/.."
[ $# -gt 0 ] || set -- scenario study fhir products snapshot
for name in "$@"; do
    [ -x "$folder/tests/fuzz/fuzz_$name" ] || { echo "$folder has no fuzz_$name; make fuzz builds it" >&2; exit 1; }
    corpus=$folder/corpus-$name
    dictionary=
    mkdir -p "$corpus"
    case $name in
    scenario) cp scenarios/*.yaml tests/malformed/*.yaml tests/scenario/good/* "$corpus" ;;
    study) cp tests/study/malformed/*.yaml tests/study/good/*.* "$corpus" ;;
    fhir) cp tests/fhir/malformed/*.json tests/fhir/good/*.json scenarios/labs/*.json "$corpus" ;;
    products) for file in data/drugs.csv data/products/*.csv; do head -n 20 "$file" > "$corpus/$(basename "$file")"; done ;;
    esac
    case $name in
    scenario | study) dictionary=-dict=tests/fuzz/scenario.dict ;;
    fhir) dictionary=-dict=tests/fuzz/fhir.dict ;;
    esac
    echo "fuzz_$name for $seconds s"
    "$folder/tests/fuzz/fuzz_$name" -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=4096 \
        -artifact_prefix="$folder/found-$name-" -print_final_stats=1 $dictionary "$corpus" > "$folder/fuzz-$name.log" 2>&1 || {
        tail -n 60 "$folder/fuzz-$name.log"
        exit 1
    }
    grep number_of_executed_units "$folder/fuzz-$name.log"
done
