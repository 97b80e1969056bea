// Built with -fno-exceptions -fno-rtti: what is known at compile time needs neither.
#include <commfold/commfold.hpp>

static_assert(commfold::sum_tensors_v<commfold::tensor<commfold::f32, 2, 3>> == 24);
