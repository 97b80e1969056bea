// SPDX-License-Identifier: BSL-1.0
#include "configuration.hpp"

#include <commfold/tensor/dtype_name.hpp>

#include <algorithm>
#include <charconv>
#include <functional>
#include <initializer_list>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace steps_test {

namespace {

/// Reads a name word by word.
class words {
 public:
  explicit words(std::string_view name) : name_(name), rest_(name) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }

  /// Takes words off the front, if they are next.
  bool take(std::string_view wanted) {
    if (!rest_.starts_with(wanted) || (rest_.size() > wanted.size() && rest_[wanted.size()] != '_')) return false;
    advance(wanted.size());
    return true;
  }

  /// Takes a number off the front that stands between these, as in bucket8MB.
  bool take_number(std::string_view before, std::size_t& number, std::string_view after = "") {
    if (!rest_.starts_with(before)) return false;
    std::string_view digits = rest_.substr(before.size());
    digits = digits.substr(0, digits.find('_'));
    std::size_t const whole = before.size() + digits.size();
    if (!digits.ends_with(after)) return false;
    digits.remove_suffix(after.size());
    if (!read(digits, number)) return false;
    advance(whole);
    return true;
  }

  /// Takes a shape off the front, as 2x4.
  bool take_shape(std::vector<std::size_t>& shape) {
    std::string_view const word = rest_.substr(0, rest_.find('_'));
    std::vector<std::size_t> found;
    for (std::string_view left = word; !left.empty();) {
      std::string_view const digits = left.substr(0, left.find('x'));
      if (!read(digits, found.emplace_back())) return false;
      left.remove_prefix(std::min(left.size(), digits.size() + 1));
    }
    if (found.size() < 2) return false;
    shape = std::move(found);
    advance(word.size());
    return true;
  }

  /// Takes a dtype off the front, with these behind it, as in fp32params.
  bool take_dtype(std::optional<cf::dtype>& dtype, std::string_view after = "") {
    for (auto const& [word, of] : {std::pair{"fp32", cf::f32}, std::pair{"float32", cf::f32}, std::pair{"bf16", cf::bf16},
                                   std::pair{"bfloat16", cf::bf16}, std::pair{"fp16", cf::f16}, std::pair{"float16", cf::f16}})
      if (take(std::string(word) + std::string(after))) {
        dtype = of;
        return true;
      }
    return false;
  }

  [[noreturn]] void refuse() const {
    throw std::runtime_error("torch_steps.jsonl: the configuration '" + std::string(name_) + "' is not understood, from '" +
                             std::string(rest_) + "' on");
  }

 private:
  static bool read(std::string_view digits, std::size_t& number) {
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} && end == digits.data() + digits.size() && number != 0;
  }
  void advance(std::size_t n) { rest_.remove_prefix(std::min(rest_.size(), n + 1)); }

  std::string_view name_;
  std::string_view rest_;
};

}  // namespace

name_parts parse_name(std::string_view name) {
  name_parts parts;
  std::size_t told_by_the_summary = 0;
  std::size_t world = 0;
  for (words next(name); !next.done();) {
    if (next.take("single_no_dist_baseline")) {
      parts.single = true;
    } else if (next.take("ddp")) {
      parts.ddp = true;
    } else if (next.take("fsdp1")) {
      parts.fsdp1 = true;
    } else if (next.take("fsdp2")) {
      parts.fsdp2 = true;
    } else if (next.take("hsdp")) {
      parts.hsdp = true;
    } else if (next.take("tp")) {
      parts.tp = true;
    } else if (next.take("sp")) {
      parts.sp = true;
    } else if (next.take_number("w", world)) {
      parts.mesh = {world};
    } else if (next.take_shape(parts.mesh)) {
    } else if (next.take_dtype(parts.stored, "params")) {
    } else if (next.take_dtype(parts.stored)) {
    } else if (next.take("mp")) {
      // The policy of every configuration that names none: that of fsdp2_hsdp_2x4_fp32params_mp, as its rows show.
      parts.param_dtype = cf::bf16;
      parts.reduce_dtype = cf::f32;
      next.take_dtype(parts.param_dtype);
      if (next.take("reduce") && !next.take_dtype(parts.reduce_dtype)) next.refuse();
    } else if (next.take("no_reshard_after_forward") || next.take("no_reshard")) {
      parts.reshard_after_forward = false;
    } else if (next.take("reshard_after_forward") || next.take("reshard")) {
      next.take_number("int", parts.reshard_ranks);
    } else if (next.take("no_loss_parallel")) {
      parts.loss_parallel = false;
    } else if (next.take("loss_parallel")) {
      parts.loss_parallel = true;
    } else if (next.take("find_unused_parameters") || next.take("find_unused")) {
      parts.find_unused = true;
    } else if (next.take_number("bucket", parts.bucket_megabytes, "MB")) {
      // What changes no call: who makes it, and where gradients live. The numbers are in the summary row.
    } else if (next.take("default_hook") || next.take("pyhook") || next.take("grad_as_view")) {
    } else if (std::ranges::any_of(std::initializer_list<char const*>{"batch", "bsz", "bs", "b", "seq_len", "seqlen", "seq", "s", "steps"},
                                   [&](char const* word) { return next.take_number(word, told_by_the_summary); }) ||
               next.take_number("", told_by_the_summary, "steps")) {
    } else {
      next.refuse();
    }
  }
  return parts;
}

configuration configuration_of(oracle::json const& summary) {
  configuration c;
  c.name = summary.at("config").get<std::string>();
  c.mode = summary.at("mode").get<std::string>();
  c.parts = parse_name(c.name);
  c.world = summary.at("world").get<std::size_t>();
  if (!summary.at("mesh").is_null()) c.mesh = summary.at("mesh").get<std::vector<std::size_t>>();
  if (!summary.at("mesh_names").is_null()) c.mesh_names = summary.at("mesh_names").get<std::vector<std::string>>();
  c.stored = cf::dtype_from_name(summary.at("dtype").get<std::string>());
  c.batch = summary.at("batch").get<std::size_t>();
  c.seq_len = summary.at("seq_len").get<std::size_t>();
  c.steps = summary.at("steps").get<std::size_t>();
  auto const note = [&](char const* key, std::string& failed_in) {
    oracle::json const& error = summary.at(key);
    if (error.is_null()) return;
    failed_in = error.at("phase").get<std::string>();
    c.failure = error.at("msg").get<std::string>();
  };
  note("error", c.failed_in);
  note("clip_error", c.clip_failed_in);

  auto const refuse = [&](char const* what) {
    throw std::runtime_error("torch_steps.jsonl: " + c.name + ": name and summary row " + what);
  };
  auto const ranks = [](std::vector<std::size_t> const& mesh) {
    return std::accumulate(mesh.begin(), mesh.end(), std::size_t{1}, std::multiplies<>());
  };
  if (c.mesh.size() == c.parts.mesh.size() && c.mesh != c.parts.mesh) refuse("have different meshes");
  if (!c.parts.mesh.empty() && ranks(c.parts.mesh) != c.world) refuse("have different numbers of ranks");
  if (!c.mesh.empty() && ranks(c.mesh) != c.world) refuse("have different numbers of ranks");
  if (c.parts.stored && *c.parts.stored != c.stored) refuse("have different dtypes");
  if (summary.at("ok").get<bool>() != c.failed_in.empty()) refuse("do not agree on whether it failed");
  return c;
}

}  // namespace steps_test
