// SPDX-License-Identifier: BSL-1.0
// error[gcc]: template constraint failure for .*communicator<Comm>.*class commfold::dist_calls
// error[clang]: constraints not satisfied for class template 'dist_calls'.*does not satisfy 'communicator'
// cascades: g++ says which constraint fails, and then that there is no such type
#include <commfold/comm/torch/dist.hpp>

namespace cf = commfold;

struct forgets_to_return {
  template <class Op, class... Args>
  constexpr auto call(Op op, Args const&... args) {
#ifdef SHOULD_FAIL
    op(args...);
#else
    return op(args...);
#endif
  }
};

using dist = cf::dist_calls<forgets_to_return>;

int main() {}
