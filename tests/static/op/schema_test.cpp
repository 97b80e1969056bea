// SPDX-License-Identifier: BSL-1.0
#include <commfold/op/schema.hpp>

#include <string_view>

namespace {
namespace cf = commfold;
using cf::parameter_type;
using cf::returns;

constexpr bool operator==(cf::parameter const& p, cf::parameter const& q) {
  return p.name == q.name && p.type == q.type && p.default_value == q.default_value && p.keyword_only == q.keyword_only &&
         p.written == q.written;
}

// Every type of PyTorch's schemas, defaults, and what is keyword-only or written to.
struct everything {
  static constexpr std::string_view schema =
      "(Tensor(a!) input, Tensor[](b!) inputs, Tensor[][] lists, Tensor? maybe, ProcessGroup process_group, ReduceOp reduce_op, int root, "
      "int[] ids, SymInt[] sizes, str[] names, bool async_op=True, int timeout=-1, *, Tensor(c!) out) -> (Tensor[], Work)";
};
constexpr auto parameters = cf::parameters_of<everything>;
static_assert(parameters.size() == 13);
static_assert(parameters[0] == cf::parameter{"input", parameter_type::tensor, "", false, true});
static_assert(parameters[1] == cf::parameter{"inputs", parameter_type::tensor_list, "", false, true});
static_assert(parameters[2] == cf::parameter{"lists", parameter_type::tensor_lists, "", false, false});
static_assert(parameters[3] == cf::parameter{"maybe", parameter_type::optional_tensor, "", false, false});
static_assert(parameters[4] == cf::parameter{"process_group", parameter_type::group, "", false, false});
static_assert(parameters[5] == cf::parameter{"reduce_op", parameter_type::reduce_op, "", false, false});
static_assert(parameters[6] == cf::parameter{"root", parameter_type::integer, "", false, false});
static_assert(parameters[7] == cf::parameter{"ids", parameter_type::integers, "", false, false});
static_assert(parameters[8] == cf::parameter{"sizes", parameter_type::integers, "", false, false});
static_assert(parameters[9] == cf::parameter{"names", parameter_type::texts, "", false, false});
static_assert(parameters[10] == cf::parameter{"async_op", parameter_type::flag, "True", false, false});
static_assert(parameters[11] == cf::parameter{"timeout", parameter_type::integer, "-1", false, false});
static_assert(parameters[12] == cf::parameter{"out", parameter_type::tensor, "", true, true});

// A group and a reduction go by other types where functional collectives name them.
struct names {
  static constexpr std::string_view schema = "(str reduce_op, Any group_name) -> Tensor";
};
struct old_names {
  static constexpr std::string_view schema = "(str group_name) -> Tensor[]";
};
static_assert(cf::parameters_of<names>[0].type == parameter_type::reduce_op && cf::parameters_of<names>[1].type == parameter_type::group);
static_assert(cf::parameters_of<old_names>.size() == 1 && cf::parameters_of<old_names>[0].type == parameter_type::group);

// What comes back.
template <returns Gives>
struct gives;
template <>
struct gives<returns::tensors> {
  static constexpr std::string_view schema = "() -> Tensor[][]";
};
template <>
struct gives<returns::tensors_and_work> {
  static constexpr std::string_view schema = "(Tensor[][] a) -> (Tensor[][], Work)";
};
template <>
struct gives<returns::work> {
  static constexpr std::string_view schema = "() -> Work";
};
template <>
struct gives<returns::nothing> {
  static constexpr std::string_view schema = "() -> ()";
};
static_assert(cf::returns_of<gives<returns::tensors>> == returns::tensors && cf::parameters_of<gives<returns::tensors>>.empty());
static_assert(cf::returns_of<gives<returns::tensors_and_work>> == returns::tensors_and_work);
static_assert(cf::returns_of<gives<returns::work>> == returns::work && cf::returns_of<gives<returns::nothing>> == returns::nothing);

struct in_place {
  static constexpr std::string_view schema = "(Tensor(a!) a) -> Tensor(a!)";
};
static_assert(cf::detail::returns_one_tensor<in_place> && cf::detail::returns_one_tensor<names>);
static_assert(!cf::detail::returns_one_tensor<gives<returns::tensors>> && !cf::detail::returns_one_tensor<old_names>);
static_assert(!cf::detail::returns_one_tensor<gives<returns::work>> && !cf::detail::returns_one_tensor<everything>);

}  // namespace
