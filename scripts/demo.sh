#!/usr/bin/env bash
# Shows what the library is for: a budget that was checked while its program compiled, and the plans of known models.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

show() {
  printf '\n$ %s\n' "$*"
  "$@"
}

setup tool
say "building the examples and the tool"
configure demo "$(command -v "${CXX:-c++}")"
cmake --build --preset demo --parallel "$(nproc)" >/dev/null

PATH=$PWD/build/demo/examples:$PWD/build/demo/tools:$PATH

say "what these two assert held while they compiled; the second prints it"
show budget
show fsdp2_llama
say "the same step, with models read from files"
for model in llama-3-8b llama-3-70b mixtral-8x22b; do
  show commfold plan "examples/models/$model.json"
done
show commfold plan --calls examples/models/tiny.json

printf '\n'
say "the demo ran"
