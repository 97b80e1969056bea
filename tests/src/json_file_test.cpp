// SPDX-License-Identifier: BSL-1.0
// A JSON file whose values know their line and column: what is read, and every refusal to the character.
#include <src/json_file.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace io = commfold::io;

namespace {

io::json_file read(std::string const& text) { return io::json_file("f.json", text); }

/// The message of the `input_error` that a call throws.
template <class Ask>
std::string refusal(Ask&& ask) {
  try {
    ask();
  } catch (io::input_error const& error) {
    return error.what();
  }
  return "nothing was refused";
}

std::string refusal_of(std::string const& text) {
  return refusal([&] { (void)read(text); });
}

std::string place_of(io::json_value const& value) {
  return std::to_string(value.where().line) + ":" + std::to_string(value.where().column);
}

}  // namespace

TEST_CASE("json: values and their places", "[json]") {
  io::json_file const file = read("{\n  \"a\": 1, \"b\":[true ,\"x\\\"y\\\\\",null\n,{}] ,\n\t\"c\" : {\"d\":18446744073709551615}}\n");
  io::json_value const& root = file.root();
  CHECK(place_of(root) == "1:1");
  CHECK(root.required("a").unsigned_integer() == 1);
  CHECK(place_of(root.required("a")) == "2:8");
  auto const b = root.required("b").elements();
  CHECK(place_of(root.required("b")) == "2:15");
  REQUIRE(b.size() == 4);
  CHECK(b[0].boolean());
  CHECK(place_of(b[0]) == "2:16");
  CHECK(b[1].text() == "x\"y\\");
  CHECK(place_of(b[1]) == "2:22");
  CHECK(b[2].is_null());
  CHECK(place_of(b[2]) == "2:31");
  CHECK(b[3].members().empty());
  CHECK(place_of(b[3]) == "3:2");
  CHECK(root.required("c").required("d").unsigned_integer() == 18446744073709551615u);
  CHECK(place_of(root.required("c").required("d")) == "4:13");
  CHECK(root.find("d") == nullptr);
  CHECK(root.members()[2].key() == "c");
}

TEST_CASE("json: a column is a character, and a byte order mark is none", "[json]") {
  CHECK(place_of(read("[\"gr\xC3\xB6\xC3\x9F\x65 \xF0\x9F\x98\x80\", 7]").root().elements()[1]) == "1:13");
  CHECK(place_of(read("\xEF\xBB\xBF[7]").root().elements()[0]) == "1:2");
}

TEST_CASE("json: what is no JSON is refused where it stops to be", "[json]") {
  CHECK(refusal_of("") == "f.json:1:1: is no JSON: the file is empty");
  CHECK(refusal_of(" \n\t") == "f.json:1:1: is no JSON: the file is empty");
  CHECK(refusal_of("{\"a\": 1,\n \"b\": }").starts_with("f.json:2:7: is no JSON: syntax error"));
  CHECK(refusal_of("{\"a\": 1\n").starts_with("f.json:2:1: is no JSON: syntax error"));
  CHECK(refusal_of("[1,,2]").starts_with("f.json:1:4: is no JSON: syntax error"));
  CHECK(refusal_of("[1] 2").starts_with("f.json:1:5: is no JSON: syntax error"));
  CHECK(refusal_of("[1] // two").starts_with("f.json:1:5: is no JSON: syntax error"));
  CHECK(refusal_of("{\"a\": nan}").starts_with("f.json:1:8: is no JSON: syntax error"));
  CHECK(refusal_of("[NaNs]").starts_with("f.json:1:2: is no JSON: syntax error"));
  CHECK(refusal_of("{NaN: 1}").starts_with("f.json:1:2: is no JSON: syntax error"));
  CHECK(refusal_of("[NaN, NaN").starts_with("f.json:1:10: is no JSON: syntax error"));
  CHECK(refusal_of("[01]").starts_with("f.json:1:3: is no JSON: syntax error"));
  CHECK(refusal_of("[\"a\nb\"]").starts_with("f.json:1:4: is no JSON: syntax error"));
  CHECK(refusal_of("[\"\xFF\"]").starts_with("f.json:1:3: is no JSON: syntax error"));
  CHECK(refusal_of("[\"\n" + std::string(1'000'000, 'x')).size() < 200);
}

