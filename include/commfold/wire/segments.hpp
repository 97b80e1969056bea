// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/segments.hpp
/// A vector that is sent in segments, which follow each other through a pipeline.

#include <cstddef>

namespace commfold::wire::detail {

/// `bytes` in segments of `most` bytes, of which the last has what is left. With `most` 0 they go in one piece; no bytes are one empty
/// message.
class segments {
 public:
  constexpr segments(std::size_t bytes, std::size_t most) noexcept : bytes_(bytes), most_(most == 0 || most > bytes ? bytes : most) {}

  [[nodiscard]] constexpr std::size_t bytes() const noexcept { return bytes_; }
  [[nodiscard]] constexpr std::size_t count() const noexcept { return most_ == 0 ? 1 : bytes_ / most_ + (bytes_ % most_ == 0 ? 0 : 1); }
  [[nodiscard]] constexpr std::size_t operator[](std::size_t i) const noexcept { return i + 1 == count() ? bytes_ - i * most_ : most_; }

 private:
  std::size_t bytes_, most_;
};

}  // namespace commfold::wire::detail
