#!/usr/bin/env bash
# What the library costs: measures it, gates it, and writes docs/cost.md.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

usage() {
  cat <<'END'
usage: scripts/bench.sh <command>
  compile [--compilers <c++>...] [--case <name>...] [--sizes <n>...] [--repetitions <n>]
           measures what compiling takes, into benchmarks/results/compile.json; a part of it into build/compile.json
  run [--into <file>] [<option of Google Benchmark>...]
           measures what running takes, with g++ and clang++, into benchmarks/results/run.json
  page     writes docs/cost.md and docs/cost/ from both
  gate     counts instantiations, and fails where there are over 3 % more than in benchmarks/compile_time/baseline.json
  accept   writes that baseline anew
  all      compile, run, page, gate
What is interrupted leaves the file of results as it was.
END
}

# The suite itself is compiled by the default compiler; it measures with others.
build_suite() {
  configure bench "$(command -v "${CXX:-c++}")"
  quietly cmake --build build/bench --parallel "$(nproc)" --target commfold_bench
}
suite() { build/bench/benchmarks/commfold_bench "$@"; }

compile() {
  local compilers=()
  setup bench gcc clang valgrind
  build_suite
  if [[ " $* " != *" --compilers "* ]]; then compilers=(--compilers "$(basename "$(find_gcc)")" "$(basename "$(find_clang)")"); fi
  suite compile "$@" "${compilers[@]}"
}

run() {
  local cxx name files=() into=()
  if [[ ${1:-} == --into ]]; then
    into=(--into "${2:?run: --into which file?}")
    shift 2
  fi
  setup bench run_time gcc clang
  build_suite
  for cxx in "$(find_gcc)" "$(find_clang)"; do
    name=$(basename "$cxx")
    say "running: $(describe "$cxx")" >&2
    configure bench "$cxx" "bench-$name" -DCOMMFOLD_TOOLS=ON -DCOMMFOLD_RUN_TIME_BENCHMARKS=ON
    quietly cmake --build "build/bench-$name" --parallel "$(nproc)" --target commfold_run_time_benchmarks
    # In turns, so that what else the machine does meets both sides of a comparison.
    "build/bench-$name/benchmarks/commfold_run_time_benchmarks" --benchmark_repetitions=7 --benchmark_min_time=0.05 \
      --benchmark_enable_random_interleaving=true --benchmark_out="build/run-$name.json" --benchmark_out_format=json "$@" >/dev/null
    files+=("$name=build/run-$name.json")
  done
  suite keep --command "scripts/bench.sh run${*:+ $*}" "${into[@]}" "${files[@]}"
}

page() {
  setup bench
  build_suite
  suite page
}

gate() {
  setup bench clang
  build_suite
  suite "$1" --compiler "$(basename "$(find_clang)")"
}

command=${1:-}
if (($#)); then shift; fi
if [[ $command != compile && $command != run ]] && (($#)); then
  usage >&2
  exit 1
fi
case $command in
  compile) compile "$@" ;;
  run) run "$@" ;;
  page) page ;;
  gate | accept) gate "$command" ;;
  all)
    compile
    run
    page
    gate gate
    ;;
  "" | -h | --help | help) usage ;;
  *)
    usage >&2
    exit 1
    ;;
esac
