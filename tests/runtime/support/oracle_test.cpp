// SPDX-License-Identifier: BSL-1.0
// The readers of the measured rows: what is written in an unknown way, and a directory that is not there, are errors that name them.
#include <commfold/tree/sum.hpp>

#include <tests/support/oracle.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace cf = commfold;
using Catch::Matchers::ContainsSubstring;
using oracle::json;

namespace {

/// A place for files of this process alone.
std::filesystem::path scratch() { return std::filesystem::temp_directory_path() / ("commfold_oracle_test_" + std::to_string(getpid())); }

std::string const tensor = R"({"dtype": "float32", "sizes": [4], "strides": [1], "offset": 0, "storage": 0, "nbytes": 16})";

cf::dynamic_value argument(std::string const& text) { return oracle::value_of(json::parse(text)); }
cf::dynamic_value tree(std::string const& text) { return oracle::pytree_of(json::parse(text)).held; }

/// COMMFOLD_ORACLE_DIR with another value, for as long as this lives.
class named_directory {
 public:
  explicit named_directory(std::string const& value) {
    if (char const* const was = std::getenv(name)) was_ = was;
    setenv(name, value.c_str(), 1);
  }
  ~named_directory() {
    if (was_)
      setenv(name, was_->c_str(), 1);
    else
      unsetenv(name);
  }
  named_directory(named_directory const&) = delete;
  named_directory& operator=(named_directory const&) = delete;

 private:
  static constexpr char const* name = "COMMFOLD_ORACLE_DIR";
  std::optional<std::string> was_;
};

}  // namespace

TEST_CASE("an argument in an unknown encoding is an error that names it", "[oracle]") {
  for (std::string const text : {
           R"({"opaque": "set"})",                                                // a class
           R"({"tuple": [], "fields": []})",                                      // a property
           R"({"dtype": "float32", "sizes": [4]})",                               // a tensor without storage
           R"({"work": "RealWork"})",                                             // another work
           R"({"tuple": {"0": 1}})",                                              // a tuple of no list
           R"({})",                                                               // nothing
           R"({"structseq": "max"})",                                             // a structseq without items
           R"({"t": ["float32", [4], [1], 0, 16]})",                              // a packed tensor
           R"([1, {"tuple": [{"dict": {"k": {"quaternion": [1, 2, 3, 4]}}}]}])",  // deep in a tree
       }) {
    INFO(text);
    CHECK_THROWS_WITH(argument(text), ContainsSubstring("oracle: nothing is known to be written as {"));
  }
  CHECK_THROWS_WITH(argument(R"([{"quaternion": 1}])"), ContainsSubstring(R"({"quaternion":1})"));
}

TEST_CASE("a structseq is a tuple", "[oracle]") {
  std::string const text = R"({"structseq": "torch.return_types.max", "items": [)" + tensor + R"(, 3]})";
  cf::dynamic_value const expected = cf::dynamic_value::tuple(cf::dynamic_tensor(cf::f32, {4}), 3);
  CHECK(argument(text) == expected);
  CHECK(cf::sum_tensors(argument(text)) == 16);
  CHECK(tree(R"({"structseq": "torch.return_types.max", "items": [{"tensor": )" + tensor + R"(}, {"int": 3}]})") == expected);
}

TEST_CASE("a pytree with a class in an unknown encoding is an error that names it", "[oracle]") {
  for (std::string const text : {
           R"({"frozen_dict": []})",                                             // a class
           R"({"list": [], "maxlen": 3})",                                       // a property
           R"({"list": [{"dict": [["k", {"mapping_proxy": []}]]}]})",            // deep in a tree
           R"({"tensor": {"dtype": "float32", "sizes": [4], "strides": [1]}})",  // a tensor without storage
           R"({"tensor": {"nbytes": 16}})",                                      // a tensor of no class
           R"([])",                                                              // no object
           R"({})",                                                              // nothing
       }) {
    INFO(text);
    CHECK_THROWS_WITH(tree(text), ContainsSubstring("oracle: nothing is known to be written as "));
  }
  CHECK_THROWS_WITH(tree(R"({"list": [{"frozen_dict": 1}]})"), ContainsSubstring(R"({"frozen_dict":1})"));
  CHECK(tree(R"({"opaque": "set", "n": 1})").is(cf::value_kind::string));
}

TEST_CASE("a line that is no row is an error with its place", "[oracle]") {
  std::string const path = scratch().string() + ".jsonl";
  auto const refused = [&](std::string const& text, std::string const& why) {
    std::ofstream(path) << text;
    CHECK_THROWS_WITH(oracle::rows_in(path), ContainsSubstring(why));
  };
  refused("{}\n{\"a\": \n", path + ":2 is no row");
  refused("{}\n\n{}\n", path + ":2 is no row");
  refused("[]\n", path + ":1 is no row");
  refused("", "no row in " + path);
  std::filesystem::remove(path);
  CHECK_THROWS_WITH(oracle::rows_in(path), ContainsSubstring("cannot open " + path));
}

TEST_CASE("COMMFOLD_ORACLE_DIR with a typing error is an error", "[oracle]") {
  namespace fs = std::filesystem;
  fs::path const work = scratch();
  fs::remove_all(work);
  fs::create_directories(work / "empty");
  fs::create_directories(work / "good");
  std::ofstream(work / "good" / "torch_other.jsonl") << "{}\n";
  auto const refused = [](fs::path const& directory, std::string const& why) {
    named_directory const is(directory.string());
    INFO(directory);
    CHECK_THROWS_WITH(oracle::rows("torch_ops.jsonl"), ContainsSubstring("COMMFOLD_ORACLE_DIR") && ContainsSubstring(why));
    CHECK_THROWS_WITH(oracle::reads_own("torch_ops.jsonl"), ContainsSubstring(why));
  };
  refused(work / "goood", "which is no directory");
  refused(work / "empty", "which has no file of rows (torch_*, openmpi_*, gloo_*, nccl_*)");
  refused("good", "which is no absolute path");
  refused("", "which is empty");
  named_directory const is((work / "good").string());
  CHECK(oracle::reads_own("torch_ops.jsonl"));
  CHECK_FALSE(oracle::reads_own("torch_other.jsonl"));
  CHECK(oracle::rows("torch_other.jsonl").size() == 1);
  fs::remove_all(work);
}
