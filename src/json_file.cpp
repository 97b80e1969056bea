// SPDX-License-Identifier: BSL-1.0
#include <src/json_file.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace commfold::io {

namespace {

constexpr std::size_t deepest = 64;  // a deeper value could exhaust the stack: it is destroyed recursively

/// The message is one line: a name in the file may hold line breaks.
[[noreturn]] void refuse_at(std::string const& file, place at, std::string what) {
  for (char& c : what)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  throw input_error(file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + what);
}

/// A position in a text, with its line and column.
class walker {
 public:
  explicit walker(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;  // a byte order mark is no character of the first line
  }

  [[nodiscard]] place here() const noexcept { return here_; }
  [[nodiscard]] std::size_t at() const noexcept { return at_; }
  [[nodiscard]] bool is_one_of(std::string_view characters) const noexcept {
    return at_ < text_.size() && characters.find(text_[at_]) != std::string_view::npos;
  }
  [[nodiscard]] bool at_end() const noexcept { return at_ >= text_.size(); }

  void step() noexcept {
    if (at_end()) return;
    if (text_[at_++] == '\n')
      here_ = {here_.line + 1, 1};
    else if (at_end() || (static_cast<unsigned char>(text_[at_]) & 0xC0u) != 0x80u)
      ++here_.column;  // the next byte begins a character
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  place here_;
};

struct token {
  place at;
  std::string_view text;
};

/// Finds the places of tokens, which nlohmann's parser does not tell. What is no JSON is left to that parser.
class token_walker {
 public:
  explicit token_walker(std::string_view text) : text_(text), walker_(text) {}

  token next() {
    while (walker_.is_one_of(" \t\r\n,:")) walker_.step();
    place const at = walker_.here();
    std::size_t const begin = walker_.at();
    if (walker_.is_one_of("\"")) {
      walker_.step();
      while (!walker_.at_end() && !walker_.is_one_of("\"")) {
        if (walker_.is_one_of("\\")) walker_.step();
        walker_.step();
      }
      walker_.step();
    } else if (walker_.is_one_of("{}[]")) {
      walker_.step();
    } else {
      while (!walker_.at_end() && !walker_.is_one_of(" \t\r\n,:{}[]\"")) walker_.step();
    }
    return {at, text_.substr(begin, walker_.at() - begin)};
  }

 private:
  std::string_view text_;
  walker walker_;
};

}  // namespace

std::string shortened(std::string text) {
  if (text.size() > 40) text = text.substr(0, 37) + "...";
  return text;
}

namespace detail {

/// Builds the tree from the events of nlohmann's parser. Each event is one token, whose place the token walker knows.
class json_reader : public nlohmann::json::json_sax_t {
 public:
  json_reader(std::string_view text, json_names& names) : text_(text), tokens_(text), names_(names) {}

  json_value take() { return std::move(root_); }

  bool null() override { return put(tokens_.next(), std::monostate{}); }
  bool boolean(bool value) override { return put(tokens_.next(), value); }
  bool number_unsigned(number_unsigned_t value) override { return put(tokens_.next(), std::uint64_t{value}); }
  bool number_integer(number_integer_t) override { return put_as_written(); }
  bool number_float(number_float_t, string_t const&) override { return put_as_written(); }
  bool string(string_t& value) override { return put(tokens_.next(), std::move(value)); }
  bool binary(binary_t&) override { return false; }  // no JSON text holds one
  bool start_object(std::size_t) override { return open(json_value::object{}); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(json_value::array{}); }
  bool end_array() override { return close(); }

  bool key(string_t& value) override {
    key_at_ = tokens_.next().at;
    key_ = &*names_.keys.insert(value).first;
    for (json_value const& member : std::get<json_value::object>(open_.back().held_).members)
      if (member.key_ == key_)
        refuse_at(names_.file, key_at_,
                  "the key '" + shortened(value) + "' is given twice, first in line " + std::to_string(member.key_at_.line) + ", column " +
                      std::to_string(member.key_at_.column));
    return true;
  }

  bool parse_error(std::size_t read, std::string const&, nlohmann::json::exception const& error) override {
    // In our words: releases of the parser differ in theirs.
    if (text_.find_first_not_of(" \t\r\n") == text_.npos) refuse_at(names_.file, walker(text_).here(), "is no JSON: the file is empty");
    if (dynamic_cast<nlohmann::json::out_of_range const*>(&error) != nullptr) {
      token const number = tokens_.next();
      refuse_at(names_.file, number.at, "the number " + shortened(std::string(number.text)) + " is too large to be read");
    }
    // The last character that was read is the wrong one.
    walker to(text_);
    while (!to.at_end() && to.at() + 1 < read) to.step();
    std::string what = error.what();
    // The parser's message opens with an identifier in brackets and a place of its own,
    if (std::size_t const end = what.find("] "); end != std::string::npos) what.erase(0, end + 2);
    if (std::size_t const end = what.find(": "); end != std::string::npos && what.starts_with("parse error at ")) what.erase(0, end + 2);
    // and ends with what was read last, which may be the whole file.
    refuse_at(names_.file, to.here(), "is no JSON: " + what.substr(0, what.find("; last read: ")));
  }

