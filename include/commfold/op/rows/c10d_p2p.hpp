// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/rows/c10d_p2p.hpp
/// The operators of `torch.ops.c10d` from one rank to another.

#include <commfold/group/process_group.hpp>
#include <commfold/op/op.hpp>

#include <string_view>

namespace commfold::c10d {

/// send(tensors, process_group, dst, tag): this rank's tensors to rank dst of the group. A dst outside the group is an `invalid_argument`.
struct send_t : op<send_t> {
  static constexpr std::string_view name = "c10d::send"sv;
  static constexpr std::string_view schema = "(Tensor[] tensors, ProcessGroup process_group, int dst, int tag) -> Work"sv;
  using group = arg<1>;
  using counts = arg<0>;
  using input = arg<0>;
  using output = nothing;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const& ranks, size_like auto const& dst, auto const&...) {
    detail::expect_member("commfold::send", "dst", dst, ranks);
    return tensors;
  }
};

/// recv_(tensors, process_group, src, tag): into these tensors from rank src of the group. A src outside the group is an
/// `invalid_argument`.
struct recv_t : op<recv_t> {
  static constexpr std::string_view name = "c10d::recv_"sv;
  static constexpr std::string_view schema = "(Tensor[] tensors, ProcessGroup process_group, int src, int tag) -> Work"sv;
  using group = arg<1>;
  using counts = arg<0>;
  using input = nothing;
  using output = arg<0>;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const& ranks, size_like auto const& src, auto const&...) {
    detail::expect_member("commfold::recv_", "src", src, ranks);
    return tensors;
  }
};

/// recv_any_source_(tensors, process_group, tag): into these tensors from whichever rank sends first.
struct recv_any_source_t : op<recv_any_source_t> {
  static constexpr std::string_view name = "c10d::recv_any_source_"sv;
  static constexpr std::string_view schema = "(Tensor[] tensors, ProcessGroup process_group, int tag) -> Work"sv;
  using group = arg<1>;
  using counts = arg<0>;
  using input = nothing;
  using output = arg<0>;
  using message = arg<0>;
  using aliases = arg<0>;
  static constexpr auto infer(tensor_or_list auto const& tensors, any_group auto const&, auto const&...) { return tensors; }
};

inline constexpr send_t send{};
inline constexpr recv_t recv_{};
inline constexpr recv_any_source_t recv_any_source_{};

}  // namespace commfold::c10d
