// SPDX-License-Identifier: BSL-1.0
#include <src/plan/mesh.hpp>

#include <src/input_error.hpp>
#include <src/whole_number.hpp>

#include <algorithm>
#include <array>

namespace commfold::io {

namespace {

constexpr std::array<std::string_view, 6> names = {"dp", "fsdp", "cp", "ep", "tp", "pp"};

axis axis_from_name(std::string_view name) {
  for (std::size_t i = 0; i != names.size(); ++i)
    if (names[i] == name) return static_cast<axis>(i);
  throw input_error("'" + shortened(name) + "' is no axis; the axes are dp, fsdp, cp, ep, tp and pp");
}

plan_mesh::entry entry_of(std::string_view part) {
  std::size_t const sign = part.find('=');
  if (sign == part.npos) throw input_error("'" + shortened(part) + "' is no axis and number; a mesh is like dp=4,tp=8");
  io::axis const a = axis_from_name(part.substr(0, sign));
  std::string_view const number = part.substr(sign + 1);
  whole_number const ranks(number);
  if (!ranks.is_one || !ranks.fits)
    throw input_error("'" + std::string(name_of(a)) + "' must be a whole number, and is " + (number.empty() ? "empty" : shortened(number)));
  return {a, ranks.value};
}

}  // namespace

std::string_view name_of(axis a) noexcept { return names[static_cast<std::size_t>(a)]; }

plan_mesh::plan_mesh(std::initializer_list<entry> entries) {
  for (entry const& one : entries) add(one);
}

plan_mesh plan_mesh::read(std::string_view option, std::string_view list) {
  try {
    plan_mesh mesh;
    for (;;) {
      std::size_t const comma = list.find(',');
      mesh.add(entry_of(list.substr(0, comma)));
      if (comma == list.npos) return mesh;
      list.remove_prefix(comma + 1);
    }
  } catch (input_error const& error) {
    throw input_error(std::string(option) + ": " + error.what());
  }
}

void plan_mesh::add(entry const& one) {
  std::string const name(name_of(one.axis));
  if (has(one.axis)) throw input_error("'" + name + "' stands there twice");
  if (one.ranks == 0) throw input_error("'" + name + "' is 0, and an axis has at least one rank");
  if (one.ranks > most_ranks / ranks()) throw input_error("there are more than " + std::to_string(most_ranks) + " ranks");
  entries_.push_back(one);
}

bool plan_mesh::has(axis a) const noexcept {
  return std::any_of(entries_.begin(), entries_.end(), [a](entry const& one) { return one.axis == a; });
}

std::size_t plan_mesh::ranks(axis a) const noexcept {
  for (entry const& one : entries_)
    if (one.axis == a) return one.ranks;
  return 1;
}

std::size_t plan_mesh::ranks() const noexcept {
  std::size_t all = 1;
  for (entry const& one : entries_) all *= one.ranks;
  return all;
}

std::optional<dynamic_group> plan_mesh::group(std::initializer_list<axis> along) const {
  std::string name;
  std::size_t size = 1;
  for (entry const& one : entries_) {
    if (std::find(along.begin(), along.end(), one.axis) == along.end()) continue;
    name += (name.empty() ? "" : "_") + std::string(name_of(one.axis));
    size *= one.ranks;
  }
  if (name.empty()) return std::nullopt;
  return dynamic_group(name, size);
}

std::vector<std::string> plan_mesh::flattened_groups() const {
  std::vector<axis> data;
  for (entry const& one : entries_)
    if (one.axis != axis::tp && one.axis != axis::pp) data.push_back(one.axis);
  std::vector<std::string> all;
  for (std::size_t chosen = 1; chosen < std::size_t{1} << data.size(); ++chosen) {
    std::string name, axes;
    for (std::size_t i = 0; i != data.size(); ++i) {
      if ((chosen >> i & 1U) == 0) continue;
      name += (name.empty() ? "" : "_") + std::string(name_of(data[i]));
      axes += (axes.empty() ? "" : ",") + std::string(name_of(data[i]));
    }
    if (name != axes) all.push_back(name + "=" + axes);
  }
  return all;
}

std::size_t plan_mesh::coordinate(axis a, std::size_t rank) const noexcept {
  for (std::size_t i = entries_.size(); i-- != 0;) {
    if (entries_[i].axis == a) return rank % entries_[i].ranks;
    rank /= entries_[i].ranks;
  }
  return 0;
}

std::size_t plan_mesh::first_rank_at(axis a, std::size_t coordinate) const noexcept {
  std::size_t stride = 1;
  for (std::size_t i = entries_.size(); i-- != 0;) {
    if (entries_[i].axis == a) return coordinate * stride;
    stride *= entries_[i].ranks;
  }
  return 0;
}

std::string plan_mesh::text() const {
  std::string all;
  for (entry const& one : entries_) all += (all.empty() ? "" : ",") + std::string(name_of(one.axis)) + "=" + std::to_string(one.ranks);
  return all;
}

}  // namespace commfold::io
