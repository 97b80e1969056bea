#include <commfold/commfold.hpp>

static_assert(commfold::sum_tensors_v<commfold::tensor<commfold::f32, 2, 3>> == 24);

int main() { return commfold::sum_tensors(commfold::tensor<commfold::f32, commfold::dyn>{3}) == 12 ? 0 : 1; }
