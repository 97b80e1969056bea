// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/report/cells.hpp
/// What the cells of a table say of a call, and a part of a whole in percent. Nothing is "-".

#include <commfold/report/logged_call.hpp>
#include <commfold/tensor/dtype.hpp>
#include <commfold/text/printable.hpp>

#include <cstddef>
#include <string>

namespace commfold::detail {

template <class Text, class Record>
Text op_cell(Record const& call) {
  return printable<Text>(call.op());
}

/// "dp (8)": the group and its size.
template <class Text, class Record>
Text group_cell(Record const& call) {
  return printable<Text>(call.group()) + " (" + std::to_string(call.group_size()) + ")";
}

template <class Text, class Record>
Text phase_cell(Record const& call) {
  return call.phase().empty() ? Text("-") : printable<Text>(call.phase());
}

/// Of an entry of a log with paths.
template <class Text, class Entry>
Text path_cell(Entry const& entry) {
  return path_of(entry).empty() ? Text("-") : printable<Text>(path_of(entry));
}

template <class Text, class Record>
Text dtype_cell(Record const& call) {
  return call.dtype() ? Text(name(*call.dtype())) : Text("-");
}

/// "12.3 %", to the nearest tenth; "-" where the whole is nothing.
template <class Text>
Text share_of(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
#ifdef __SIZEOF_INT128__
  __extension__ using wide = unsigned __int128;  // 64 bits of bytes times 2000 overflow 64 bits
#else
  using wide = unsigned long long;  // compilers without it have sizes of 32 bits
#endif
  auto const tenths = static_cast<std::size_t>((wide{part} * 2000 + whole) / (wide{whole} * 2));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

}  // namespace commfold::detail
