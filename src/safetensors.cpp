// SPDX-License-Identifier: BSL-1.0
#include <src/safetensors.hpp>

#include <src/input.hpp>

#include <commfold/size/arithmetic.hpp>
#include <commfold/text/nearest_names.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

namespace commfold::io {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t length_bytes = 8;
constexpr std::size_t longest_head = 100'000'000;  // MAX_HEADER_SIZE of safetensors

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t n = 0;
  for (std::size_t i = length_bytes; i-- != 0;) n = n << 8 | static_cast<unsigned char>(bytes[i]);
  return n;
}

/// The length of the head, of a file of so many bytes.
std::size_t head_length(std::string const& path, std::string_view first, std::uint64_t file) {
  if (first.size() < length_bytes) throw input_error(path, "is no safetensors file: it has " + std::to_string(first.size()) + " bytes");
  std::uint64_t const length = little_endian(first);
  if (length > longest_head)
    throw input_error(path, "is no safetensors file: its head would have " + std::to_string(length) + " bytes, and at most " +
                                std::to_string(longest_head) + " are read");
  if (length > file - length_bytes)
    throw input_error(path, "ends within its head, which has " + std::to_string(length) + " bytes; the file has " + std::to_string(file));
  return static_cast<std::size_t>(length);
}

saved_data data_behind(std::size_t head, std::uint64_t file) {
  auto const behind = static_cast<std::size_t>(file - length_bytes - head);
  return behind == 0 ? saved_data{} : saved_data{behind};
}

void expect_object(std::string const& path, std::string_view head) {
  if (!head.starts_with('{')) throw input_error(path, "is no safetensors file: its head does not begin with {");
}

dtype dtype_of(json_value const& value) {
  std::string const& name = value.text();
  commfold::detail::nearest_names nearest(name);
  for (commfold::detail::dtype_entry const& entry : commfold::detail::dtype_table) {
    if (!entry.safetensors.empty() && entry.safetensors == name) return entry.id;
    nearest.consider(entry.safetensors);
  }
  value.refuse("safetensors has no dtype '" + shortened(name) + "'; did you mean " + nearest.joined() + "?");
}

/// Bytes of so many values, which safetensors packs: two F4 a byte. `bits(F4)` is that of a byte with two of them.
std::size_t bytes_of_values(json_value const& where, dtype d, std::vector<std::size_t> const& shape) {
  commfold::detail::size_result const n = commfold::detail::try_product(1, shape.data(), shape.data() + shape.size());
  std::size_t const width = d == dtype::boolean ? 8 : value_bits(d);
  commfold::detail::size_result const bytes = commfold::detail::try_bytes(width, n.value);
  if (!n.fits || !bytes.fits) where.refuse("the bytes of this shape do not fit std::size_t");
  return bytes.value;
}

/// A tensor, and where its bytes stand.
struct placed {
  std::size_t begin, end;
  json_value const* at;
};

std::string in_quotes(std::string_view name) { return "'" + shortened(name) + "'"; }

saved_tensor tensor_of(json_value const& member, placed& at) {
  if (member.key().empty()) member.refuse_key("a tensor has no name");
  if (member.key().find('\0') != std::string_view::npos) member.refuse_key("the name of a tensor holds the byte 0");
  member.refuse_unknown_keys({"dtype", "shape", "data_offsets"});
  saved_tensor t{std::string(member.key()), dtype_of(member.required("dtype")), {}, 0};
  json_value const& shape = member.required("shape");
  for (json_value const& extent : shape.elements()) t.shape.push_back(extent.unsigned_integer());
  t.bytes = bytes_of_values(shape, t.dtype, t.shape);
  json_value const& offsets = member.required("data_offsets");
  auto const ends = offsets.elements();
  if (ends.size() != 2) offsets.refuse("'data_offsets' must hold two offsets, and holds " + std::to_string(ends.size()));
  at = {ends[0].unsigned_integer(), ends[1].unsigned_integer(), &offsets};
  if (at.end < at.begin) offsets.refuse("'data_offsets' of " + in_quotes(t.name) + " end before they begin");
  if (at.end - at.begin != t.bytes)
    offsets.refuse("'data_offsets' of " + in_quotes(t.name) + " are of " + std::to_string(at.end - at.begin) +
                   " bytes, and shape and dtype of " + std::to_string(t.bytes));
  return t;
}

