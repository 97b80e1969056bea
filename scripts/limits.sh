#!/usr/bin/env bash
# Where compilers stop by default:  scripts/limits.sh
# For each program of benchmarks/limits the largest size, to a thirtieth, that g++ and clang++ compile without an option, and the
# seconds of one core that they take for it. docs/limits.md shows what it prints. Takes minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

setup gcc clang
compile() { "$1" -std=c++20 -Iinclude -fsyntax-only "-DLIMIT_SIZE=$3" "benchmarks/limits/$2.cpp" 2>/dev/null; }

# The largest size that compiles is in [low, high).
largest() {
  local low=$3 high=$4 middle
  while ((high - low > low / 30)); do
    middle=$(((low + high) / 2))
    if compile "$1" "$2" "$middle"; then low=$middle; else high=$middle; fi
  done
  echo "$low"
}

cost() { TIMEFORMAT='%U'; { time compile "$@"; } 2>&1; }

printf '%-6s %-15s %8s %8s\n' program compiler size seconds
for row in "calls 500 20000" "kinds 250 10000" "ranks 500 40000" "depth 60 1000"; do
  read -r program low high <<<"$row"
  for compiler in "$(find_gcc)" "$(find_clang)"; do
    size=$(largest "$compiler" "$program" "$low" "$high")
    printf '%-6s %-15s %8d %8.1f\n' "$program" "$(describe "$compiler")" "$size" "$(cost "$compiler" "$program" "$size")"
  done
done