TEST_CASE("json: a key that is given twice is refused", "[json]") {
  CHECK(refusal_of("{\"a\": 1,\n \"b\": {\"a\": 2},\n  \"a\": 3}") == "f.json:3:3: the key 'a' is given twice, first in line 1, column 2");
  CHECK(refusal_of("{\"a\": 1, \"\\u0061\": 1}") == "f.json:1:10: the key 'a' is given twice, first in line 1, column 2");
  std::string const key = "\"a\\n" + std::string(1'000, 'b') + "\"";
  CHECK(refusal_of("{" + key + ": 1, " + key + ": 1}") ==
        "f.json:1:1012: the key 'a\\n" + std::string(34, 'b') + "...' is given twice, first in line 1, column 2");
}

TEST_CASE("json: the byte 0 ends no text", "[json]") {
  using namespace std::string_literals;
  CHECK(refusal_of("{\"a\": 1}\0"s) == "f.json:1:9: is no JSON: holds the byte 0");
  CHECK(refusal_of("{\"a\": 1}\n \0, {\"b\": 2}"s) == "f.json:2:2: is no JSON: holds the byte 0");
  CHECK(refusal_of("{\"a\0\": 1}"s) == "f.json:1:4: is no JSON: holds the byte 0");
  CHECK(refusal_of("\0"s) == "f.json:1:1: is no JSON: holds the byte 0");
  CHECK(refusal_of("{\"a\": 1}\x1a").starts_with("f.json:1:9: is no JSON: syntax error"));
  CHECK(refusal_of("{\"a\": 1}}").starts_with("f.json:1:9: is no JSON: syntax error"));
  CHECK(refusal_of("{} {}").starts_with("f.json:1:4: is no JSON: syntax error"));
}

TEST_CASE("json: Python's words for numbers are read, and no accessor takes them", "[json]") {
  io::json_file const file = read("{\"a\": [0.0, Infinity],\"b\":NaN, \"c\": -Infinity, \"d\": \"NaN\", \"e\": 7}");
  auto const a = file.root().required("a").elements();
  REQUIRE(a.size() == 2);
  CHECK(place_of(a[1]) == "1:13");
  CHECK(a[1].spelled() == "Infinity");
  CHECK(file.root().required("b").number() == "NaN");
  CHECK(file.root().required("d").text() == "NaN");
  CHECK(place_of(file.root().required("e")) == "1:65");
  CHECK(refusal([&] { (void)file.root().required("c").unsigned_integer(); }) ==
        "f.json:1:37: 'c' must be an integer from 0 to 18446744073709551615, and is -Infinity");
}

TEST_CASE("json: what switches a thing off", "[json]") {
  io::json_file const file = read(R"([null, false, 0, 0.0, -0, "", [], {}, true, 1, 0.5, NaN, "a", [0], {"a": null}])");
  auto const all = file.root().elements();
  for (std::size_t i = 0; i != all.size(); ++i) {
    INFO(i);
    CHECK(all[i].is_nothing() == (i < 8));
  }
}

TEST_CASE("json: an object of many keys is read at once", "[json]") {
  std::string text = "{";
  for (int i = 0; i != 200'000; ++i) text += "\"" + std::to_string(i) + "\": 1,\n";
  CHECK(refusal_of(text + "\"end\": 1}") == "nothing was refused");
  CHECK(refusal_of(text + "\"7\": 1}") == "f.json:200001:1: the key '7' is given twice, first in line 8, column 1");
}

TEST_CASE("json: a refusal is one short line, whatever the file holds", "[json]") {
  std::string const endless = "{\"a\": \"" + std::string(10'000'000, 'x');
  CHECK(refusal_of(endless).starts_with("f.json:1:"));
  CHECK(refusal_of(endless).size() < 200);
  std::string const name = "\"" + std::string(10'000, 'x') + "\\u001b[2J\"";
  for (std::string const& text :
       {"{" + name + ": 1, " + name + ": 1}", "{" + name + ": }", "[" + name + " 1]", "[1" + std::string(10'000, '0') + "]"}) {
    std::string const told = refusal_of(text);
    CHECK(told.starts_with("f.json:1:"));
    CHECK(told.size() < 200);
    CHECK(told.find('\x1b') == std::string::npos);
  }
  CHECK(refusal([&] { (void)read("[" + name + "]").root().elements()[0].boolean(); }).size() < 200);
}

TEST_CASE("json: depth ends", "[json]") {
  CHECK(refusal_of(std::string(64, '[') + std::string(64, ']')) == "nothing was refused");
  CHECK(refusal_of(std::string(1'000'000, '[')) == "f.json:1:65: is nested more than 64 deep");
}

TEST_CASE("json: numbers are exact or refused", "[json]") {
  auto const number = [](std::string const& text) {
    return refusal([&] { (void)read("{\"n\":\n " + text + "}").root().required("n").unsigned_integer(); });
  };
  std::string const opening = "f.json:2:2: 'n' must be an integer from 0 to 18446744073709551615, and is ";
  CHECK(number("0") == "nothing was refused");
  CHECK(number("1e999") == "f.json:2:2: the number 1e999 is too large to be read");
  CHECK(refusal_of("[1,\n -1" + std::string(1'000, '0') + "]") ==
        "f.json:2:2: the number -1" + std::string(35, '0') + "... is too large to be read");
  CHECK(number("-1") == opening + "-1");
  CHECK(number("-0") == opening + "-0");
  CHECK(number("1.5") == opening + "1.5");
  CHECK(number("1.0") == opening + "1.0");
  CHECK(number("1e3") == opening + "1e3");
  CHECK(number("18446744073709551616") == opening + "18446744073709551616");
  CHECK(number("\"8\"") == opening + "\"8\"");
  CHECK(number("null") == opening + "null");
  CHECK(number("true") == opening + "true");
  CHECK(number("[8]") == opening + "an array");
  CHECK(number("{}") == opening + "an object");
  CHECK(number("123456789012345678901234567890123456789012345") == opening + "1234567890123456789012345678901234567...");
}

TEST_CASE("json: every accessor refuses another kind", "[json]") {
  io::json_file const file = read("[7, {\"k\": 7}]");
  io::json_value const& seven = file.root().elements()[0];
  io::json_value const& k = file.root().elements()[1].required("k");
  CHECK(refusal([&] { (void)seven.text(); }) == "f.json:1:2: must be a string, and is 7");
  CHECK(refusal([&] { (void)k.text(); }) == "f.json:1:11: 'k' must be a string, and is 7");
  CHECK(refusal([&] { (void)k.boolean(); }) == "f.json:1:11: 'k' must be true or false, and is 7");
  CHECK(refusal([&] { (void)k.elements(); }) == "f.json:1:11: 'k' must be an array, and is 7");
  CHECK(refusal([&] { (void)k.members(); }) == "f.json:1:11: 'k' must be an object, and is 7");
  CHECK(refusal([&] { (void)k.find("x"); }) == "f.json:1:11: 'k' must be an object, and is 7");
  CHECK(refusal([&] { (void)file.root().elements()[1].required("x"); }) == "f.json:1:5: the key 'x' is missing");
  CHECK(refusal([&] { file.root().elements()[1].refuse_unknown_keys({"a", "b"}); }) ==
        "f.json:1:6: the key 'k' is not known; known are a, b");
  CHECK(refusal([] { read("{\"" + std::string(1'000, 'k') + "\": 1}").root().refuse_unknown_keys({"a"}); }) ==
        "f.json:1:2: the key '" + std::string(37, 'k') + "...' is not known; known are a");
  CHECK(refusal([&] { file.root().elements()[1].refuse_unknown_keys({"a", "k"}); }) == "nothing was refused");
}

TEST_CASE("json: files that cannot be read are refused", "[json]") {
  CHECK(refusal([] { io::json_file("/nowhere/at/all.json"); }) == "/nowhere/at/all.json: cannot be opened");
  CHECK(refusal([] { io::json_file("/"); }) == "/: is a directory");
  CHECK(refusal([] { io::json_file("/proc/self/mem"); }).starts_with("/proc/self/mem: cannot be "));
  CHECK(refusal([] { io::json_file("/dev/zero"); }) == "/dev/zero: holds 1 GiB or more; files of less are read");
}
