// SPDX-License-Identifier: BSL-1.0
#include <benchmarks/suite/standard_headers.hpp>
#include <benchmarks/suite/toolchain.hpp>

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string>

using namespace bench;
using names = std::set<std::string>;

namespace {

void write_file(std::filesystem::path const& file, char const* text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

}  // namespace

TEST_CASE("standard headers are found through headers of the library, and through no others", "[bench]") {
  scratch_folder const include;
  write_file(include.path() / "commfold/top.hpp",
             "#pragma once\n#include <commfold/below.hpp>\n  #  include <array>\n#include <boost/mp11/list.hpp>\n#include <stdlib.h>\n"
             "#include \"own.hpp\"\n// #include <deque>\n#include <tuple>\n");
  write_file(include.path() / "commfold/below.hpp", "#include <commfold/top.hpp>\n#if 0\n#include <tuple>\n#endif\n#include <vector>");
  write_file(include.path() / "commfold/other.hpp", "#include <map>\n");
  write_file(include.path() / "commfold/detail/hidden.hpp", "");
  included const all = includes_of(include.path(), "commfold/top.hpp");
  CHECK(all.ours == names{"commfold/below.hpp", "commfold/top.hpp"});
  CHECK(all.standard == names{"array", "tuple", "vector"});
  CHECK_THROWS_AS(includes_of(include.path(), "commfold/none.hpp"), std::runtime_error);
  CHECK(public_headers(include.path()) == std::vector<std::string>{"commfold/below.hpp", "commfold/other.hpp", "commfold/top.hpp"});
}

TEST_CASE("a source holds the standard headers alone, or the header after them", "[bench]") {
  CHECK(source_including({"array"}) == "#if __has_include(<array>)\n#include <array>\n#endif\n");
  CHECK(source_including({}, "commfold/size.hpp") == "#include <commfold/size.hpp>\n");
}
