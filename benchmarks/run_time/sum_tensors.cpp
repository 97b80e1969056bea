// SPDX-License-Identifier: BSL-1.0
// What sum_tensors costs beside the loop that one would write by hand for just that tree.
#include <run_time/suite.hpp>

#include <commfold/commfold.hpp>
#include <commfold/op/dynamic/dynamic_value.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace cf = commfold;
using suite::checked, suite::forest, suite::row_of, suite::wraps_plus, suite::wraps_times;

namespace {

constexpr auto sum_tensors = [](auto const& tree) { return std::size_t{cf::sum_tensors(tree)}; };

using gradient = cf::tensor<cf::bf16, cf::dyn, 4096>;  // 8192 bytes a row

// --- A row of tensors, one extent of each known at run time.

auto make_row(std::size_t n) {
  return forest{row_of(n, [](std::size_t i) { return gradient(i % 97); }), n};
}

std::size_t row_by_hand(std::vector<gradient> const& row) {
  std::size_t bytes = 0;
  bool overflow = false;
  for (gradient const& g : row) {
    std::size_t one = 0;
    overflow = wraps_times(g.extent(0), 8192, one) || wraps_plus(bytes, one, bytes) || overflow;
  }
  return checked(bytes, overflow);
}

// --- A row of tensors of which all is known at run time only.

auto make_dynamic_row(std::size_t n) {
  return forest{row_of(n, [](std::size_t i) { return cf::dynamic_tensor(cf::bf16, {i % 97, 4096}); }), n};
}

std::size_t dynamic_row_by_hand(std::vector<cf::dynamic_tensor> const& row) {
  std::size_t bytes = 0;
  bool overflow = false;
  for (cf::dynamic_tensor const& t : row) overflow = wraps_plus(bytes, t.storage_bytes(), bytes) || overflow;
  return checked(bytes, overflow);
}

// --- Vectors in a vector, ten tensors each.

auto make_vectors(std::size_t n) {
  return forest{row_of(n / 10, [](std::size_t) { return make_row(10).tree; }), n};
}

std::size_t vectors_by_hand(std::vector<std::vector<gradient>> const& rows) {
  std::size_t bytes = 0;
  bool overflow = false;
  for (auto const& row : rows)
    for (gradient const& g : row) {
      std::size_t one = 0;
      overflow = wraps_times(g.extent(0), 8192, one) || wraps_plus(bytes, one, bytes) || overflow;
    }
  return checked(bytes, overflow);
}

// --- Maps of maps, ten tensors each.

using state_dict = std::map<std::string, std::map<std::string, gradient>>;

auto make_maps(std::size_t n) {
  state_dict made;
  for (std::size_t i = 0; i < n; ++i) made["layer" + std::to_string(i / 10)].emplace("weight" + std::to_string(i % 10), gradient(i % 97));
  return forest{std::move(made), n};
}

std::size_t maps_by_hand(state_dict const& layers) {
  std::size_t bytes = 0;
  bool overflow = false;
  for (auto const& [layer, weights] : layers)
    for (auto const& [name, g] : weights) {
      std::size_t one = 0;
      overflow = wraps_times(g.extent(0), 8192, one) || wraps_plus(bytes, one, bytes) || overflow;
    }
  return checked(bytes, overflow);
}

// --- Variants: one alternative is static, one has one dynamic extent, one has two, and one is no tensor.

using parameter = std::variant<cf::tensor<cf::f32, 1024>, gradient, cf::tensor<cf::f32, cf::dyn, cf::dyn>, int>;

auto make_variants(std::size_t n) {
  suite::mixed_order order;
  return forest{row_of(n,
                       [&](std::size_t i) -> parameter {
                         switch (order.below(4)) {
                           case 0:
                             return cf::tensor<cf::f32, 1024>{};
                           case 1:
                             return gradient(i % 97);
                           case 2:
                             return cf::tensor<cf::f32, cf::dyn, cf::dyn>(i % 97, i % 89);
                           default:
                             return 7;
                         }
                       }),
                n};
}

std::size_t variants_by_hand(std::vector<parameter> const& row) {
  std::size_t bytes = 0;
  bool overflow = false;
  for (parameter const& p : row) {
    std::size_t one = 0;
    std::size_t elements = 0;
    if (p.valueless_by_exception()) throw std::bad_variant_access();
    switch (p.index()) {
      case 0:
        overflow = wraps_plus(bytes, 4096, bytes) || overflow;
        break;
      case 1:
        overflow = wraps_times(std::get<1>(p).extent(0), 8192, one) || wraps_plus(bytes, one, bytes) || overflow;
        break;
      case 2:
        // No overflow where an extent is zero, however large the other is.
        if (auto const& t = std::get<2>(p); t.extent(0) != 0 && t.extent(1) != 0)
          overflow =
              wraps_times(t.extent(0), 4, elements) || wraps_times(elements, t.extent(1), one) || wraps_plus(bytes, one, bytes) || overflow;
        break;
      default:
        break;
    }
  }
  return checked(bytes, overflow);
}

// --- A mixed tree: a static model, and batches that are known in part.

struct block {
  cf::tensor<cf::bf16, 4096, 4096> weight;
  cf::tensor<cf::bf16, 4096> bias;
  int steps = 0;
};
using network = std::tuple<std::array<block, 32>, cf::tensor<cf::f8e4m3fn, 32000, 4096>>;

struct batch {
  gradient tokens;
  cf::tensor<cf::i32, cf::dyn> labels;
  cf::tensor<cf::f32, 4096> scale;
};
using training = std::tuple<network, std::vector<batch>, cf::tensor<cf::f32, 128>>;

auto make_mixed(std::size_t n) {
  auto const one = [](std::size_t i) { return batch{gradient(i % 97), cf::tensor<cf::i32, cf::dyn>(i % 89), {}}; };
  return forest{training{network{}, row_of(n / 3, one), cf::tensor<cf::f32, 128>{}}, 32 * 3 + 1 + n / 3 * 3 + 1};
}

std::size_t mixed_by_hand(training const& all) {
  std::size_t bytes = std::size_t{32} * (4096 * 4096 + 4096) * 2 + 32000 * 4096 + 128 * 4;
  bool overflow = false;
  for (batch const& b : std::get<1>(all)) {
    std::size_t tokens = 0;
    std::size_t labels = 0;
    overflow = wraps_times(b.tokens.extent(0), 8192, tokens) || wraps_plus(bytes, tokens, bytes) || overflow;
    overflow = wraps_times(b.labels.extent(0), 4, labels) || wraps_plus(bytes, labels, bytes) || overflow;
    overflow = wraps_plus(bytes, 4096 * 4, bytes) || overflow;
  }
  return checked(bytes, overflow);
}

// --- A run-time value: dicts of lists of tensors, beside names and numbers.

auto make_value(std::size_t n) {
  std::vector<cf::dictionary::entry> layers;
  for (std::size_t layer = 0; layer < n / 10; ++layer) {
    std::vector<cf::dynamic_value> tensors;
    for (std::size_t i = 0; i < 10; ++i) tensors.emplace_back(cf::dynamic_tensor(cf::bf16, {(layer + i) % 97, 4096}));
    layers.emplace_back(layer, cf::dynamic_value::list(cf::dynamic_value::tuple_of(std::move(tensors)), "a name", layer));
  }
  // A list of dicts, as the keys of a dictionary are compared one with another when it is made.
  std::vector<cf::dynamic_value> stages;
  for (std::size_t at = 0; at < layers.size();) {
    std::vector<cf::dictionary::entry> stage;
    for (std::size_t i = 0; i < 10 && at < layers.size(); ++i) stage.push_back(std::move(layers[at++]));
    stages.push_back(cf::dynamic_value::dict(std::move(stage)));
  }
  return forest{cf::dynamic_value::list_of(std::move(stages)), n + n / 10 * 2};
}

void add_value(cf::dynamic_value const& v, std::size_t& bytes, bool& overflow) {
  switch (v.kind()) {
    case cf::value_kind::tensor:
      overflow = wraps_plus(bytes, v.as_tensor().storage_bytes(), bytes) || overflow;
      break;
    case cf::value_kind::list:
      for (cf::dynamic_value const& element : v.as_list()) add_value(element, bytes, overflow);
      break;
    case cf::value_kind::tuple:
      for (cf::dynamic_value const& element : v.as_tuple()) add_value(element, bytes, overflow);
      break;
    case cf::value_kind::dict:
      for (auto const& [key, element] : v.as_dict()) add_value(element, bytes, overflow);
      break;
    default:
      break;
  }
}

std::size_t value_by_hand(cf::dynamic_value const& v) {
  std::size_t bytes = 0;
  bool overflow = false;
  add_value(v, bytes, overflow);
  return checked(bytes, overflow);
}

bool const registered[] = {
    suite::compare("vector", suite::ten_to_a_million, make_row, sum_tensors, row_by_hand, suite::pytorch_flat),
    suite::compare("vector_of_dynamic_tensor", suite::ten_to_a_million, make_dynamic_row, sum_tensors, dynamic_row_by_hand,
                   suite::pytorch_flat),
    suite::compare("nested_vectors", suite::ten_to_a_million, make_vectors, sum_tensors, vectors_by_hand, suite::pytorch_nested),
    suite::compare("nested_maps", suite::ten_to_100000, make_maps, sum_tensors, maps_by_hand, suite::pytorch_nested),
    suite::compare("variants", suite::ten_to_a_million, make_variants, sum_tensors, variants_by_hand, suite::pytorch_flat),
    suite::compare("mixed", suite::ten_to_a_million, make_mixed, sum_tensors, mixed_by_hand, suite::pytorch_nested),
    suite::compare("value", suite::ten_to_100000, make_value, sum_tensors, value_by_hand, suite::pytorch_nested),
};

}  // namespace
