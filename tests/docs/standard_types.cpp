// SPDX-License-Identifier: BSL-1.0
// What docs/your_types.md says of the types of the standard library, asked of the library.
#include <commfold/tree.hpp>

#include <catch2/catch_test_macros.hpp>

#include <any>
#include <array>
#include <atomic>
#include <bitset>
#include <chrono>
#include <complex>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <forward_list>
#include <fstream>
#include <functional>
#include <future>
#include <initializer_list>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <stack>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <valarray>
#include <variant>
#include <vector>

namespace {

namespace cf = commfold;
using T = cf::tensor<cf::f32, 4>;

struct before {
  bool operator()(T const&, T const&) const { return false; }
};

template <class Type>
std::string word() {
  switch (cf::kind_of<Type>) {
    case cf::node_kind::tensor:
      return "tensor";
    case cf::node_kind::product:
      return "product";
    case cf::node_kind::sequence:
      return "sequence";
    case cf::node_kind::choice:
      return "choice";
    case cf::node_kind::opaque:
      return "leaf";
    case cf::node_kind::undescribed:
      return "refused";
  }
  return "";
}

struct said {
  std::string_view type;
  std::string is;
};

// A comma in the type is why it is variadic.
#define SAID(...) \
  said { #__VA_ARGS__, word<__VA_ARGS__>() }
// clang-format off
std::vector<said> const types = {
    SAID(std::tuple<T, int>),
    SAID(std::pair<int, T>),
    SAID(std::array<T, 3>),
    SAID(T[3]),
    SAID(std::vector<T>),
    SAID(std::vector<bool>),
    SAID(std::deque<T>),
    SAID(std::list<T>),
    SAID(std::forward_list<T>),
    SAID(std::set<T, before>),
    SAID(std::multiset<T, before>),
    SAID(std::unordered_set<int>),
    SAID(std::unordered_multiset<int>),
    SAID(std::map<int, T>),
    SAID(std::multimap<int, T>),
    SAID(std::unordered_map<int, T>),
    SAID(std::unordered_multimap<int, T>),
    SAID(std::span<T>),
    SAID(std::valarray<T>),
    SAID(std::initializer_list<T>),
    SAID(std::optional<T>),
    SAID(std::unique_ptr<T>),
    SAID(std::shared_ptr<T>),
    SAID(T*),
    SAID(std::reference_wrapper<T>),
    SAID(std::variant<T, int>),
    SAID(std::monostate),
    SAID(std::nullopt_t),
    SAID(std::string),
    SAID(std::string_view),
    SAID(std::filesystem::path),
    SAID(char const*),
    SAID(void*),
    SAID(int (*)(int)),
    SAID(std::nullptr_t),
    SAID(std::byte),
    SAID(std::integral_constant<int, 3>),
    SAID(std::complex<float>),
    SAID(std::chrono::seconds),
    SAID(std::chrono::system_clock::time_point),
    SAID(std::atomic<int>),
    SAID(std::bitset<8>),
    SAID(std::stack<T>),
    SAID(std::queue<T>),
    SAID(std::priority_queue<int>),
    SAID(std::unique_ptr<T[]>),
    SAID(std::shared_ptr<T[]>),
    SAID(std::weak_ptr<T>),
    SAID(std::any),
    SAID(std::function<void()>),
    SAID(std::future<T>),
    SAID(std::mutex),
    SAID(std::thread),
};
// clang-format on
#undef SAID

/// The rows "| `type` | word | … |" of the page, as lines up to the second word.
std::vector<std::string> rows_of_the_page() {
  std::ifstream file(COMMFOLD_TEST_DATA "/../../docs/your_types.md");
  std::vector<std::string> rows;
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("| `")) rows.push_back(line.substr(0, line.find(" | ", line.find("` | ") + 4)));
  return rows;
}

}  // namespace

TEST_CASE("docs/your_types.md says what each type of the standard library is", "[docs]") {
  std::vector<std::string> const page = rows_of_the_page();
  CHECK(page.size() == types.size());
  for (std::size_t n = 0; n < types.size() && n < page.size(); ++n)
    CHECK(page[n] == "| `" + std::string(types[n].type) + "` | " + types[n].is);
}

// What a node is said to be is counted: three tensors of 16 bytes in each kind of container.
TEST_CASE("every container of the standard library weighs what is in it", "[docs]") {
  std::array<T, 3> three{};
  auto const bytes = [](auto const& tree) { return std::size_t{cf::sum_tensors(tree)}; };
  CHECK(bytes(std::vector<T>(3)) == 48);
  CHECK(bytes(std::deque<T>(3)) == 48);
  CHECK(bytes(std::list<T>(3)) == 48);
  CHECK(bytes(std::forward_list<T>(3)) == 48);
  CHECK(bytes(std::valarray<T>(3)) == 48);
  CHECK(bytes(std::span<T>(three)) == 48);
  CHECK(bytes(std::initializer_list<T>{{}, {}, {}}) == 48);
  CHECK(bytes(std::set<T, before>{{}}) == 16);
  CHECK(bytes(std::map<int, T>{{1, {}}, {2, {}}, {3, {}}}) == 48);
  CHECK(bytes(std::multimap<int, T>{{1, {}}, {1, {}}, {1, {}}}) == 48);
  CHECK(bytes(std::unordered_map<int, T>{{1, {}}, {2, {}}, {3, {}}}) == 48);
  CHECK(bytes(std::unordered_multimap<int, T>{{1, {}}, {1, {}}, {1, {}}}) == 48);
  CHECK(bytes(std::vector<std::reference_wrapper<T>>(3, three[0])) == 48);
  CHECK(bytes(std::make_unique<T>()) == 16);
  CHECK(bytes(std::make_shared<T>()) == 16);
  CHECK(bytes(std::vector<bool>(3)) == 0);
}

// Everything in a type that is not described, at once.
static_assert(std::is_same_v<cf::unknown_leaves<std::tuple<std::mutex, std::vector<std::map<int, std::any>>, T, std::mutex>>,
                             boost::mp11::mp_list<std::mutex, std::any>>);
static_assert(std::is_same_v<cf::unknown_leaves<std::vector<T>>, boost::mp11::mp_list<>>);
