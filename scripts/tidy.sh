#!/usr/bin/env bash
# Looks for mistakes with clang-tidy 19, as .clang-tidy says:  scripts/tidy.sh [<file.cpp>...]
# Without an argument: every source that is compiled for users, and one that includes every header.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

setup tests tool clang tidy
if ! have clang-tidy-19; then
  skip clang-tidy-19 "clang-tidy"
  exit 0
fi
configure tidy "$(find_clang)"

files=("$@")
if (($# == 0)); then
  for file in benchmarks/bench.cpp src/*.cpp src/*/*.cpp tools/*.cpp examples/*.cpp build/tidy/tests/headers_together.cpp; do
    # It instantiates every operator to write a page, and takes as long as ten of the others.
    if [[ -e $file && $file != tools/operators_page.cpp ]]; then files+=("$file"); fi
  done
fi
say "clang-tidy: ${#files[@]} files"
# On its standard error clang-tidy counts what it found in headers that are not ours.
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" clang-tidy-19 -p build/tidy --quiet 2>build/tidy/stderr.txt || {
  grep -v ' warnings\? generated' build/tidy/stderr.txt >&2 || true
  die "clang-tidy found mistakes"
}
say "clang-tidy found nothing"
