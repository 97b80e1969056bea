// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/op/dynamic/call_arguments.hpp
/// The arguments of a call that is known only at run time, as a dispatcher hands them over.

#include <commfold/error.hpp>
#include <commfold/group/dynamic_group.hpp>
#include <commfold/op/dynamic/dynamic_value.hpp>
#include <commfold/op/schema.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace commfold {

/// A call's arguments: `call_arguments{.args = {dynamic_value::list(t), dp, sum}, .kwargs = {{"asyncOp", false}}}`.
struct call_arguments {
  std::vector<dynamic_value> args{};    ///< positional, in the order of the schema; trailing defaulted ones may be left out
  dictionary kwargs{};                  ///< by name; a keyword-only argument comes here or after the others
  std::vector<dynamic_group> groups{};  ///< the groups that a `group_name` may name: PyTorch's registry, but not a global one
};

namespace detail {

/// One operator's parameters beside the arguments of one call. Nothing is asked of an argument before somebody looks at it, as a size may
/// depend on one argument alone.
class bound_arguments {
 public:
  /// `invalid_argument` for more arguments than parameters, a name that is no parameter, and an argument that is given twice.
  bound_arguments(char const* verb, std::span<parameter const> parameters, call_arguments const& call)
      : verb_(verb), parameters_(parameters), call_(call) {
    if (call.args.size() > parameters.size()) refuse_count();
    if (call.kwargs.size() != 0) expect_names();
  }

  [[nodiscard]] parameter const& of(std::size_t i) const noexcept { return parameters_[i]; }
  [[nodiscard]] std::vector<dynamic_group> const& groups() const noexcept { return call_.groups; }

  /// Null where the i-th argument is not given.
  [[nodiscard]] dynamic_value const* given(std::size_t i) const { return i < call_.args.size() ? &call_.args[i] : named(i); }

  /// The i-th argument by the schema. `invalid_argument` where it is missing.
  [[nodiscard]] dynamic_value const& argument(std::size_t i) const {
    dynamic_value const* const found = given(i);
    if (found == nullptr) refuse_missing(i);
    return *found;
  }

  /// What an operator returned that returns one tensor. `invalid_argument` for anything else.
  [[nodiscard]] dynamic_tensor const& one_tensor(dynamic_value const& result) const {
    if (!result.is(value_kind::tensor)) refuse("its result is one tensor, and " + std::string(name(result.kind())) + " is held");
    return result.as_tensor();
  }

  /// Throws an `invalid_argument` about this call.
  [[noreturn]] void refuse(std::string const& why) const { fail<invalid_argument>(std::string(verb_) + ": " + why); }
  /// Throws an `invalid_argument` about one argument, and the place in it.
  [[noreturn]] void refuse(std::size_t i, std::string const& path, std::string const& why) const {
    refuse("argument '" + std::string(parameters_[i].name) + "'" + path + ": " + why);
  }

 private:
  // What a call with all its arguments in their positions does not come to stands apart, so that the rest is small and is inlined.
  void expect_names() const {
    for (auto const& [key, argument] : call_.kwargs) {
      std::size_t const at = position(key);
      if (at == parameters_.size()) refuse("it has no argument " + to_string(key));
      if (at < call_.args.size()) refuse("argument '" + std::string(parameters_[at].name) + "' is given twice");
    }
  }
  [[nodiscard]] dynamic_value const* named(std::size_t i) const {
    auto const found = call_.kwargs.find(parameters_[i].name);
    return found == call_.kwargs.end() ? nullptr : &found->second;
  }
  [[noreturn]] void refuse_count() const {
    refuse(std::to_string(call_.args.size()) + " arguments, and it takes " + std::to_string(parameters_.size()));
  }
  [[noreturn]] void refuse_missing(std::size_t i) const { refuse("argument '" + std::string(parameters_[i].name) + "' is missing"); }

  [[nodiscard]] std::size_t position(dict_key const& key) const {
    std::size_t at = 0;
    while (at != parameters_.size() && !(key.text() != nullptr && *key.text() == parameters_[at].name)) ++at;
    return at;
  }

  char const* verb_;
  std::span<parameter const> parameters_;
  call_arguments const& call_;
};

}  // namespace detail
}  // namespace commfold
