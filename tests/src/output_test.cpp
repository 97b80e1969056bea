// SPDX-License-Identifier: BSL-1.0
// What the tool writes: a file as a whole or not at all.
#include <src/output.hpp>
#include <tests/support/shell.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>

using namespace shell;
namespace fs = std::filesystem;
namespace io = commfold::io;

namespace {

/// A folder with nothing in it.
fs::path folder() {
  auto const made = scratch() / "written";
  fs::remove_all(made);
  fs::create_directories(made);
  return made;
}

std::ptrdiff_t files_in(fs::path const& where) { return std::distance(fs::directory_iterator(where), {}); }

std::string refusal(fs::path const& file) {
  try {
    io::write_file(file.string(), "new");
  } catch (io::output_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}

std::string const plan_tiny = std::string("\"$COMMFOLD\" plan '") + COMMFOLD_MODELS + "/tiny.json' --calls ";

}  // namespace

TEST_CASE("output: a file is written, and written anew", "[output]") {
  auto const where = folder();
  io::write_file((where / "a").string(), std::string("one\0two", 7));
  CHECK(contents(where / "a") == std::string("one\0two", 7));
  fs::permissions(where / "a", fs::perms::owner_read | fs::perms::owner_write | fs::perms::owner_exec);
  io::write_file((where / "a").string(), "");
  CHECK(contents(where / "a").empty());
  CHECK(fs::status(where / "a").permissions() == (fs::perms::owner_read | fs::perms::owner_write | fs::perms::owner_exec));
  CHECK(files_in(where) == 1);
}

TEST_CASE("output: a link stays a link", "[output]") {
  auto const where = folder();
  saved("written/a", "old");
  fs::create_symlink("a", where / "to_a");
  fs::create_symlink("b", where / "to_b");
  io::write_file((where / "to_a").string(), "new");
  io::write_file((where / "to_b").string(), "newer");
  CHECK(fs::is_symlink(where / "to_a"));
  CHECK(contents(where / "a") == "new");
  CHECK(contents(where / "b") == "newer");
  CHECK(files_in(where) == 4);
  fs::create_symlink("ring", where / "ring");
  CHECK(refusal(where / "ring") == (where / "ring").string() + ": cannot be written: Too many levels of symbolic links");
  CHECK(files_in(where) == 5);
}

TEST_CASE("output: another run's unfinished file is not touched", "[output]") {
  auto const where = folder();
  saved("written/a.unfinished-0", "theirs");
  io::write_file((where / "a").string(), "ours");
  CHECK(contents(where / "a") == "ours");
  CHECK(contents(where / "a.unfinished-0") == "theirs");
  CHECK(files_in(where) == 2);
}

TEST_CASE("output: what is no regular file is written as it is", "[output]") {
  io::write_file("/dev/null", "text");
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(refusal("/dev/full") == "/dev/full: cannot be written: No space left on device");
  CHECK(run_line(plan_tiny + "-o /dev/stdout | tail -n 1").out ==
        "total                                              8  164 902 912 B  (157.3 MiB)  100.0 %\n");
}

TEST_CASE("output: a place that cannot be written is refused, and nothing is left there", "[output]") {
  auto const where = folder();
  CHECK(refusal(where) == where.string() + ": is a directory");
  CHECK(refusal(where / "nowhere" / "a") == (where / "nowhere" / "a").string() + ": cannot be written: No such file or directory");
  saved("written/a", "old");
  CHECK(refusal(where / "a" / "b") == (where / "a" / "b").string() + ": cannot be written: Not a directory");
  CHECK(refusal("") == ": cannot be written: No such file or directory");
  CHECK(contents(where / "a") == "old");
  CHECK(files_in(where) == 1);
  // Nobody can write below /proc, a superuser included.
  CHECK(refusal("/proc/commfold.json").starts_with("/proc/commfold.json: cannot be written: "));
}

TEST_CASE("output: a disk that is full leaves the file as it was", "[output]") {
  auto const where = folder();
  auto const file = saved("written/traffic.json", "old");
  // No file of more than 512 bytes (1024 in some shells).
  auto const limited = [&](std::string const& name) {
    return run_line("trap '' XFSZ; ulimit -f 1; " + plan_tiny + "--format json -o '" + (where / name).string() + "'");
  };
  refused_with(limited("traffic.json"), "commfold plan: " + file + ": cannot be written: File too large");
  CHECK(contents(file) == "old");
  refused(limited("new.json"), "new.json: cannot be written: File too large");
  CHECK(files_in(where) == 1);
  CHECK(run_line(plan_tiny + "--format json -o '" + file + "'").status == 0);
  CHECK(contents(file).size() > 1024);
  CHECK(files_in(where) == 1);
}
