// SPDX-License-Identifier: BSL-1.0
// BENCHMARK_SIZE distinct leaves in a tree of 16-wide nodes; with SUM their bytes are asked for, without it their types are only named.
#include <commfold/commfold.hpp>

#include <cstddef>
#include <tuple>
#include <utility>

namespace cf = commfold;

template <std::size_t Row, class Columns>
struct row;
template <std::size_t Row, std::size_t... I>
struct row<Row, std::index_sequence<I...>> {
  using type = std::tuple<cf::tensor<cf::f32, Row * sizeof...(I) + I + 1>...>;
};

template <class Rows>
struct rows;
template <std::size_t... I>
struct rows<std::index_sequence<I...>> {
  using type = std::tuple<typename row<I, std::make_index_sequence<16>>::type...>;
};

using tree = rows<std::make_index_sequence<BENCHMARK_SIZE / 16>>::type;

#ifdef SUM
static_assert(cf::sum_tensors_v<tree> == std::size_t{2} * BENCHMARK_SIZE * (BENCHMARK_SIZE + 1));
#else
extern tree* named;
#endif
