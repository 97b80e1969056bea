#!/usr/bin/env bash
# What the library costs to compile: front-end CPU seconds, the best of five, for each of the compilers named (default: g++ and clang++-19).
set -euo pipefail
cd "$(dirname "$0")/.."

# seconds <compiler> <arguments>...: user and system time of the front end.
seconds() {
  local TIMEFORMAT='%U %S'
  for _ in 1 2 3 4 5; do
    { time "$@" -std=c++20 -Iinclude -fsyntax-only; } 2>&1 | awk '{print $1 + $2}'
  done | sort -n | head -1
}

compilers=("$@")
if ((!$#)); then compilers=(g++ clang++-19); fi
for cxx in "${compilers[@]}"; do
  "$cxx" --version | head -1
  printf '  %-44s %s s\n' "the standard headers alone" "$(seconds "$cxx" benchmarks/compile_time/include.cpp)"
  for header in size tensor tree collective trace commfold; do
    printf '  %-44s %s s\n' "and <commfold/$header.hpp>" "$(seconds "$cxx" -DHEADER="<commfold/$header.hpp>" benchmarks/compile_time/include.cpp)"
  done
  for size in 1024 4096; do
    printf '  %-44s %s s\n' "$size distinct tensors, named" "$(seconds "$cxx" -DBENCHMARK_SIZE=$size benchmarks/compile_time/sum.cpp)"
    printf '  %-44s %s s\n' "$size distinct tensors, summed" "$(seconds "$cxx" -DBENCHMARK_SIZE=$size -DSUM benchmarks/compile_time/sum.cpp)"
  done
  printf '  %-44s %s s\n' "examples/budget.cpp" "$(seconds "$cxx" examples/budget.cpp)"
done
