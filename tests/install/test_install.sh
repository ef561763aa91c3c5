#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# test_install.sh SOURCE BUILD CMAKE CC: what is installed compiles alone as C99 and C++17, and serves a program that
# finds it with pkg-config or with CMake.
set -eu
source=$1 build=$2 cmake=$3 cc=$4
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
place="$top/a place"
"$cmake" --install "$build" --prefix "$place/usr" >/dev/null

include=$place/usr/include
for header in milieu allocator error; do
    printf '#include "milieu/%s.h"\n' "$header" >"$place/$header.c"
    "$cc" -std=c99 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$include" "$place/$header.c"
    c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$include" -x c++ "$place/$header.c"
done

PKG_CONFIG_PATH=$(dirname "$(find "$place" -name milieu.pc)")
export PKG_CONFIG_PATH
cp "$source/examples/one_run.c" "$place/program.c"
cd "$place"
eval "$cc program.c -o by-pkg-config $(pkg-config --cflags --libs milieu)" # it quotes for the shell
"$cmake" -S "$source/tests/install/consumer" -B by-cmake -DCMAKE_PREFIX_PATH="$place/usr" \
    -DCMAKE_C_COMPILER="$cc" -DEXAMPLE="$place/program.c" >/dev/null
"$cmake" --build by-cmake >/dev/null
./by-pkg-config >one
by-cmake/consumer >other
cmp one other
grep -q sodium one
