// SPDX-License-Identifier: BSL-1.0
// Compiled to assembly and never linked: `compare.cmake` counts the instructions of each function and of its twin by hand.
#include <commfold/tree.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace cf = commfold;

struct block {
  cf::tensor<cf::bf16, 4096, 4096> weight;
  cf::tensor<cf::bf16, 4096> bias;
  int steps = 0;
};
using network = std::tuple<std::array<block, 32>, cf::tensor<cf::f8e4m3fn, 32000, 4096>>;  // 1 205 075 968 bytes

/// One extent that is known at run time, beside a static model.
struct batch {
  network net;
  cf::tensor<cf::bf16, cf::dyn, 4096> tokens;
};

/// Two, one of them further down, beside static tensors on both levels.
struct labels {
  cf::tensor<cf::f32, 100> scale;
  cf::tensor<cf::i32, cf::dyn> of;
};
struct labelled {
  network net;
  cf::tensor<cf::bf16, cf::dyn, 4096> tokens;
  labels label;
};

// Each tree is summed in two places: what is called once is inlined whatever it is.
extern "C" std::size_t one_commfold(batch const& b) { return cf::sum_tensors(b); }
extern "C" std::size_t two_commfold(labelled const& b) { return cf::sum_tensors(b); }
extern "C" std::size_t one_again(batch const& a, batch const& b) { return cf::sum_tensors(a) ^ cf::sum_tensors(b); }
extern "C" std::size_t two_again(labelled const& a, labelled const& b) { return cf::sum_tensors(a) ^ cf::sum_tensors(b); }

[[noreturn, gnu::cold]] void does_not_fit();

static std::size_t plus_rows(std::size_t total, std::size_t rows, std::size_t bytes_of_row) {
  std::size_t bytes = 0;
  if (__builtin_mul_overflow(rows, bytes_of_row, &bytes) || __builtin_add_overflow(total, bytes, &total)) does_not_fit();
  return total;
}

extern "C" std::size_t one_by_hand(batch const& b) { return plus_rows(1205075968, b.tokens.extent(0), 8192); }
extern "C" std::size_t two_by_hand(labelled const& b) {
  return plus_rows(plus_rows(1205075968 + 400, b.tokens.extent(0), 8192), b.label.of.extent(0), 4);
}
