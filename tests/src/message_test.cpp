// SPDX-License-Identifier: BSL-1.0
// Errors are one short line, whatever they are about.
#include <src/input_error.hpp>
#include <src/message.hpp>

#include <commfold/error.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace cf = commfold;
namespace io = commfold::io;

TEST_CASE("message: a text is cut to a length, between its characters", "[message]") {
  CHECK(io::shortened("") == "");
  CHECK(io::shortened(std::string(40, 'a')) == std::string(40, 'a'));
  CHECK(io::shortened(std::string(41, 'a')) == std::string(37, 'a') + "...");
  CHECK(io::shortened(std::string(100'000'000, 'a')) == std::string(37, 'a') + "...");
  CHECK(io::shortened("abcde\xC3\xB6xyz", 10) == "abcde\xC3\xB6xyz");
  CHECK(io::shortened("abcde\xC3\xB6xyzw", 9) == "abcde...");
  CHECK(io::shortened("a\nb\x1b") == "a\\nb\\x1b");
  CHECK(io::shortened(std::string(40, '\n')) == std::string("\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n\\..."));
}

TEST_CASE("message: a file is named", "[message]") {
  CHECK(io::file_name("-") == "<stdin>");
  CHECK(io::file_name("a\nb.json") == "a\\nb.json");
}

TEST_CASE("message: of a path that is too long the end stays, and the place and the reason do", "[message]") {
  CHECK(io::message_about("a.json", ":3:14", "is wrong") == "a.json:3:14: is wrong");
  CHECK(io::message_about("-", "", "is wrong") == "<stdin>: is wrong");
  std::string const path = "/" + std::string(4000, 'p') + "/a.json";
  std::string const reason(100, 'r');
  std::string const told = io::message_about(path, ":3:14", reason);
  CHECK(told == "..." + std::string(63, 'p') + "/a.json:3:14: " + reason);
  CHECK(told.size() == io::longest_message);
  CHECK(io::message_about(path, ":3:14", std::string(100'000, 'r')) ==
        "..." + std::string(30, 'p') + "/a.json:3:14: " + std::string(130, 'r') + "...");
}

TEST_CASE("message: what the library says, without the function", "[message]") {
  CHECK(io::reason_of(cf::invalid_argument("commfold::find_op: no such: thing")) == "no such: thing");
  CHECK(io::reason_of(cf::invalid_argument("other: thing")) == "other: thing");
  CHECK(std::string(io::input_error(std::string(1000, 'x')).what()).size() == io::longest_message);
}
