// SPDX-License-Identifier: BSL-1.0
// error: commfold::itemsize.*an element of {} has {} bits, not whole bytes; ask bytes_of
// error[gcc]: array subscript value '4' is outside the bounds of array '.*the_number_that_is_refused'
// error[clang]: in call to .fail.*"commfold::itemsize".*not whole bytes.*"quint4x2".*, 4\)
#include <commfold/tensor/dtype.hpp>

#include <cstddef>

namespace cf = commfold;

#ifdef SHOULD_FAIL
constexpr std::size_t size = cf::itemsize(cf::dtype::quint4x2);
#else
constexpr std::size_t size = cf::itemsize(cf::dtype::quint8);
#endif

int main() { static_cast<void>(size); }
