#!/usr/bin/env bash
# Runs the fuzzers of the tool's readers, each for some seconds:  scripts/fuzz.sh [<seconds, 60 unless given>]
# They begin with tests/fuzz/corpus and keep what they find in build/fuzz/found. An input that breaks something is left in build/fuzz, and
# goes to the corpus with its mend: build/fuzz/tests/fuzz/commfold_fuzz_<reader> <file> runs it alone.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

seconds=${1:-60}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || die "usage: scripts/fuzz.sh [<seconds>]"
setup tool clang
setup fuzzer
have_fuzzer || {
  skip "$(package fuzzer)" "the fuzzers"
  exit 0
}
say "building the fuzzers"
configure fuzz "$(find_clang)"
cmake --build --preset fuzz --parallel "$(nproc)"

fuzz() {
  local reader=$1 found=build/fuzz/found/$1 log=build/fuzz/$1.log
  mkdir -p "$found"
  build/fuzz/tests/fuzz/commfold_fuzz_"$reader" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 \
    -dict=tests/fuzz/json.dict -artifact_prefix=build/fuzz/"$reader"- "$found" tests/fuzz/corpus/"$reader" >"$log" 2>&1 || {
    tail -n 60 "$log" >&2
    say "FAILED: the fuzzer of $reader" >&2
    return 1
  }
  say "$reader: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $seconds s"
}
export -f fuzz say
export seconds
printf '%s\n' tests/fuzz/corpus/*/ | xargs -n 1 basename | xargs -P "$(nproc)" -I{} bash -euo pipefail -c 'fuzz "$1"' fuzz {}
say "the fuzzers found nothing"
