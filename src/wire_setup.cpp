// SPDX-License-Identifier: BSL-1.0
#include <src/wire_setup.hpp>

#include <src/input_error.hpp>
#include <src/whole_number.hpp>

#include <commfold/text/nearest_names.hpp>
#include <commfold/wire/placement.hpp>

#include <algorithm>
#include <array>

namespace commfold::io {

namespace {

constexpr std::array<std::string_view, 3> library_names = {"gloo", "openmpi", "nccl"};

[[noreturn]] void refuse(char const* option, std::string const& what) { throw input_error(std::string(option) + ": " + what); }

/// What `make` returns. An error of the library is told as one of the option.
template <class Make>
auto under(char const* option, Make const& make) {
  try {
    return make();
  } catch (error const& error) {
    refuse(option, reason_of(error));
  }
}

template <class Names>
[[noreturn]] void refuse_name(char const* option, char const* what, std::string_view given, Names const& known) {
  refuse(option,
         "'" + shortened(given) + "' is no " + what + "; did you mean " + commfold::detail::nearest_names(given, known).joined() + "?");
}

wire_library library_from_name(std::string_view given) {
  for (std::size_t i = 0; i != library_names.size(); ++i)
    if (library_names[i] == given) return static_cast<wire_library>(i);
  refuse_name("--backend", "backend", given, library_names);
}

nccl::machine machine_of(std::string_view given) {
  std::array<std::string_view, nccl::machine_presets.size()> names;
  for (std::size_t i = 0; i != names.size(); ++i) {
    names[i] = nccl::machine_presets[i].name;
    if (names[i] == given) return nccl::machine_presets[i];
  }
  refuse_name("--machine", "machine", given, names);
}

std::size_t number_of(char const* option, std::string_view what, std::string_view given) {
  whole_number const number(given);
  if (!number.is_one || !number.fits)
    refuse(option, std::string(what) + " must be a whole number, and is " + (given.empty() ? "empty" : shortened(given)));
  return number.value;
}

/// Calls each(part) for what stands between the commas.
template <class Each>
void for_each_part(std::string_view list, Each const& each) {
  for (;;) {
    std::size_t const comma = list.find(',');
    each(list.substr(0, comma));
    if (comma == list.npos) return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

wire_setup::wire_setup(wire_options const& given) {
  if (!given.backend) throw input_error("--backend: is missing; there are gloo, openmpi and nccl");
  library_ = library_from_name(*given.backend);
  if (library_ == wire_library::nccl && !given.machine)
    refuse("--machine", "is missing; nccl chooses by the machine: h100-8nic, a100-8nic or b200-8nic");
  if (library_ != wire_library::nccl && given.machine) refuse("--machine", "is of nccl, and the backend is " + std::string(library_name()));
  if (given.machine) machine_ = machine_of(*given.machine);

  if (!given.mesh) throw input_error("--mesh: is missing; give the axes and their ranks, the last one varying fastest: dp=4,tp=8");
  for (auto const& [name, ranks] : numbers_of("--mesh", *given.mesh))
    under("--mesh", [&, n = name, r = ranks] {
      axes_.add({n, r});
      groups_.push_back(n);
    });
  if (axes_.ranks() > most_ranks)
    refuse("--mesh", "has " + std::to_string(axes_.ranks()) + " ranks; each is answered for, up to " + std::to_string(most_ranks));

  wire::placement in;
  if (given.gpus_per_node && given.domains) refuse("--domains", "says what --gpus-per-node says: give one of them");
  if (given.gpus_per_node) {
    std::size_t const ranks = number_of("--gpus-per-node", "it", *given.gpus_per_node);
    under("--gpus-per-node", [&] { in.add({"node", ranks}); });
  }
  if (given.domains)
    for (auto const& [name, ranks] : numbers_of("--domains", *given.domains))
      under("--domains", [&, n = name, r = ranks] { in.add({n, r}); });
  where_ = under("--mesh", [&] { return wire::cluster(axes_, in); });
  for (std::string const& group : given.groups) add_group(group);

  if (!given.rank) return;
  rank_ = number_of("--rank", "it", *given.rank);
  under("--rank", [&] { where_->expect_rank(*rank_); });
}

std::string_view wire_setup::library_name() const noexcept { return library_names[static_cast<std::size_t>(library_)]; }

bool wire_setup::has_group(std::string_view name) const { return std::find(groups_.begin(), groups_.end(), name) != groups_.end(); }

wire_setup::named_numbers wire_setup::numbers_of(char const* option, std::string_view list) {
  named_numbers all;
  for_each_part(list, [&](std::string_view part) {
    std::size_t const sign = part.rfind('=');
    if (sign == part.npos || sign == 0)
      refuse(option, "'" + shortened(part) + "' is no name and number; a list is like " +
                         (std::string_view(option) == "--mesh" ? "dp=4,tp=8" : "node=8,rack=32"));
    std::string_view const name = part.substr(0, sign);
    all.emplace_back(kept(name), number_of(option, "'" + shortened(name) + "'", part.substr(sign + 1)));
  });
  return all;
}

void wire_setup::add_group(std::string_view given) {
  std::size_t const sign = given.find('=');
  if (sign == given.npos || sign == 0) refuse("--group", "'" + shortened(given) + "' is no name and axes; a group is like world=dp,tp");
  std::vector<std::string_view> axes;
  for_each_part(given.substr(sign + 1), [&](std::string_view axis) { axes.push_back(kept(axis)); });
  std::string_view const name = kept(given.substr(0, sign));
  where_ = under("--group", [&] { return where_->with(name, axes.data(), axes.size()); });
  groups_.push_back(name);
}

}  // namespace commfold::io
