#!/usr/bin/env bash
# Builds and runs the tests:  scripts/test.sh [gcc|clang|asan|tsan|clang16|browser|all]
# Without an argument: with the default compiler. CXX names another one. CMakePresets.json says what each of them builds and runs.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

run() {
  local preset=$1 compiler
  what=$preset step="not set up"
  case $preset in
    gcc | clang) setup tests tool "$preset"; compiler=$("find_$preset") ;;
    clang16)
      setup tests clang16
      compiler=$(command -v clang++-16) || {
        skip clang-16 "the build with clang++ 16"
        return
      }
      ;;
    asan) setup tests tool clang; setup fuzzer; compiler=$(find_clang) ;;
    browser) setup tests browser; compiler=$(command -v "${CXX:-c++}") ;;
    *) setup tests tool; compiler=$(command -v "${CXX:-c++}") ;;
  esac
  what=$(describe "$compiler")
  if [[ $preset == asan ]]; then what+=" with sanitizers"; fi
  if [[ $preset == tsan ]]; then what+=" with the thread sanitizer"; fi
  if [[ $preset == browser ]]; then what="the HTML report in $(chromium --version | cut -d' ' -f1,2)"; fi

  say "testing: $what"
  step="not configured"
  configure "$preset" "$compiler"
  step="not built"
  cmake --build --preset "$preset" --parallel "$(nproc)"
  step="tests failed"
  ctest --preset "$preset" --parallel "$(nproc)"
  passed+=("$what")
}

finish() {
  local status=$?
  if ((status)); then say "FAILED ($what): $step" >&2; fi
}

case ${1:-dev} in
  dev | gcc | clang | asan | tsan | clang16 | browser) presets=("${1:-dev}") ;;
  all) presets=(gcc clang asan tsan clang16 browser) ;;
  *) die "usage: scripts/test.sh [gcc|clang|asan|tsan|clang16|browser|all]" ;;
esac
passed=()
trap finish EXIT
for preset in "${presets[@]}"; do run "$preset"; done
if ((${#passed[@]} == 0)); then exit; fi
printf -v list ', %s' "${passed[@]}"
say "all tests passed (${list:2})"
