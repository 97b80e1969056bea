// SPDX-License-Identifier: BSL-1.0
#include <src/plan/held_model.hpp>

#include <src/input_error.hpp>
#include <src/plan/tensor_roles.hpp>

#include <algorithm>
#include <regex>
#include <utility>

namespace commfold::io {

namespace {

bool has_gradients(dtype d) { return d == dtype::float32 || d == dtype::float16 || d == dtype::bfloat16; }

/// Which parameters get gradients.
class trainable_names {
 public:
  explicit trainable_names(std::optional<std::string> const& expression) {
    if (!expression) return;
    try {
      expression_.emplace(*expression, std::regex::ECMAScript | std::regex::nosubs | std::regex::optimize);
    } catch (std::regex_error const& error) {
      throw input_error("--trainable: '" + shortened(*expression) + "' is no regular expression: " + error.what());
    }
  }

  [[nodiscard]] bool are_all() const noexcept { return !expression_; }

  /// Of a parameter below a path, "model.layers.3." or "". Of experts, of which one name stands for all, each is asked.
  [[nodiscard]] bool has(std::string const& path, parameter const& p) {
    if (!expression_) return true;
    std::size_t const star = p.name.find(".*.");
    if (star == std::string::npos) return matches(path + p.name);
    std::size_t found = 0;
    for (std::size_t i = 0; i != p.copies; ++i)
      if (matches(path + p.name.substr(0, star + 1) + std::to_string(i) + p.name.substr(star + 2))) ++found;
    if (found != 0 && found != p.copies)
      throw input_error("--trainable: matches " + std::to_string(found) + " of the " + std::to_string(p.copies) + " parameters '" +
                        shortened(path + p.name) + "', which are planned alike");
    return found != 0;
  }

  void expect_a_match() const {
    if (expression_ && !matched_) throw input_error("--trainable: no parameter has such a name, so that nothing would be trained");
  }

 private:
  bool matches(std::string const& name) {
    bool const found = std::regex_search(name, *expression_);
    matched_ = matched_ || found;
    return found;
  }

  std::optional<std::regex> expression_;
  bool matched_ = false;
};

/// Makes the modules that a rank holds.
class holder {
 public:
  explicit holder(held_options const& with) : with_(with) {}

  [[nodiscard]] held_module held(module const& m, std::vector<bool> const& trainable) const {
    held_module made{m.label, {}, m.heads, {}, {}, 0};
    bool const cut = with_.tensor_ranks != 1 && m.label == "layers";
    if (cut) expect_heads(m);
    for (std::size_t i = 0; i != m.parameters.size(); ++i) {
      parameter const& p = m.parameters[i];
      if (p.buffer) continue;
      dtype const held_in = with_.converts ? with_.dtype : p.dtype.value_or(with_.dtype);
      held_parameter one{p.name, held_in, p.shape, p.copies, trainable[i], p.experts != 0};
      if (!has_gradients(one.dtype))
        throw input_error("'" + shortened(p.name) + "' is of " + std::string(name(one.dtype)) +
                          ": parameters are planned in float32, float16 and bfloat16");
      if (one.expert) cut_experts(one, p);
      if (with_.tensor_ranks != 1) cut_tensor(one, p, m, made);
      made.parameters.push_back(std::move(one));
    }
    return made;
  }

 private:
  void expect_heads(module const& m) const {
    if (!m.heads) throw input_error("tp: a checkpoint does not say how many heads a layer has; give the model's config.json");
    if (m.heads->query % with_.tensor_ranks != 0)
      throw input_error("tp: " + std::to_string(with_.tensor_ranks) + " ranks do not divide " + std::to_string(m.heads->query) + " heads");
  }

  void cut_experts(held_parameter& one, parameter const& p) const {
    if (with_.expert_ranks == 1) return;
    bool const separate = p.copies > 1 || p.name.find(".*.") != std::string::npos;
    std::size_t& experts = separate ? one.copies : one.shape.at(0);
    if (experts % with_.expert_ranks != 0)
      throw input_error("ep: " + std::to_string(with_.expert_ranks) + " ranks do not divide " + std::to_string(experts) + " experts");
    experts /= with_.expert_ranks;
  }

