// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/trace/path_log.hpp
/// Every call of a step with the path of its tensor: `log_with_paths`.

#include <commfold/op/call_summary.hpp>
#include <commfold/trace/call_record.hpp>
#include <commfold/trace/call_store.hpp>
#include <commfold/trace/log.hpp>
#include <commfold/trace/recorder.hpp>
#include <commfold/tree/path.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace commfold {

/// A call, and where in the trees of the step its tensor stands. A view, as a `call_record` is.
struct call_at {
  call_record call{};
  std::string_view path{};  ///< `layers[3].wq`; empty where a call is of no tensor of a tree, in no named scope

  friend constexpr bool operator==(call_at const&, call_at const&) = default;
};

template <>
struct detail::log_entry<call_at> {
  stored_call call;
  sequence_index path;  // among the names

  template <class Store>
  static constexpr log_entry of(call_at const& record, Store& store) {
    return {store.store(record.call), store.index_of(record.path)};
  }
  template <class Texts>
  [[nodiscard]] constexpr call_at read(Texts const& texts) const noexcept {
    return {record_of(call, texts), name_at(texts.names, path)};
  }
};

/// Every call of a step, in order, with its path.
using path_log = basic_call_log<call_at>;

namespace detail {

/// The log while it is written, and the path of what is being called.
template <class Log>
class open_path_log {
 public:
  static constexpr bool keeps_order = true;
  static constexpr bool keeps_paths = true;

  sequence_index index_of(std::string_view name) { return calls_.index_of(name); }
  void write(std::size_t times, call_summary const& call, sequence_index phase, parts_view const& parts) {
    calls_.write(times, call, phase, parts, path_);
  }

  /// Runs the body with its calls below a path. One that throws leaves the path as it was.
  template <class Body>
  decltype(auto) below(std::string_view path, Body&& body) {
    struct back {
      std::string& path;
      std::size_t size;
      ~back() { path.resize(size); }
    } const outer{path_, path_.size()};
    if (!path_.empty() && !path.empty() && path[0] != '[' && path[0] != '<') path_ += '.';
    path_ += path;
    return std::forward<Body>(body)();
  }
  [[nodiscard]] Log&& calls() && noexcept { return std::move(calls_); }

 private:
  Log calls_;
  std::string path_;
};

}  // namespace detail

/// log_with_paths(step, arguments...): every call of step(comm, arguments...), in order, each with the path of its tensor in the tree that
/// was given to the call, behind the children of `for_each` and the names of `named_scope` around it. For run time: paths are texts.
template <class Step, class... Args, class Log = path_log>
[[nodiscard]] Log log_with_paths(Step&& step, Args&&... args) {
  detail::open_path_log<Log> open;
  recorder<detail::open_path_log<Log>> comm(open);
  std::forward<Step>(step)(comm, std::forward<Args>(args)...);
  return std::move(open).calls();
}

}  // namespace commfold
