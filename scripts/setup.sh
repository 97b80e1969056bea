# Sourced by the other scripts: finds what they build with and, on Debian and its kin, installs what is missing.
# shellcheck shell=bash

say() { printf 'commfold: %s\n' "$*"; }
die() {
  say "$*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null; }

preprocesses() { have "${CXX:-c++}" && printf '%s\n' "$@" | "${CXX:-c++}" -std=c++20 -x c++ -E - >/dev/null 2>&1; }
have_boost() { preprocesses '#include <boost/version.hpp>' '#include <boost/pfr.hpp>' '#if BOOST_VERSION < 108100' '#error' '#endif'; }
have_catch2() { preprocesses '#include <catch2/catch_version_macros.hpp>'; }
have_cli11() { preprocesses '#include <CLI/CLI.hpp>'; }
have_json() { preprocesses '#include <nlohmann/json.hpp>'; }
builds_32_bits() { have "${CXX:-c++}" && printf '#include <string>\nint main() {}\n' | "${CXX:-c++}" -m32 -x c++ - -o /dev/null 2>/dev/null; }
# Debian packs libFuzzer and the sanitizers apart from the compiler.
have_fuzzer() {
  local clang
  clang=$(find_clang) && echo 'extern "C" int LLVMFuzzerTestOneInput(unsigned char const*, unsigned long) { return 0; }' |
    "$clang" -fsanitize=fuzzer,address,undefined -x c++ - -o /dev/null 2>/dev/null
}
have_benchmark() { preprocesses '#include <benchmark/benchmark.h>'; }

# --- compilers ---

is_clang() { [[ $("$1" --version 2>/dev/null) == *clang* ]]; }

find_gcc() {
  if [[ -n ${CXX:-} ]] && have "$CXX" && ! is_clang "$CXX"; then command -v "$CXX"; else command -v g++; fi
}

find_clang() {
  local cxx version
  for cxx in "${CXX:-}" clang++-19 clang++ clang++-{22,21,20,18,17,16}; do
    if ! have "$cxx" || ! is_clang "$cxx"; then continue; fi
    version=$("$cxx" -dumpversion)
    if ((${version%%.*} >= 16)); then
      command -v "$cxx"
      return
    fi
  done
  return 1
}

find_clang_format() {
  local formatter
  for formatter in clang-format-19 clang-format; do
    if have "$formatter" && [[ $("$formatter" --version) == *"version 19."* ]]; then
      command -v "$formatter"
      return
    fi
  done
  return 1
}

describe() {
  if is_clang "$1"; then echo "clang++ $("$1" -dumpversion)"; else echo "g++ $("$1" -dumpfullversion)"; fi
}

# --- Debian packages ---

root=()
if ((EUID)); then root=(sudo); fi

# Runs a command and prints its output only where it fails.
quietly() {
  local output
  output=$("$@" 2>&1) || {
    printf '%s\n' "$output" >&2
    return 1
  }
}

apt_get() { quietly "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=300 "$@"; }

# Removes nothing that is installed to resolve a conflict: CMake can fetch a library instead.
apt_install() { apt_get install --no-install-recommends --no-remove "$@"; }

candidate() { LC_ALL=C apt-cache policy "$1" | awk '$1 == "Candidate:" && $2 != "(none)" {print $2}'; }

# at_least <package> <version>: is the version that apt would install new enough?
at_least() {
  local version
  version=$(candidate "$1")
  [[ -n $version ]] && dpkg --compare-versions "$version" ge "$2"
}

in_apt() { have apt-get && [[ -n $(candidate "$1") ]]; }

# The oldest that is new enough. The newest may come from backports, where Boost replaces other packages.
boost_package() {
  local package
  for package in libboost-dev $(apt-cache pkgnames libboost1. | grep -xE 'libboost1\.[0-9]+-dev' | sort -V); do
    if at_least "$package" 1.81; then
      echo "$package"
      return
    fi
  done
  return 1
}

clang_package() {
  if at_least clang-19 0; then echo clang-19; else echo clang; fi
}

# Adds the backports of the release, from the mirror that the machine uses for the release itself.
add_backports() {
  local suite=$1-backports uri file entry
  if apt-cache policy | grep -q "n=$suite,"; then return; fi
  uri=$(apt-cache policy base-files | awk -v main="$1/main" '$3 == main {print $2; exit}')
  [[ -n $uri ]] || return 1
  for file in /etc/apt/sources.list.d/*.sources; do
    [[ -e $file ]] || continue
    entry=$(awk -v RS= -v uri="$uri" -v release="$1" -v suite="$suite" '
      $0 ~ "(^|\n)URIs:[^\n]*" uri "/?([ \n]|$)" && $0 ~ "(^|\n)Suites:[^\n]* " release "([ \n]|$)" {
        gsub(/(^|\n)Suites:[^\n]*/, "\nSuites: " suite)
        print
        exit
      }' "$file")
    if [[ -n $entry ]]; then
      "${root[@]}" tee "/etc/apt/sources.list.d/$suite.sources" <<<"$entry" >/dev/null
      return
    fi
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [[ -e $file ]] || continue
    entry=$(awk -v uri="$uri" -v release="$1" -v suite="$suite" '
      $1 == "deb" {
        for (i = 2; i < NF; ++i)
          if (($i == uri || $i == uri "/") && $(i + 1) == release) {
            $(i + 1) = suite
            print
            exit
          }
      }' "$file")
    if [[ -n $entry ]]; then
      "${root[@]}" tee "/etc/apt/sources.list.d/$suite.list" <<<"$entry" >/dev/null
      return
    fi
  done
  return 1
}

catch2_package() {
  if at_least catch2 3; then
    echo catch2
    return
  fi
  local release
  release=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
  [[ -n $release ]] && add_backports "$release" && apt_get update && echo "catch2/$release-backports"
}

# package <part>: the package that apt should install for it. Fails where this release has none.
package() {
  case $1 in
    boost) boost_package ;;
    catch2) catch2_package ;;
    clang) clang_package ;;
    fuzzer) echo "libclang-rt-$("$(find_clang)" -dumpversion | cut -d. -f1)-dev" ;;
    cli11) echo libcli11-dev ;;
    json) echo nlohmann-json3-dev ;;
    benchmark) echo libbenchmark-dev ;;
    *) echo "$1" ;;
  esac
}

