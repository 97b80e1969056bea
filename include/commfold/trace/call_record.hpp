// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/call_record.hpp
/// One recorded call: what was called, over which group, in which phase, and its bytes.

#include <commfold/error.hpp>
#include <commfold/op/call_bytes.hpp>
#include <commfold/op/op.hpp>
#include <commfold/tensor/dtype.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace commfold {

class any_op;  // commfold/op/dynamic/dynamic_op.hpp

namespace detail {

[[noreturn]] inline void fail_text_too_long(char const* what, std::string_view begin, std::string_view end, std::size_t capacity) {
  fail<invalid_argument>("commfold::trace: the " + std::string(what) + " '" + std::string(begin) + std::string(end) + "' is longer than " +
                         std::to_string(capacity) + " characters");
}

/// A short text held by value, so that what is kept of a trace points nowhere and can be a constant.
template <std::size_t Capacity>
class short_text {
 public:
  constexpr short_text() = default;

  /// `invalid_argument` for a text that does not fit: a name is never cut.
  constexpr short_text(std::string_view text, char const* what) { append(text, what); }

  constexpr void append(std::string_view text, char const* what) {
    if (text.size() > Capacity - size_) fail_text_too_long(what, view(), text, Capacity);
    char const* from = text.data();
    for (std::size_t n = text.size(); n != 0; --n) data_[size_++] = *from++;
  }

  [[nodiscard]] constexpr std::string_view view() const noexcept { return {data_, size_}; }

  friend constexpr bool operator==(short_text const& a, short_text const& b) noexcept { return a.view() == b.view(); }

 private:
  char data_[Capacity] = {};
  std::uint8_t size_ = 0;
};

/// A key is looked up by its hash before it is compared.
constexpr std::uint64_t hash_of(std::size_t number, std::uint64_t hash) noexcept {
  std::uint64_t const mixed = (hash ^ number) * 0x9e3779b97f4a7c15u;
  return mixed ^ (mixed >> 32);
}

/// Of a text while compiling only its length: there every step counts (clang stops after a million), and lengths and sizes tell the rows of
/// a constant apart. At run time eight characters at a time, the last eight once more where the length is no multiple.
constexpr std::uint64_t hash_of(std::string_view text, std::uint64_t hash) noexcept {
  hash = hash_of(text.size(), hash);
  if (std::is_constant_evaluated()) return hash;
  auto const word_at = [&](std::size_t position) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + position, sizeof word);
    return static_cast<std::size_t>(word);
  };
  if (text.size() < 8) {
    std::size_t word = 0;
    for (char const c : text) word = word << 8 | static_cast<unsigned char>(c);
    return hash_of(word, hash);
  }
  for (std::size_t at = 0; at + 8 < text.size(); at += 8) hash = hash_of(word_at(at), hash);
  return hash_of(word_at(text.size() - 8), hash);
}

}  // namespace detail

/// One call as the recorder saw it.
class call_record {
 public:
  constexpr call_record() = default;

  template <operator_row Op>
  constexpr call_record(Op op, std::string_view group_name, std::size_t group_size, std::string_view phase,
                        std::optional<commfold::dtype> type, call_bytes const& size)
      : call_record(op, group_name, group_size, detail::short_text<63>(phase, "phase"), type, size) {}

  /// Of an operator that was found by its name: `find_op("c10d::allreduce_")`.
  template <std::same_as<any_op> Op>
  call_record(Op const& op, std::string_view group_name, std::size_t group_size, std::string_view phase,
              std::optional<commfold::dtype> type, call_bytes const& size)
      : op_(&op.entry().name),
        group_(group_name, "name of a group"),
        group_size_(group_size),
        phase_(phase, "phase"),
        dtype_(type),
        has_op_(true),
        bytes_(size) {}

  /// The same, for the library's own use: a phase that is already kept by value is not spelled out again.
  template <operator_row Op>
  constexpr call_record(Op, std::string_view group_name, std::size_t group_size, detail::short_text<63> const& phase,
                        std::optional<commfold::dtype> type, call_bytes const& size)
      : op_(&Op::name),
        group_(group_name, "name of a group"),
        group_size_(group_size),
        phase_(phase),
        dtype_(type),
        has_op_(true),
        bytes_(size) {}

  /// The operator's qualified name, in PyTorch's spelling.
  [[nodiscard]] constexpr std::string_view op() const noexcept { return has_op_ ? *op_ : std::string_view(); }
  [[nodiscard]] constexpr std::string_view group() const noexcept { return group_.view(); }
  [[nodiscard]] constexpr std::size_t group_size() const noexcept { return group_size_; }
  /// The phases around the call, outermost first, joined by '/'; empty outside any.
  [[nodiscard]] constexpr std::string_view phase() const noexcept { return phase_.view(); }
  /// Nothing where the call has no tensor, or tensors of several dtypes.
  [[nodiscard]] constexpr std::optional<commfold::dtype> dtype() const noexcept { return dtype_; }
  [[nodiscard]] constexpr call_bytes const& bytes() const noexcept { return bytes_; }

  // Numbers first and names last: most records that differ do so in their bytes, and in a constant every character is a step.
  friend constexpr bool operator==(call_record const& a, call_record const& b) noexcept {
    return a.bytes_ == b.bytes_ && a.group_size_ == b.group_size_ && a.dtype_ == b.dtype_ && a.op() == b.op() && a.group_ == b.group_ &&
           a.phase_ == b.phase_;
  }

 private:
  std::string_view const* op_ = nullptr;  // the row's own, which lives as long as the program; a pointer, as logs are long
  detail::short_text<31> group_;
  std::size_t group_size_ = 0;
  detail::short_text<63> phase_;
  std::optional<commfold::dtype> dtype_;
  bool has_op_ = false;  // asked in place of op_, which g++ 12 with sanitizers cannot compare with null in a constant
  call_bytes bytes_;
};

}  // namespace commfold
