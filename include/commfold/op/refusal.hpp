// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/refusal.hpp
/// The name of an operator, and the compile errors that open with it: `COMMFOLD_OPERATOR`.

#include <cstddef>
#include <string_view>

namespace commfold::detail {

/// Why an operator refuses a call, where the types of the arguments alone tell.
enum class call_refusal {
  no_tensor,
  rank_outside_group,
  not_one_a_rank,
  lengths_differ,
  no_list_of_lists,
  dtypes_differ,
  batch_lengths_differ,
  no_size_a_rank,
  scalar,
  uneven,
  uneven_blocks,
  whole_is_not_parts,
  no_room,
  result_too_large,
  no_gather_dim,
  no_shard_dim,
  gathered_too_large,
  uneven_shard_dim,
  no_such_dim,
  uneven_dim,
  group_sizes_differ,
  byte_is_cut
};

/// "c10d::send" of "commfold::c10d::send".
constexpr std::string_view name_in_verb(std::string_view verb) noexcept { return verb.substr(sizeof "commfold::" - 1); }

}  // namespace commfold::detail

/// COMMFOLD_OPERATOR("c10d::send") in a row of the operator table is
///   - `name`    the operator's qualified name, in PyTorch's words
///   - `verb`    what every error of the operator opens with: "commfold::c10d::send"
///   - `refuse`  the compile error for a `call_refusal`, which opens with the verb. Its other arguments are numbers that compilers show.
/// It is a macro because the text of a static_assert is a literal until C++26: only a macro can put the operator's name in it. It compares
/// integers, since to compare enumerators clang 19 looks for an `operator!=` each time: 15 % of what including the library took.
#define COMMFOLD_OPERATOR(NAME)                                                                                                           \
  [[maybe_unused]] static constexpr char const* verb = "commfold::" NAME;                                                                 \
  [[maybe_unused]] static constexpr std::string_view name =                                                                               \
      commfold::detail::name_in_verb(std::string_view("commfold::" NAME, sizeof "commfold::" NAME - 1));                                  \
  template <commfold::detail::call_refusal Why, std::size_t...>                                                                           \
  static constexpr void refuse() {                                                                                                        \
    using enum commfold::detail::call_refusal;                                                                                            \
    static_assert(int(Why) != int(no_tensor), "commfold::" NAME                                                                           \
                                              ": no tensor can be in what is given for the tensors; describe a buffer of numbers as a "   \
                                              "tensor, as tensor<f64, dyn>{n}");                                                          \
    static_assert(int(Why) != int(rank_outside_group), "commfold::" NAME ": a root, source or destination is not a rank of the group");   \
    static_assert(int(Why) != int(not_one_a_rank), "commfold::" NAME ": a list does not have one entry for each rank of the group");      \
    static_assert(int(Why) != int(lengths_differ), "commfold::" NAME ": the lists of inputs and outputs are not of one length");          \
    static_assert(int(Why) != int(no_list_of_lists), "commfold::" NAME                                                                    \
                                                     ": a list of lists of tensors is wanted; std::tuple{a_tuple} is a copy "             \
                                                     "of a list, std::array{a_tuple} a list of one");                                     \
    static_assert(int(Why) != int(dtypes_differ), "commfold::" NAME ": the tensors of one call have different dtypes");                   \
    static_assert(int(Why) != int(batch_lengths_differ), "commfold::" NAME                                                                \
                                                         ": a list of operations, peers or tags is not as long as the list "              \
                                                         "of tensors");                                                                   \
    static_assert(int(Why) != int(no_size_a_rank), "commfold::" NAME ": there is not one split size for each rank of the group");         \
    static_assert(int(Why) != int(scalar), "commfold::" NAME ": a tensor without dimensions has no dimension 0 to divide");               \
    static_assert(int(Why) != int(uneven), "commfold::" NAME ": the group's size does not divide dimension 0 of the input; pad it");      \
    static_assert(int(Why) != int(uneven_blocks), "commfold::" NAME                                                                       \
                                                  ": the group's size does not divide dimension 0 of a tensor; pad it or "                \
                                                  "give split sizes");                                                                    \
    static_assert(int(Why) != int(whole_is_not_parts), "commfold::" NAME                                                                  \
                                                       ": the whole buffer does not have the group's size times the elements "            \
                                                       "of the part");                                                                    \
    static_assert(int(Why) != int(no_room), "commfold::" NAME ": out does not have as many elements as the result");                      \
    static_assert(int(Why) != int(result_too_large), "commfold::" NAME ": dimension 0 of the result does not fit std::size_t");           \
    static_assert(int(Why) != int(no_gather_dim), "commfold::" NAME ": the tensor has no dimension gather_dim");                          \
    static_assert(int(Why) != int(no_shard_dim), "commfold::" NAME ": the tensor has no dimension shard_dim");                            \
    static_assert(int(Why) != int(gathered_too_large), "commfold::" NAME ": the size of the gathered tensor does not fit std::size_t");   \
    static_assert(int(Why) != int(uneven_shard_dim), "commfold::" NAME ": the group's size does not divide dimension shard_dim; pad it"); \
    static_assert(int(Why) != int(no_such_dim), "commfold::" NAME ": the tensor has no dimension gather_dim or scatter_dim");             \
    static_assert(int(Why) != int(uneven_dim), "commfold::" NAME ": the group's size does not divide the scattered dimension; pad it");   \
    static_assert(int(Why) != int(byte_is_cut), "commfold::" NAME ": a part of a packed dtype would end within a byte");                  \
    static_assert(int(Why) != int(group_sizes_differ), "commfold::" NAME ": group_size is not the number of ranks of the group");         \
  }                                                                                                                                       \
  static_assert(true)
