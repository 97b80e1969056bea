// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/comm/torch/as_real.hpp
/// Complex tensors as pairs of real numbers: `torch.distributed` hands these to a backend in their place. No user need name it.

#include <commfold/tensor/derived.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/tensor/dtype_of_tensor.hpp>
#include <commfold/tensor/dynamic_tensor.hpp>
#include <commfold/tensor/extents.hpp>
#include <commfold/tensor/layout/layout.hpp>
#include <commfold/tensor/layout/of_tensor.hpp>
#include <commfold/tensor/layout/refusal.hpp>
#include <commfold/tensor/tensor_traits.hpp>
#include <commfold/tree/map.hpp>
#include <commfold/tree/node_traits.hpp>
// A container whose header is missing would be a leaf, and its complex tensors would stay.
#include <commfold/tree/nodes/standard.hpp>
#include <commfold/tree/packs.hpp>
#include <commfold/tree/predicates.hpp>

#include <boost/mp11/list.hpp>

#include <cstddef>

namespace commfold::detail {

/// The dtype of the two numbers of a complex dtype; any other dtype stays.
constexpr dtype real_of(dtype d) noexcept {
  if (d == c32) return f16;
  if (d == c64) return f32;
  return d == c128 ? f64 : d;
}

/// The layout of the numbers behind a complex layout: twice the strides, and one dimension more, of extent 2.
constexpr view_result in_pairs(layout l) {
  if (l.rank == max_rank) return {l, refusal::rank_above_16, max_rank + 1, max_rank};
  for (std::size_t r = 0; r < l.rank; ++r) set_stride(l, r, times(l, l.strides[r], 2));
  l.sizes[l.rank] = 2;
  l.strides[l.rank++] = 1;
  return {l};
}

/// PyTorch's `view_as_real` of a complex tensor; any other tensor stays.
struct tensor_as_real_fn {
  template <tensor_like T>
  [[nodiscard]] constexpr auto operator()(T const& t) const {
    if constexpr (!static_dtype_tensor<T>) {
      dtype const d = dtype_of_tensor(t);
      return d == real_of(d) ? dynamic_tensor(t) : run_time_view(t);
    } else if constexpr (constexpr dtype d = traits_of<T>::dtype; d == real_of(d)) {
      return t;
    } else if constexpr (static_rank_tensor<T>) {
      constexpr view_result known = in_pairs(static_layout<T>);
      static_assert(known.why == refusal::none, "commfold::view_as_real: a complex tensor of rank 16 has no view of rank 17");
      if constexpr (known.why != refusal::none)
        return t;
      else if constexpr (known.result.contiguous && !gives_storage<traits_of<T>, T>)
        return make_tensor<real_of(d), known.result>(in_pairs(true_layout(t)).result);
      else
        return make_view<real_of(d), known.result>(in_pairs(true_layout(t)).result);
    } else {
      return run_time_view(t);
    }
  }

 private:
  template <class T>
  static constexpr dynamic_tensor run_time_view(T const& t) {
    return dynamic_tensor(real_of(dtype_of_tensor(t)), accepted_or_throw(in_pairs(true_layout(t)), "commfold::view_as_real"));
  }
};
inline constexpr tensor_as_real_fn tensor_as_real{};

/// Whether a tensor, or one in a list, is complex or may turn out to be at run time.
template <class T>
consteval bool may_be_complex();

template <class... T>
consteval bool none_may_be_complex(boost::mp11::mp_list<T...>) {
  return all_true({!may_be_complex<T>()...});
}

template <class T>
consteval bool may_be_complex() {
  if constexpr (static_dtype_tensor<T>)
    return traits_of<T>::dtype != real_of(traits_of<T>::dtype);
  else if constexpr (tensor_like<T>)
    return true;
  else if constexpr (product_node<T>)
    return !none_may_be_complex(typename node_traits_of<T>::children{});
  else if constexpr (sequence_node<T>)
    return may_be_complex<typename node_traits_of<T>::element>();
  else
    return false;
}

/// as_real(x): the complex tensor x, or every complex tensor of the list x, as real numbers. What cannot be complex is returned by
/// reference.
struct as_real_fn {
  template <class T>
  [[nodiscard]] constexpr decltype(auto) operator()(T const& t) const {
    if constexpr (!may_be_complex<T>())
      return (t);
    else if constexpr (tensor_like<T>)
      return tensor_as_real(t);
    else
      return tree_map_only(is_tensor, tensor_as_real, t);
  }
};
inline constexpr as_real_fn as_real{};

}  // namespace commfold::detail
