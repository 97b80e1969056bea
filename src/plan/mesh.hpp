// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/plan/mesh.hpp
/// The axes of a planned program, as a command line tells them: `dp=8,fsdp=4,tp=8,pp=4`.

#include <commfold/group/dynamic_group.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commfold::io {

/// What ranks along an axis have in common, and what they share out.
///
///     dp    replicas of the model, each with its own sequences
///     fsdp  shards of the parameters, each with its own sequences
///     cp    parts of each sequence
///     ep    parts of the experts, each with its own sequences
///     tp    parts of each matrix
///     pp    parts of the layers
enum class axis { dp, fsdp, cp, ep, tp, pp };

[[nodiscard]] std::string_view name_of(axis a) noexcept;

/// Axes in the order of nesting, as `DeviceMesh` has them: along the last one, ranks follow each other.
class plan_mesh {
 public:
  struct entry {
    io::axis axis;
    std::size_t ranks;

    bool operator==(entry const&) const = default;
  };

  plan_mesh() = default;
  plan_mesh(std::initializer_list<entry> entries);
  /// "dp=8,tp=4". `input_error`, which opens with `option`, for what is no list of axes and positive numbers, an unknown axis, one that
  /// stands there twice, and more than `most_ranks` ranks.
  [[nodiscard]] static plan_mesh read(std::string_view option, std::string_view list);

  static constexpr std::size_t most_ranks = std::size_t{1} << 20;

  /// `input_error` for a second axis of one name, an axis of no rank, and too many ranks.
  void add(entry const& one);

  [[nodiscard]] std::vector<entry> const& entries() const noexcept { return entries_; }
  [[nodiscard]] bool has(axis a) const noexcept;
  /// 1 where there is no such axis.
  [[nodiscard]] std::size_t ranks(axis a) const noexcept;
  [[nodiscard]] std::size_t ranks() const noexcept;

  /// The group of the ranks along some axes together, of those that the mesh has: `dp_cp` of dp and cp, as `DeviceMesh._flatten` calls it.
  /// None where the mesh has none of them.
  [[nodiscard]] std::optional<dynamic_group> group(std::initializer_list<axis> along) const;

  /// The groups along several of the axes along which ranks have different sequences or tokens: "dp_cp=dp,cp".
  [[nodiscard]] std::vector<std::string> flattened_groups() const;

  /// Where a rank stands along an axis; 0 where there is no such axis.
  [[nodiscard]] std::size_t coordinate(axis a, std::size_t rank) const noexcept;

  /// The first of the ranks that stand there along an axis; 0 where there is no such axis.
  [[nodiscard]] std::size_t first_rank_at(axis a, std::size_t coordinate) const noexcept;

  /// As it is read: "dp=8,tp=4".
  [[nodiscard]] std::string text() const;

  bool operator==(plan_mesh const&) const = default;

 private:
  std::vector<entry> entries_;
};

}  // namespace commfold::io
