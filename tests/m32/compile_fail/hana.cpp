// SPDX-License-Identifier: BSL-1.0
// error: commfold::size_constant: this constant does not fit std::size_t
#include <commfold/adapt/hana.hpp>

#include <boost/hana/integral_constant.hpp>

#ifdef SHOULD_FAIL
constexpr unsigned long long n = (1ULL << 33) + 5;
#else
constexpr unsigned long long n = 5;
#endif

int main() { return commfold::from_hana(boost::hana::integral_constant<unsigned long long, n>{}) == 6; }
