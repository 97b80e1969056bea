#!/usr/bin/env bash
# Formats the C++ files by clang-format 19:  scripts/format.sh [check|fix]
# check (the default) changes nothing, and fails where a file is not formatted.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

# Programs that were handed over and must compile verbatim: not one byte of them is ours to change.
verbatim=(examples/budget.cpp examples/collective_op.cpp examples/sizes.cpp)

sources() {
  local file options=()
  for file in "${verbatim[@]}"; do options+=(! -path "./$file"); done
  find . \( -path ./build -o -name .git \) -prune -o -name '*.[ch]pp' "${options[@]}" -print0
}

mode=${1:-check}
[[ $mode == check || $mode == fix ]] || die "usage: scripts/format.sh [check|fix]"

setup format
# Another release of clang-format breaks lines in other places, so it is not asked.
formatter=$(find_clang_format) || {
  skip clang-format-19 "the formatting"
  exit 0
}

case $mode in
  check)
    sources | xargs -0 "$formatter" --dry-run -Werror || die "these files are not formatted; scripts/format.sh fix mends them"
    say "the formatting is right"
    ;;
  fix) sources | xargs -0 "$formatter" -i ;;
esac
