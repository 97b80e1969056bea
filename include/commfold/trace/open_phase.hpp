// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/open_phase.hpp
/// The phase that a recorder is in.

#include <commfold/trace/interned.hpp>
#include <commfold/trace/record_array.hpp>

#include <cstddef>
#include <string_view>

namespace commfold::detail {

/// The names of the phases around, outermost first, joined by '/'. A sink is asked for the index of a phase once, at its first call, so
/// that phases without calls of their own take no room.
class open_phase {
 public:
  /// Within a phase, as long as this lives.
  class scope {
   public:
    constexpr scope(open_phase& phase, std::string_view name) : phase_(phase), outer_size_(phase.path_.size()), outer_index_(phase.index_) {
      phase.path_.make_room(outer_size_ + 1 + name.size());
      if (outer_size_ != 0) phase.path_.push_back('/');
      for (char const c : name) phase.path_.push_back(c);
      phase.index_ = unknown;
    }
    constexpr ~scope() {
      phase_.path_.shrink(outer_size_);
      phase_.index_ = outer_index_;
    }
    scope(scope const&) = delete;
    scope& operator=(scope const&) = delete;

   private:
    open_phase& phase_;
    std::size_t outer_size_;
    sequence_index outer_index_;
  };

  /// Where a sink keeps the phase among its names.
  template <class Sink>
  constexpr sequence_index index_in(Sink& sink) {
    if (index_ == unknown) index_ = sink.index_of(std::string_view(path_.data(), path_.size()));
    return index_;
  }

 private:
  static constexpr sequence_index unknown = ~sequence_index{0};

  growing_array<char> path_;
  sequence_index index_ = 0;  // outside any phase
};

}  // namespace commfold::detail
