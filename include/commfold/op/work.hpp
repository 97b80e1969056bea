// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/work.hpp
/// What an asynchronous collective returns beside its tensors: a work that is done before it began, since nothing moves.

#include <commfold/op/unique_id.hpp>
#include <commfold/tree/node_traits.hpp>
#include <commfold/tree/nodes/standard.hpp>

#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

namespace commfold {

/// PyTorch's `FakeWork`: always completed, with an id of its own. In a constant expression, where a counter cannot tell two calls apart,
/// the id of a work is 0, except in a trace, which numbers its works from 1.
template <class Tensors = void>
class fake_work;

template <>
class fake_work<void> {
 public:
  constexpr fake_work() noexcept : id_(std::is_constant_evaluated() ? 0 : generate_unique_id()) {}
  constexpr explicit fake_work(std::uint64_t id) noexcept : id_(id) {}

  /// True, at once.
  constexpr bool wait() const noexcept { return true; }
  [[nodiscard]] constexpr bool is_completed() const noexcept { return true; }
  [[nodiscard]] constexpr bool is_success() const noexcept { return true; }
  [[nodiscard]] constexpr std::uint64_t seq_id() const noexcept { return id_; }

  /// Equal where they are copies of one work.
  [[nodiscard]] friend constexpr bool operator==(fake_work const& a, fake_work const& b) noexcept { return a.id_ == b.id_; }

 private:
  std::uint64_t id_;
};

/// The work of a call that made or changed `Tensors`.
template <class Tensors>
class fake_work : public fake_work<void> {
 public:
  constexpr explicit fake_work(Tensors tensors) : tensors_(std::move(tensors)) {}
  constexpr fake_work(Tensors tensors, std::uint64_t id) : fake_work<void>(id), tensors_(std::move(tensors)) {}

  /// What the call made or changed: what was received by a `recv_`, the outputs of a `gather_`.
  [[nodiscard]] constexpr Tensors const& result() const noexcept { return tensors_; }

 private:
  [[no_unique_address]] Tensors tensors_;
};

namespace detail {

template <class T>
inline constexpr bool is_fake_work = false;
template <class Tensors>
inline constexpr bool is_fake_work<fake_work<Tensors>> = true;

struct create_fakework_fn {
  template <product_node Args, bool ReturnFirstArg = true>
  [[nodiscard]] constexpr auto operator()(Args const& args, std::bool_constant<ReturnFirstArg> = {}) const {
    if constexpr (ReturnFirstArg) {
      auto const& first = node_traits_of<Args>::template child<0>(args);
      return std::tuple{first, fake_work(first)};
    } else {
      return fake_work<>{};
    }
  }
};

}  // namespace detail

/// A work is a leaf: its tensors are those of the call, and are not counted again.
template <class Tensors>
struct node_traits<fake_work<Tensors>> : opaque_leaf {};

/// A `fake_work`, whatever its result.
template <class T>
concept any_work = detail::is_fake_work<std::remove_cvref_t<T>>;

/// create_fakework(args, return_first_arg): what the fake of an operator in place returns: (args[0], work), or the work alone for
/// `std::false_type{}`. `args` is a tuple, or any other product.
inline constexpr detail::create_fakework_fn create_fakework{};

}  // namespace commfold
