// SPDX-License-Identifier: BSL-1.0
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace {
namespace cf = commfold;
using by = cf::path_step::by;

using t4 = cf::tensor<cf::f32, 4>;

struct layer {
  t4 wq;
  t4 wk;
};
struct net {
  std::array<layer, 4> layers;
  t4 norm;
};
class head {
 public:
  t4 w;
  std::vector<t4> more;
};

template <class T>
constexpr bool paths_are(T const& tree, std::vector<std::string_view> const& texts) {
  auto const paths = cf::tree_paths(tree);
  bool ok = paths.size() == texts.size();
  for (std::size_t i = 0; ok && i < paths.size(); ++i) ok = paths[i] == texts[i];
  return ok;
}
}  // namespace
template <>
struct commfold::node_traits<head> : commfold::fields<&head::w, &head::more> {};
namespace {

#if COMMFOLD_HAS_FIELD_NAMES
static_assert(paths_are(net{}, {"layers[0].wq", "layers[0].wk", "layers[1].wq", "layers[1].wk", "layers[2].wq", "layers[2].wk",
                                "layers[3].wq", "layers[3].wk", "norm"}));
static_assert(paths_are(std::tuple{layer{}, 1}, {"[0].wq", "[0].wk", "[1]"}));
#endif
static_assert(paths_are(head{{}, std::vector<t4>(2)}, {"w", "more[0]", "more[1]"}));
static_assert(paths_are(5, {"(root)"}));
static_assert(paths_are(std::tuple{}, {}));
static_assert(paths_are(std::tuple{1, std::pair{2, std::tuple{3}}}, {"[0]", "[1][0]", "[1][1][0]"}));
static_assert(paths_are(std::vector<int>(11, 7), {"[0]", "[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "[8]", "[9]", "[10]"}));
static_assert(paths_are(std::optional{std::tuple{1}}, {"[0][0]"}) && paths_are(std::optional<int>{}, {}));

// A choice says which alternative it holds.
using either = std::variant<int, std::array<int, 2>>;
constexpr bool the_alternative_shows() {
  return paths_are(std::tuple{either{1}}, {"[0]<0>"}) && paths_are(std::tuple{either{std::array{1, 2}}}, {"[0]<1>[0]", "[0]<1>[1]"});
}
static_assert(the_alternative_shows());

// Steps one by one.
constexpr bool has_steps() {
  auto const path = cf::tree_paths(std::tuple{head{{}, std::vector<t4>(3)}})[3];
  return path.size() == 3 && !path.empty() && path[0].how == by::position && path[0].position == 0 && path[1].how == by::field &&
         path[1].field == "more" && path[1].position == 1 && path[2].position == 2 && path.begin() + 3 == path.end();
}
static_assert(has_steps());

constexpr bool is_comparable() {
  cf::tree_path a, b;
  a.push_back({by::position, 3, {}, {}});
  b.push_back({by::position, 3, {}, {}});
  bool const same = a == b;
  b.push_back({by::field, 0, "w", {}});
  return same && a != b && a == "[3]" && b == "[3].w" && b != "[3]" && cf::tree_path{} == "(root)";
}
static_assert(is_comparable());

}  // namespace
