// SPDX-License-Identifier: BSL-1.0
#include <commfold/parallel/marks.hpp>

namespace {

using namespace commfold::parallel;

// A mark refers to what it is around; marks nest.
constexpr int member = 3;
static_assert(&frozen(member).member == &member && &unused(member).member == &member);
static_assert(tied("w", member).name == "w" && &tied("w", member).member == &member);
constexpr bool marks_nest() {
  auto const inner = frozen(member);
  return &unused(inner).member.member == &member;
}
static_assert(marks_nest());

}  // namespace
