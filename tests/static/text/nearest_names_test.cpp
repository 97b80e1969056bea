// SPDX-License-Identifier: BSL-1.0
#include <commfold/text/nearest_names.hpp>

#include <array>
#include <string_view>

namespace {
using commfold::detail::edit_distance;
using commfold::detail::nearest_names;

static_assert(edit_distance("kitten", "sitting") == 3 && edit_distance("sitting", "kitten") == 3);
static_assert(edit_distance("", "abc") == 3 && edit_distance("abc", "") == 3 && edit_distance("abc", "abc") == 0);
static_assert(edit_distance("BF16", "bf16") == 0);

// A text of any length has a distance, though a long one is measured coarsely.
constexpr char long_text[200] = {'x'};
static_assert(edit_distance({long_text, 128}, {long_text, 127}) == 1 && edit_distance({long_text, 129}, {long_text, 127}) == 129);

// The three nearest, nearest first; of equally near ones the first.
constexpr std::string_view fruit[] = {"peach", "pear", "plum", "grape", "peas"};
constexpr nearest_names nearest("peal", fruit);
static_assert(nearest.size() == 3 && nearest[0] == "pear" && nearest[1] == "peas" && nearest[2] == "peach");

// A nearer one that comes late moves the others down, and the one that came last of the equally near ones goes.
constexpr nearest_names moved("abc", std::to_array<std::string_view>({"xbc", "axx", "xbx", "abc"}));
static_assert(moved[0] == "abc" && moved[1] == "xbc" && moved[2] == "axx");

// A name that comes twice is one candidate, an empty one is none; of none there is nothing to offer.
constexpr nearest_names twice("a", std::to_array<std::string_view>({"b", "", "b", "cc"}));
static_assert(twice.size() == 2 && twice[0] == "b" && twice[1] == "cc");
static_assert(nearest_names("a").size() == 0);

}  // namespace
