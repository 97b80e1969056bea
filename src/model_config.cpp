// SPDX-License-Identifier: BSL-1.0
#include <src/model_config.hpp>

#include <src/config_keys.hpp>
#include <src/models/families.hpp>

#include <commfold/tensor/dtype_name.hpp>

#include <utility>

namespace commfold::io {

namespace {

/// A configuration, and where it is part of a multi-modal one, what that says beside it.
struct config_objects {
  json_value const& text;
  json_value const* around = nullptr;
};

/// By the name of the model's class and by that of its family, of which one may be left out.
family const& family_of(json_value const& file) {
  json_value const* const names = find_given(file, "architectures");
  json_value const* const type = names != nullptr ? find_given(file, "model_type") : &required_of(file, "model_type");
  if (names == nullptr) return family_with_type(*type);
  if (names->elements().size() != 1) refuse_value(*names, "must hold one name, and holds " + std::to_string(names->elements().size()));
  json_value const& architecture = names->elements().front();
  family const& found = family_with_architecture(architecture);
  if (type != nullptr && !is_type_of(found, type->text()))
    refuse_value(
        *type, "is '" + shortened(type->text()) + "', but 'architectures' holds " + shortened(architecture.text()) + ": the two disagree");
  return found;
}

[[noreturn]] void refuse_contradiction(json_value const& one, json_value const& other) {
  std::string const name = one.key() == other.key() ? "'text_config' has " : "'" + std::string(other.key()) + "' is ";
  refuse_value(one, "is " + one.spelled() + ", but " + name + other.spelled() + ": the two disagree");
}

void read_dtype(model& m, config_objects const& objects) {
  json_value const* named = nullptr;
  for (json_value const* const object : {&objects.text, objects.around}) {
    if (object == nullptr) continue;
    for (char const* const key : {"torch_dtype", "dtype"}) {
      json_value const* const value = find_given(*object, key);
      if (value == nullptr) continue;
      if (value->text() == "auto") {
        m.without_dtype = value->told("key '" + std::string(key) + "' is \"auto\"");
        continue;
      }
      dtype read;
      try {
        read = dtype_from_name(value->text());
      } catch (invalid_argument const& error) {
        refuse_value(*value, "is no dtype: " + reason_of(error));
      }
      if (named != nullptr && read != *m.dtype) refuse_contradiction(*value, *named);
      named = value;
      m.dtype = read;
    }
  }
  if (m.without_dtype.empty()) m.without_dtype = objects.text.told("key 'torch_dtype' is missing");
}

/// A key of the text model that stands beside `text_config` must say the same. One that stands there alone is the business of the whole.
void expect_same_beside(config_objects const& objects, std::vector<std::string_view> const& keys) {
  for (std::string_view const key : keys) {
    if (key == "architectures" || key == "model_type" || key == "dtype" || key == "torch_dtype") continue;
    json_value const* const inside = find_given(objects.text, key);
    json_value const* const beside = find_given(*objects.around, key);
    if (beside == nullptr || (inside == nullptr && key == "tie_word_embeddings")) continue;
    if (inside == nullptr) refuse_value(*beside, "stands beside 'text_config', which has no such key");
    if (inside->has_parts() || inside->spelled() != beside->spelled()) refuse_contradiction(*beside, *inside);
  }
}

/// What transformers does with the head of a multi-modal model whose text model does not say whether it is tied.
void tie_as_a_whole(model_tree& tree, config_objects const& objects) {
  if (find_given(objects.text, "tie_word_embeddings") != nullptr) return;
  json_value const* const whole = find_given(*objects.around, "tie_word_embeddings");
  if (whole == nullptr || whole->boolean() == tree.tied) return;
  refuse_value(*whole,
               "is " + whole->spelled() + ", and 'text_config' leaves it out: to its class it is " + (tree.tied ? "true" : "false"));
}

void note_what_is_left_out(model& m, config_objects const& objects) {
  if (objects.around != nullptr) m.notes.push_back("the text model alone: what stands beside text_config is not planned");
  json_value const* const next = objects.text.find("num_nextn_predict_layers");
  if (next != nullptr && !next->is_nothing()) m.notes.push_back("without the layer that predicts the token after the next");
}

model model_of(json_file const& whole, config_options const& with) {
  json_value const* const inner = find_given(whole.root(), "text_config");
  bool const composed = inner != nullptr && inner->has_parts() && find_given(*inner, "model_type") != nullptr;
  config_objects const objects{composed ? *inner : whole.root(), composed ? &whole.root() : nullptr};
  // Of a part of a configuration transformers asks the model type alone.
  family const& of = composed ? family_with_type(required_of(*inner, "model_type")) : family_of(whole.root());
  std::vector<std::string_view> const reads = keys_of(of);
  expect_ignored_keys(objects.text, objects.around, reads, with.ignored_keys);
  if (composed) {
    expect_same_beside(objects, reads);
    refuse_keys_beside_text(*objects.around, reads, with.ignored_keys);
  }
  refuse_keys_not_planned(objects.text, reads, of.passes, with.ignored_keys);

  config const read(objects.text, reads, composed ? of.defaults : std::span<class_default const>());
  model m;
  m.tree = of.build(read);
  if (composed) tie_as_a_whole(m.tree, objects);
  read_dtype(m, objects);
  note_what_is_left_out(m, objects);
  return m;
}

}  // namespace

model read_model_config(std::string const& path, config_options const& with) { return model_of(json_file(path), with); }

model read_model_config(std::string path, std::string_view text, config_options const& with) {
  return model_of(json_file(std::move(path), text), with);
}

model read_model_config(json_file const& file, config_options const& with) { return model_of(file, with); }

}  // namespace commfold::io