install_missing() {
  local part name packages=()
  if ! have apt-get || { ((EUID)) && ! have sudo; }; then
    say "not on this machine: $*"
    return
  fi
  say "installing $*"
  apt_get update || say "apt-get update failed; going on with the lists that are here"
  for part in "$@"; do
    # CMake fetches what no package holds, and needs git for it.
    if name=$(package "$part"); then packages+=("$name"); else packages+=(git ca-certificates); fi
  done
  apt_install "${packages[@]}" && return
  for part in "${packages[@]}"; do apt_install "$part" || say "$part could not be installed"; done
}

# setup [tests] [tool] [bench] [run_time] [valgrind] [gcc] [clang] [clang16] [fuzzer] [format] [tidy] [browser]: finds or installs a compiler, CMake,
# Boost, and the parts that are named. Asks apt for nothing that is there. CMake fetches the libraries that neither the machine nor apt has.
setup() {
  local part missing=()
  if [[ -n ${CXX:-} ]]; then
    have "$CXX" || die "CXX is $CXX, which is not on this machine"
  fi
  have "${CXX:-c++}" || missing+=(g++)
  have cmake || missing+=(cmake)
  have ninja || have make || missing+=(ninja-build)
  have_boost || missing+=(boost)
  for part in "$@"; do
    case $part in
      tests)
        have_catch2 || missing+=(catch2)
        have ccache || missing+=(ccache)
        # For the tests with -m32; only where the release has it.
        builds_32_bits || ! in_apt g++-multilib || missing+=(g++-multilib)
        ;;
      tool | bench) have_cli11 || missing+=(cli11) ;;
      run_time) have_benchmark || missing+=(benchmark) ;;
      gcc) find_gcc >/dev/null || missing+=(g++) ;;
      clang) find_clang >/dev/null || missing+=(clang) ;;
      clang16) have clang++-16 || missing+=(clang-16) ;;
      fuzzer) have_fuzzer || missing+=(fuzzer) ;;
      valgrind) have valgrind || missing+=(valgrind) ;;
      browser)
        have chromium || missing+=(chromium)
        have node || missing+=(nodejs)
        have npm || missing+=(npm)
        ;;
      format) find_clang_format >/dev/null || missing+=(clang-format-19) ;;
      tidy) have clang-tidy-19 || missing+=(clang-tidy-19) ;;
    esac
    case $part in
      tests | tool | bench) have_json || missing+=(json) ;;
    esac
  done
  if ((${#missing[@]})); then
    mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
    install_missing "${missing[@]}"
  fi
  have "${CXX:-c++}" || die "no C++ compiler"
  have cmake || die "no CMake"
}

# skip <package> <what is not done>: for a script that lacks its tool. A tool that apt has must be there.
skip() {
  if in_apt "$1"; then die "$1 is not on this machine"; fi
  say "SKIPPED $2: neither this machine nor its apt has $1"
}

# --- building ---

# configure <preset> <compiler> [<folder below build, if not the preset's name> [<option>...]]
configure() {
  local preset=$1 compiler=$2 folder=build/${3:-$1} generator=Ninja fresh=()
  local cache=$folder/CMakeCache.txt
  have ninja || generator="Unix Makefiles"
  # CMake keeps the compiler and the generator that it first met in a build directory.
  if [[ -e $cache && $(sed -nE 's/^CMAKE_(CXX_COMPILER|GENERATOR):[A-Z]+=//p' "$cache") != "$compiler"$'\n'"$generator" ]]; then
    fresh=(--fresh)
  fi
  # Shared by all presets, and by the builds inside of the tests. ccache leaves the build directory out of what it compares.
  export CMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER-$(command -v ccache)} CCACHE_NOHASHDIR=true
  cmake --preset "$preset" -B "$folder" -G "$generator" -DCMAKE_CXX_COMPILER="$compiler" \
    -DCMAKE_CXX_COMPILER_LAUNCHER="$CMAKE_CXX_COMPILER_LAUNCHER" "${fresh[@]}" "${@:4}" >/dev/null
}
