// SPDX-License-Identifier: BSL-1.0
// Has docs/api.md every name that a header documents, and are the names that it offers to those who look for another one on the page?
#include <commfold/group/reduce_op.hpp>
#include <commfold/tensor/dtype.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

std::string const root = COMMFOLD_TEST_DATA "/../..";

std::string read(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

using words = std::set<std::string, std::less<>>;

words words_of(std::string_view text) {
  words found;
  std::string word;
  for (char const c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
      word += c;
    } else if (!word.empty()) {
      found.insert(std::exchange(word, {}));
    }
  }
  if (!word.empty()) found.insert(word);
  return found;
}

/// The C++ of a page: its ```cpp blocks.
std::string code_of(std::string const& page) {
  std::string code;
  std::istringstream lines(page);
  bool within = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```"))
      within = line == "```cpp";
    else if (within)
      code += line + '\n';
  }
  return code;
}

/// A line without its comment and its literals, in which braces and names would be found.
std::string without_texts(std::string const& line) {
  static std::regex const literal(R"re("(\\.|[^"\\])*"|'(\\.|[^'\\])')re");
  std::string const bare = std::regex_replace(line, literal, "\"\"");
  return bare.substr(0, bare.find("//"));
}

/// The name that a line declares. Nothing for operators, destructors, and specialisations, which bring no name.
std::string declared_name(std::string const& line) {
  static std::regex const type(R"re(^(?:class|struct|enum class|concept|using) (\w+)(.*))re");
  static std::regex const macro(R"re(^#define (\w+).*)re");
  static std::regex const function(R"re(^[^=(]*?\b(\w+)\s*\(.*)re");
  static std::regex const variable(R"re(^[^(]*?\b(\w+)(?:\[\])?(?:\{.*\};?| = .*|;| =)$)re");
  std::smatch found;
  if (std::regex_match(line, found, macro)) return found[1];
  if (std::regex_match(line, found, type)) return found[2].str().starts_with('<') ? std::string() : found[1].str();
  if (line.find("operator") != std::string::npos || line.find("explicit(") != std::string::npos) return {};
  if (std::regex_match(line, found, variable) || std::regex_match(line, found, function)) return found[1];
  return {};
}

/// The names of a header that have a `///` of their own, at the level of a namespace or in the public part of a class. What is in `detail`
/// or `diagnostics` has none for users.
words documented_names(std::string const& header) {
  enum class scope { open, closed };
  words names;
  std::vector<scope> scopes;
  bool documented = false;
  std::istringstream lines(header);
  for (std::string raw; std::getline(lines, raw);) {
    auto const first = raw.find_first_not_of(' ');
    std::string line = first == std::string::npos ? std::string() : raw.substr(first);
    if (line.starts_with("///")) {
      documented = line.find("@file") == std::string::npos && line.find("library's own use") == std::string::npos;
      continue;
    }
    line = without_texts(line);
    while (!line.empty() && line.back() == ' ') line.pop_back();
    bool const visible = std::count(scopes.begin(), scopes.end(), scope::closed) == 0;
    bool const more_comes = line.starts_with("template") || line.starts_with("requires") || line.starts_with("#if");
    if (documented && visible && !line.empty() && !more_comes)
      if (std::string const name = declared_name(line); !name.empty()) names.insert(name);
    if (!more_comes) documented = false;
    if (line == "private:" || line == "protected:" || line == "public:")
      if (!scopes.empty()) scopes.back() = line == "public:" ? scope::open : scope::closed;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '{') {
        words const before = words_of(line.substr(0, i));
        bool const hidden = before.contains("detail") || before.contains("diagnostics");
        bool const named_scope = before.contains("namespace") || before.contains("struct");
        scopes.push_back(!hidden && named_scope ? scope::open : scope::closed);
      } else if (line[i] == '}' && !scopes.empty()) {
        scopes.pop_back();
      }
    }
  }
  return names;
}

/// By name, the headers that document it. The rows of operators are in docs/operators.md.
std::map<std::string, std::string> names_of_library() {
  std::map<std::string, std::string> headers_of;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(root + "/include")) {
    std::string const path = entry.path().generic_string();
    if (!path.ends_with(".hpp") || path.find("/op/rows/") != std::string::npos) continue;
    std::string const header = read(entry.path());
    if (header.find("No user need name it") != std::string::npos) continue;
    for (std::string const& name : documented_names(header)) headers_of.emplace(name, path.substr(path.find("commfold/")));
  }
  return headers_of;
}

}  // namespace

TEST_CASE("the names of a header are those that it documents for users", "[docs]") {
  std::string const header = R"(
namespace commfold {
/// A class.
template <class T>
class a_class {
  /// For a friend.
  int hidden;
 public:
  /// For all.
  [[nodiscard]] constexpr int shown(int n) const {
    /// Not a member.
    int local = "{"[0];
  }
  /// Equal.
  bool operator==(a_class const&) const;
 private:
  /// Not for all.
  int not_shown() const;
};
namespace detail {
/// Nobody's.
struct internal {};
}  // namespace detail
int undocumented;
/// An object.
inline constexpr detail::internal an_object{};
/// A specialisation.
template <>
struct a_class<int> {};
/// f(x): a concept.
template <class T>
concept a_concept = true;
/// A macro.
#define A_MACRO(x) x
}
)";
  CHECK(documented_names(header) == words{"a_class", "shown", "an_object", "a_concept", "A_MACRO"});
}

TEST_CASE("the API page has every name that a header documents", "[docs]") {
  words const on_page = words_of(code_of(read(root + "/docs/api.md")));
  auto const names = names_of_library();
  CHECK(names.size() > 200);
  for (auto const& [name, header] : names) {
    INFO(name << " of " << header << " is in no block of docs/api.md");
    CHECK(on_page.contains(name));
  }
}

TEST_CASE("the API page has every dtype and every reduction", "[docs]") {
  words const on_page = words_of(read(root + "/docs/api.md"));
  for (auto const& entry : commfold::detail::dtype_table) {
    INFO(entry.name);
    CHECK((on_page.contains(entry.short_name) || entry.name.starts_with("bits")));
  }
  for (commfold::reduce_op const op : commfold::all_reduce_ops) CHECK(on_page.contains(name(op)));
}

TEST_CASE("what the API page offers to those who look for another name is there", "[docs]") {
  std::string const page = read(root + "/docs/api.md");
  words const on_page = words_of(code_of(page));
  std::size_t rows = 0;
  std::istringstream lines(page.substr(page.find("## You look for")));
  static std::regex const row(R"re(^\| .* \| (.*) \|$)re");
  static std::regex const code(R"re(`([^`]*)`)re");
  for (std::string line; std::getline(lines, line);) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) continue;
    ++rows;
    std::string const answer = cells[1];
    for (std::sregex_iterator it(answer.begin(), answer.end(), code), end; it != end; ++it)
      for (std::string const& name : words_of((*it)[1].str())) {
        INFO(line);
        if (std::isalpha(static_cast<unsigned char>(name[0])) != 0 && name.size() > 2) CHECK(on_page.contains(name));
      }
  }
  CHECK(rows > 20);
}
