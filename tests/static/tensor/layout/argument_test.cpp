// SPDX-License-Identifier: BSL-1.0
#include <commfold/tensor/layout/argument.hpp>

namespace {
namespace cf = commfold;
using namespace cf::detail;

// An argument as the caller wrote it.
static_assert(true_argument(-3).negative && true_argument(-3).magnitude == 3 && true_argument(7u).value() == 7);
static_assert(true_argument(-9223372036854775807LL - 1).magnitude == std::size_t{1} << 63);  // its negation is no long long
static_assert(static_argument<int>().value() == cf::dyn && static_argument<cf::size_constant<5>>().value() == 5);
static_assert(true_argument(-1).infers() && static_argument<cf::infer_size>().infers() && !true_argument(1).infers());
static_assert(!static_argument<int>().infers());

// Negative numbers count from the end, and reach as far as the extent.
constexpr argument at(long long n) { return true_argument(n); }
static_assert(wrap_dimension(at(-1), 3).at == 2 && wrap_dimension(at(-3), 3).at == 0 && !wrap_dimension(at(-4), 3).ok);
static_assert(wrap_dimension(at(2), 3).at == 2 && !wrap_dimension(at(3), 3).ok);
static_assert(wrap(at(3), 3, true, the_end::is_inside).ok && !wrap(at(4), 3, true, the_end::is_inside).ok);  // a start may be there
static_assert(!wrap(at(0), 0, true, the_end::is_outside).ok);                                                // nothing has no index
// An argument whose value is not known is not refused: only its value could be wrong.
static_assert(!wrap(argument{}, 3, true, the_end::is_outside).is_known && wrap(argument{}, 3, true, the_end::is_outside).ok);
static_assert(wrap(at(5), cf::dyn, false, the_end::is_outside).ok && wrap(at(5), cf::dyn, false, the_end::is_outside).at == 5);
// A number as large as `dyn` is a number: an extent that has an index below it, and an index that no dimension has.
static_assert(wrap(at(-1), cf::dyn, true, the_end::is_outside).at == cf::dyn - 1);
static_assert(true_argument(cf::dyn).known() && !wrap(true_argument(cf::dyn), 3, true, the_end::is_inside).ok);

}  // namespace