  void cut_tensor(held_parameter& one, parameter const& p, module const& m, held_module& made) const {
    if (one.expert) throw input_error("tp: experts are not cut; share them out by ep, without tp");
    bool const spans_heads = m.heads && p.shape.size() == 1 && p.shape[0] > m.heads->width && m.heads->query > 1 &&
                             (p.name == "self_attn.q_norm.weight" || p.name == "self_attn.k_norm.weight");
    if (spans_heads || p.copies > 1)
      throw input_error("tp: '" + shortened(p.name) + "' is for all heads at once, and a norm over several ranks is not planned");
    bool const is_row_a_head = p.shape.size() == 2 && is_norm_of_heads(p.name);
    tensor_role const role = is_row_a_head ? tensor_role{tensor_cut::column, 0} : role_of(p, m.label);
    if (role.cut == tensor_cut::whole) return;
    one.cut = true;
    std::size_t& extent = one.shape.at(role.dimension);
    if (extent % with_.tensor_ranks != 0)
      throw input_error("tp: " + std::to_string(with_.tensor_ranks) + " ranks do not divide the " + std::to_string(extent) +
                        (role.cut == tensor_cut::vocabulary ? " tokens of '" : " of '") + shortened(p.name) + "'");
    extent /= with_.tensor_ranks;
    if (role.cut != tensor_cut::column || p.shape.size() != 2 || is_row_a_head) return;
    std::size_t const input = p.shape.at(1 - role.dimension);
    if (part_of(p.name) == layer_part::attention) {
      made.attention_inputs.push_back(input);
      if (p.name == "self_attn.k_proj.weight") made.key_value_columns = p.shape.at(role.dimension);
    } else {
      made.feed_forward_inputs.push_back(input);
    }
  }

  held_options const& with_;
};

std::vector<bool> flags_of(module const& m, std::string const& path, trainable_names& names) {
  std::vector<bool> flags;
  for (parameter const& p : m.parameters) flags.push_back(names.has(path, p));
  return flags;
}

/// Layers by kind, of which the names that are trained make several of one.
class run_maker {
 public:
  run_maker(held_model& to, holder const& by) : to_(to), by_(by) {}

  void add(module const& m, std::vector<bool> const& flags, std::size_t count) {
    std::size_t kind = 0;
    while (kind != known_.size() && !(known_[kind].first == &m && known_[kind].second == flags)) ++kind;
    if (kind == known_.size()) {
      known_.emplace_back(&m, flags);
      to_.kinds.push_back(by_.held(m, flags));
      // Units of FSDP are told apart by their names.
      if (kind != 0) to_.kinds.back().label += " " + std::to_string(kind + 1);
    }
    if (!to_.runs.empty() && to_.runs.back().kind == kind)
      to_.runs.back().count += count;
    else
      to_.runs.push_back({kind, count});
  }

 private:
  held_model& to_;
  holder const& by_;
  std::vector<std::pair<module const*, std::vector<bool>>> known_;
};

}  // namespace

bool held_module::has_experts() const noexcept {
  return std::any_of(parameters.begin(), parameters.end(), [](held_parameter const& p) { return p.expert; });
}

std::size_t held_model::layers() const noexcept {
  std::size_t all = 0;
  for (layer_run const& run : runs) all += run.count;
  return all;
}

held_model held_model::stage(std::size_t at, std::size_t stages) const {
  if (stages < 2) return *this;
  std::size_t const all = layers();
  if (stages > all) throw input_error("pp: there are " + std::to_string(stages) + " stages, but " + std::to_string(all) + " layers");
  if (tied) throw input_error("pp: the head is the embedding, which the first and the last stage would both hold");
  held_model part{{}, kinds, {}, {}, false, hidden, vocabulary, experts, used};
  if (at == 0) part.before = before;
  if (at + 1 == stages) part.after = after;
  std::size_t const least = all / stages, more = all % stages;
  std::size_t skip = least * at + std::min(at, more), take = least + (at < more ? 1 : 0);
  for (layer_run const& run : runs) {
    std::size_t const passed = std::min(skip, run.count);
    skip -= passed;
    std::size_t const taken = std::min(take, run.count - passed);
    take -= taken;
    if (taken != 0) part.runs.push_back({run.kind, taken});
  }
  return part;
}

held_model hold(model const& of, held_options const& with) {
  trainable_names names(with.trainable);
  holder const by(with);
  held_model made;
  made.tied = of.tree.tied;
  made.experts = of.tree.experts;
  made.used = of.tree.used;
  for (module const& m : of.tree.outside) {
    if (m.label == "embed" && !m.parameters.empty() && m.parameters[0].shape.size() == 2) {
      made.vocabulary = m.parameters[0].shape[0];
      made.hidden = m.parameters[0].shape[1];
    }
    (m.label == "norm" || m.label == "head" ? made.after : made.before).push_back(by.held(m, flags_of(m, "", names)));
  }
  run_maker layers(made, by);
  for (layer_stack const& stack : of.tree.stacks) {
    std::size_t index = 0;
    for (layer_run const& run : stack.runs) {
      module const& kind = stack.kinds[run.kind];
      if (names.are_all()) {
        layers.add(kind, std::vector<bool>(kind.parameters.size(), true), run.count);
        continue;
      }
      for (std::size_t i = 0; i != run.count; ++i, ++index)
        layers.add(kind, flags_of(kind, stack.path + "." + std::to_string(index) + ".", names), 1);
    }
  }
  names.expect_a_match();
  return made;
}

}  // namespace commfold::io