 private:
  template <class Held>
  json_value made(token const& from, Held&& held) {
    json_value value;
    value.names_ = &names_;
    value.key_ = std::exchange(key_, nullptr);
    value.key_at_ = key_at_;
    value.at_ = from.at;
    value.held_ = std::forward<Held>(held);
    return value;
  }

  bool put(json_value&& value) {
    if (open_.empty())
      root_ = std::move(value);
    else if (auto* const array = std::get_if<json_value::array>(&open_.back().held_))
      array->elements.push_back(std::move(value));
    else
      std::get<json_value::object>(open_.back().held_).members.push_back(std::move(value));
    return true;
  }
  template <class Held>
  bool put(token const& from, Held&& held) {
    return put(made(from, std::forward<Held>(held)));
  }
  bool put_as_written() {
    token const from = tokens_.next();
    return put(from, json_value::number_as_written{std::string(from.text)});
  }

  template <class Held>
  bool open(Held&& held) {
    token const from = tokens_.next();
    if (open_.size() == deepest) refuse_at(names_.file, from.at, "is nested more than " + std::to_string(deepest) + " deep");
    open_.push_back(made(from, std::forward<Held>(held)));
    return true;
  }
  bool close() {
    tokens_.next();
    json_value whole = std::move(open_.back());
    open_.pop_back();
    return put(std::move(whole));
  }

  std::string_view text_;
  token_walker tokens_;
  json_names& names_;
  json_value root_;
  std::vector<json_value> open_;
  std::string const* key_ = nullptr;
  place key_at_;
};

}  // namespace detail

void json_value::refuse(std::string const& what) const { refuse_at(names_->file, at_, what); }
void json_value::refuse_key(std::string const& what) const { refuse_at(names_->file, key_ != nullptr ? key_at_ : at_, what); }

bool json_value::is_integer() const noexcept {
  auto const* const number = std::get_if<number_as_written>(&held_);
  return std::holds_alternative<std::uint64_t>(held_) ||
         (number != nullptr && number->text.find_first_not_of("-0123456789") == std::string::npos);
}

std::string json_value::spelled() const {
  struct speller {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(number_as_written const& value) const { return value.text; }
    std::string operator()(std::string const& value) const {
      return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    std::string operator()(array const&) const { return "an array"; }
    std::string operator()(object const&) const { return "an object"; }
  };
  return shortened(std::visit(speller{}, held_));
}

void json_value::refuse_kind(char const* wanted) const {
  refuse((key_ != nullptr ? "'" + *key_ + "' must be " : std::string("must be ")) + wanted + ", and is " + spelled());
}

std::size_t json_value::unsigned_integer() const {
  if (auto const* const number = std::get_if<std::uint64_t>(&held_)) return *number;
  refuse_kind("an integer from 0 to 18446744073709551615");
}

bool json_value::boolean() const {
  if (auto const* const value = std::get_if<bool>(&held_)) return *value;
  refuse_kind("true or false");
}

std::string const& json_value::text() const {
  if (auto const* const value = std::get_if<std::string>(&held_)) return *value;
  refuse_kind("a string");
}

std::span<json_value const> json_value::elements() const {
  if (auto const* const value = std::get_if<array>(&held_)) return value->elements;
  refuse_kind("an array");
}

std::span<json_value const> json_value::members() const {
  if (auto const* const value = std::get_if<object>(&held_)) return value->members;
  refuse_kind("an object");
}

json_value const* json_value::find(std::string_view key) const {
  for (json_value const& member : members())
    if (member.key() == key) return &member;
  return nullptr;
}

json_value const& json_value::required(std::string_view key) const {
  if (json_value const* const member = find(key)) return *member;
  refuse("the key '" + std::string(key) + "' is missing");
}

void json_value::refuse_unknown_keys(std::initializer_list<std::string_view> known) const {
  for (json_value const& member : members()) {
    if (std::find(known.begin(), known.end(), member.key()) != known.end()) continue;
    std::string all;
    for (std::string_view const key : known) all += (all.empty() ? "" : ", ") + std::string(key);
    member.refuse_key("the key '" + shortened(std::string(member.key())) + "' is not known; known are " + all);
  }
}

namespace {

std::string contents(std::string const& path) {
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) throw input_error(path + ": is a directory");
  std::ifstream file(path, std::ios::binary);
  if (!file) throw input_error(path + ": cannot be opened");
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad()) throw input_error(path + ": cannot be read");
  return text;
}

}  // namespace

json_file::json_file(std::string const& path) : json_file(path, contents(path)) {}

json_file::json_file(std::string path, std::string_view text)
    : names_(std::make_unique<detail::json_names>(detail::json_names{std::move(path), {}})) {
  detail::json_reader reader(text, *names_);
  nlohmann::json::sax_parse(text, &reader);
  root_ = reader.take();
}

}  // namespace commfold::io