/// Tensors lie behind each other, from the first byte on, with no byte between them.
void expect_dense(std::vector<placed> places, json_value const& root, saved_data const& behind) {
  std::sort(places.begin(), places.end(),
            [](placed const& a, placed const& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
  std::size_t end = 0;
  for (placed const& one : places) {
    if (one.begin < end) one.at->refuse("'data_offsets' begin at " + std::to_string(one.begin) + ", within another tensor");
    if (one.begin > end)
      one.at->refuse("'data_offsets' begin at " + std::to_string(one.begin) + ": no tensor has the bytes from " + std::to_string(end));
    end = one.end;
  }
  if (behind.bytes && *behind.bytes != end)
    root.refuse("the tensors have " + std::to_string(end) + " bytes, and behind the head there are " + std::to_string(*behind.bytes));
}

struct closer {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

/// The first `n` bytes from here, or those up to the end of the file.
std::string read_up_to(std::FILE* file, std::size_t n) {
  if (std::feof(file) != 0 || std::ferror(file) != 0) return {};
  std::string text(n, '\0');
  text.resize(std::fread(text.data(), 1, n, file));
  return text;
}

/// The number of a checkpoint's file that is one of several: 4 of "model-00002-of-00004.safetensors"; 0 otherwise.
std::size_t files_of_name(std::string_view path) {
  if (path.ends_with(".safetensors")) path.remove_suffix(".safetensors"sv.size());
  std::size_t const at = path.rfind("-of-");
  if (at == path.npos) return 0;
  std::string_view const digits = path.substr(at + 4);
  std::size_t n = 0;
  bool const whole = std::from_chars(digits.data(), digits.data() + digits.size(), n).ptr == digits.data() + digits.size();
  return whole && !digits.empty() ? n : 0;
}

// --- as a tree

constexpr std::string_view layer_words[] = {"layers"sv, "layer"sv, "h"sv, "blocks"sv, "block"sv};

/// "model.layers.3.mlp.up_proj.weight" as "model.layers", 3 and "mlp.up_proj.weight".
struct layer_name {
  std::string_view path, below;
  std::size_t index = 0;
};

std::optional<layer_name> layer_of(std::string_view name) {
  for (std::size_t begin = 0, end; (end = name.find('.', begin)) != name.npos; begin = end + 1) {
    std::string_view const word = name.substr(begin, end - begin);
    if (std::find(std::begin(layer_words), std::end(layer_words), word) == std::end(layer_words)) continue;
    std::size_t const behind = name.find('.', end + 1);
    if (behind == name.npos) continue;
    layer_name found{name.substr(0, end), name.substr(behind + 1), 0};
    char const* const last = name.data() + behind;
    auto const [stop, error] = std::from_chars(name.data() + end + 1, last, found.index);
    if (error == std::errc() && stop == last) return found;
  }
  return std::nullopt;
}

char const* label_of(std::string_view name) {
  if (name.find("embed_out") != name.npos || name.find("lm_head") != name.npos) return "head";
  for (std::string_view const word : {"embed"sv, "wte"sv, "wpe"sv})
    if (name.find(word) != name.npos) return "embed";
  return "rest";
}

/// How many experts a name speaks of: 4 where it is that of expert 3; of a tensor of all experts, its rows; 0 where it is of none.
std::size_t experts_of(saved_tensor const& t) {
  constexpr std::string_view word = ".experts.";
  std::size_t const at = t.name.find(word);
  if (at == t.name.npos) return 0;
  char const* const begin = t.name.data() + at + word.size();
  std::size_t index = 0;
  bool const numbered = std::from_chars(begin, t.name.data() + t.name.size(), index).ec == std::errc();
  return numbered ? index + (index + 1 != 0 ? 1 : 0) : t.shape.empty() ? 1 : t.shape.front();
}

using numbered_layers = std::map<std::size_t, std::vector<parameter>>;

layer_stack stack_of(std::string path, numbered_layers&& layers) {
  layer_stack stack{std::move(path), {}, {}};
  std::map<std::vector<parameter>, std::size_t> kinds;
  for (auto& [index, parameters] : layers) {
    std::sort(parameters.begin(), parameters.end());
    auto const [at, fresh] = kinds.emplace(parameters, kinds.size());
    if (fresh) stack.kinds.push_back({"layers", std::move(parameters)});
    if (!stack.runs.empty() && stack.runs.back().kind == at->second)
      ++stack.runs.back().count;
    else
      stack.runs.push_back({at->second, 1});
  }
  return stack;
}

}  // namespace

std::vector<saved_tensor> read_safetensors_head(json_file const& head, saved_data const& behind) {
  json_value const& root = head.root();
  std::vector<saved_tensor> tensors;
  std::vector<placed> places;
  for (json_value const& member : root.members()) {
    if (member.key() == "__metadata__") {
      for (json_value const& note : member.members()) static_cast<void>(note.text());
      continue;
    }
    placed at{};
    tensors.push_back(tensor_of(member, at));
    places.push_back(at);
  }
  expect_dense(std::move(places), root, behind);
  if (tensors.empty()) root.refuse("holds no tensor");
  return tensors;
}

std::vector<saved_tensor> read_safetensors(std::string const& path, std::string_view contents) {
  std::size_t const length = head_length(path, contents.substr(0, length_bytes), contents.size());
  std::string_view const head = contents.substr(length_bytes, length);
  expect_object(path, head);
  return read_safetensors_head(json_file(path, head), data_behind(length, contents.size()));
}

std::vector<saved_tensor> read_safetensors(std::string const& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw input_error(path, "is a directory");
  std::unique_ptr<std::FILE, closer> const file(std::fopen(path.c_str(), "rb"));
  if (!file) throw input_error(path, "cannot be opened");
  std::uintmax_t const size = std::filesystem::file_size(path, error);
  if (error) throw input_error(path, "cannot be read: " + error.message());
  std::string const first = read_up_to(file.get(), length_bytes);
  std::size_t const length = head_length(path, first, size);
  std::string const head = read_up_to(file.get(), length);
  if (head.size() != length) throw input_error(path, "cannot be read");
  expect_object(path, head);
  return read_safetensors_head(json_file(path, head), data_behind(length, size));
}

safetensors_index read_safetensors_index(json_file const& file) {
  json_value const& root = file.root();
  root.refuse_unknown_keys({"metadata", "weight_map"});
  safetensors_index index;
  if (json_value const* const metadata = root.find("metadata"); metadata != nullptr && !metadata->is_null()) {
    if (json_value const* const bytes = metadata->find("total_size")) index.bytes = bytes->unsigned_integer();
    if (json_value const* const parameters = metadata->find("total_parameters")) index.parameters = parameters->unsigned_integer();
  }
  std::map<std::string, std::size_t, std::less<>> places;
  json_value const& map = root.required("weight_map");
  for (json_value const& member : map.members()) {
    std::string const& name = member.text();
    if (member.key().empty()) member.refuse_key("a tensor has no name");
    if (name.empty() || name.find_first_of("/\\\0"sv) != name.npos || name == "." || name == "..")
      member.refuse("'" + shortened(name) + "' is no name of a file beside the index");
    auto const [at, fresh] = places.emplace(name, index.files.size());
    if (fresh) index.files.push_back(name);
    index.tensors.push_back({std::string(member.key()), at->second});
  }
  if (index.tensors.empty()) map.refuse("'weight_map' names no tensor");
  return index;
}

std::vector<saved_tensor> read_indexed(std::string const& path, json_file const& file) {
  safetensors_index const index = read_safetensors_index(file);
  std::filesystem::path const folder = std::filesystem::path(path).parent_path();
  std::vector<std::set<std::string, std::less<>>> named(index.files.size());
  for (auto const& [name, at] : index.tensors) named[at].insert(name);
  json_value const& root = file.root();
  std::vector<saved_tensor> all;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i != index.files.size(); ++i) {
    std::string const& one = index.files[i];
    std::error_code ignored;
    if (path == "-" || !std::filesystem::exists(folder / one, ignored))
      root.refuse("names " + std::to_string(index.tensors.size()) + (index.tensors.size() == 1 ? " tensor" : " tensors") +
                  " without shapes; " + in_quotes(one) + ", whose head has them, is not beside it");
    for (saved_tensor& t : read_safetensors((folder / one).string())) {
      if (named[i].erase(t.name) == 0)
        root.refuse(in_quotes(one) + " holds " + in_quotes(t.name) + ", which the index does not name there");
      bytes = add(bytes, t.bytes);
      all.push_back(std::move(t));
    }
    if (!named[i].empty()) root.refuse(in_quotes(one) + " does not hold " + in_quotes(*named[i].begin()) + ", which the index names");
  }
  if (index.bytes && *index.bytes != bytes)
    root.refuse("'total_size' is " + std::to_string(*index.bytes) + ", and the tensors of the files have " + std::to_string(bytes) +
                " bytes");
  return all;
}

model_file_kind kind_of(json_value const& root) {
  if (!root.is_object()) return model_file_kind::configuration;
  if (root.find("weight_map") != nullptr) return model_file_kind::safetensors_index;
  for (json_value const& member : root.members()) {
    if (member.key() == "__metadata__") return model_file_kind::safetensors_head;
    if (member.is_object() && member.find("data_offsets") != nullptr) return model_file_kind::safetensors_head;
  }
  return model_file_kind::configuration;
}

bool is_safetensors(std::string_view contents) noexcept {
  return contents.size() > length_bytes && contents.substr(0, length_bytes).find('\0') != contents.npos && contents[length_bytes] == '{';
}

model model_of_tensors(std::string const& path, std::vector<saved_tensor> const& tensors) {
  if (std::size_t const files = files_of_name(path); files > 1)
    throw input_error(path, "is one of " + std::to_string(files) + " files of a model; give the index that names them all");
  model m;
  std::map<std::string, numbered_layers, std::less<>> stacks;
  std::array<module, 3> outside{module{"embed", {}}, module{"rest", {}}, module{"head", {}}};
  std::set<commfold::dtype> dtypes;
  for (saved_tensor const& t : tensors) {
    dtypes.insert(t.dtype);
    m.tree.experts = std::max(m.tree.experts, experts_of(t));
    parameter p{.name = t.name, .shape = t.shape, .dtype = t.dtype};
    if (auto const at = layer_of(t.name)) {
      p.name = at->below;
      stacks[std::string(at->path)][at->index].push_back(std::move(p));
    } else {
      std::string_view const label = label_of(t.name);
      std::find_if(outside.begin(), outside.end(), [&](module const& o) { return o.label == label; })->parameters.push_back(std::move(p));
    }
  }
  for (auto& [above, layers] : stacks) m.tree.stacks.push_back(stack_of(above, std::move(layers)));
  for (module& part : outside)
    if (!part.parameters.empty()) m.tree.outside.push_back(std::move(part));
  if (dtypes.size() == 1)
    m.dtype = *dtypes.begin();
  else
    m.without_dtype = message_about(path, "", "holds tensors of " + std::to_string(dtypes.size()) + " dtypes, which FSDP2 casts to one");
  m.as_saved = true;
  return m;
}

}  // namespace commfold::io
