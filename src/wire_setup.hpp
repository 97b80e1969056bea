// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  src/wire_setup.hpp
/// The ranks of a program and the library that runs its calls, as a command line tells them.

#include <commfold/wire/cluster.hpp>
#include <commfold/wire/nccl/machine.hpp>

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace commfold::io {

enum class wire_library { gloo, openmpi, nccl };

/// The options of a command, as they are written.
struct wire_options {
  std::optional<std::string> backend{};        ///< "nccl"
  std::optional<std::string> mesh{};           ///< "dp=4,tp=8": the axes, the last one varying fastest
  std::vector<std::string> groups{};           ///< "world=dp,tp": more groups, along these axes
  std::optional<std::string> machine{};        ///< "h100-8nic"
  std::optional<std::string> gpus_per_node{};  ///< "8": domains of one kind, the node
  std::optional<std::string> domains{};        ///< "node=8,rack=32"
  std::optional<std::string> rank{};           ///< "3"

  /// Whether any of them is given.
  [[nodiscard]] bool are_given() const noexcept {
    return backend || mesh || !groups.empty() || machine || gpus_per_node || domains || rank;
  }
};

/// What these options mean. `input_error`, which opens with the option, for one that is missing or that means nothing: an unknown backend
/// or machine, with the known ones; a mesh, groups or domains that are no list of names and numbers or that no cluster can have; more than
/// `most_ranks` ranks; NCCL without a machine; a machine for another library; a rank outside the mesh.
class wire_setup {
 public:
  static constexpr std::size_t most_ranks = std::size_t{1} << 20;

  explicit wire_setup(wire_options const& given);
  // The cluster has views of the names.
  wire_setup(wire_setup const&) = delete;
  wire_setup& operator=(wire_setup const&) = delete;

  [[nodiscard]] wire_library library() const noexcept { return library_; }
  [[nodiscard]] std::string_view library_name() const noexcept;
  /// Of NCCL alone.
  [[nodiscard]] std::optional<nccl::machine> const& machine() const noexcept { return machine_; }
  [[nodiscard]] wire::mesh_axes const& axes() const noexcept { return axes_; }
  [[nodiscard]] wire::cluster const& where() const noexcept { return *where_; }
  /// Whether an axis or a group has this name.
  [[nodiscard]] bool has_group(std::string_view name) const;
  /// The one rank that is asked about; all of them where it is not given.
  [[nodiscard]] std::optional<std::size_t> rank() const noexcept { return rank_; }

 private:
  using named_numbers = std::vector<std::pair<std::string_view, std::size_t>>;

  [[nodiscard]] std::string_view kept(std::string_view name) { return names_.emplace_back(name); }
  [[nodiscard]] named_numbers numbers_of(char const* option, std::string_view list);
  void add_group(std::string_view given);

  std::deque<std::string> names_;
  std::vector<std::string_view> groups_;
  wire_library library_;
  std::optional<nccl::machine> machine_;
  wire::mesh_axes axes_;
  std::optional<wire::cluster> where_;
  std::optional<std::size_t> rank_;
};

}  // namespace commfold::io
