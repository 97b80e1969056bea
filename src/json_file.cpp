// SPDX-License-Identifier: BSL-1.0
#include <src/json_file.hpp>

#include <src/input.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace commfold::io {

namespace {

constexpr std::size_t deepest = 64;  // a deeper value could exhaust the stack: it is destroyed recursively

std::string spelled(place at) { return ":" + std::to_string(at.line) + ":" + std::to_string(at.column); }

[[noreturn]] void refuse_at(std::string const& file, place at, std::string_view what) { throw input_error(file, what, spelled(at)); }

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

/// The place of a byte of a text.
place place_of(std::string_view text, std::size_t byte) {
  walker to(text);
  while (!to.at_end() && to.at() < byte) to.step();
  return to.here();
}

struct token {
  place at;
  std::size_t begin;
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
    return {at, begin, text_.substr(begin, walker_.at() - begin)};
  }

 private:
  std::string_view text_;
  walker walker_;
};

/// The text with a 0 in the place of each word of Python's for a number that JSON has not, and of the same length. nlohmann's parser would
/// refuse the word; the token walker finds it in the text as it is written.
std::string with_plain_numbers(std::string_view text) {
  std::string plain(text);
  if (text.find("NaN") == text.npos && text.find("Infinity") == text.npos) return plain;
  token_walker tokens(text);
  for (token at = tokens.next(); !at.text.empty(); at = tokens.next())
    if (at.text == "NaN" || at.text == "Infinity" || at.text == "-Infinity")
      plain.replace(at.begin, at.text.size(), "0" + std::string(at.text.size() - 1, ' '));
  return plain;
}

}  // namespace

namespace detail {

/// Builds the tree from the events of nlohmann's parser. Each event is one token, whose place the token walker knows.
class json_reader : public nlohmann::json::json_sax_t {
 public:
  json_reader(std::string_view text, json_names& names) : text_(text), tokens_(text), names_(names) {}

  json_value take() { return std::move(root_); }

  bool null() override { return put(tokens_.next(), std::monostate{}); }
  bool boolean(bool value) override { return put(tokens_.next(), value); }
  bool number_unsigned(number_unsigned_t value) override {
    token const from = tokens_.next();
    bool const digits = from.text.find_first_not_of("0123456789") == from.text.npos;
    return digits ? put(from, std::uint64_t{value}) : put_as_written(from);
  }
  bool number_integer(number_integer_t) override { return put_as_written(tokens_.next()); }
  bool number_float(number_float_t, string_t const&) override { return put_as_written(tokens_.next()); }
  bool string(string_t& value) override { return put(tokens_.next(), std::move(value)); }
  bool binary(binary_t&) override { return false; }  // no JSON text holds one
  bool start_object(std::size_t) override { return open(json_value::object{}); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(json_value::array{}); }
  bool end_array() override { return close(); }

  bool key(string_t& value) override {
    key_at_ = tokens_.next().at;
    key_ = &*names_.keys.insert(value).first;
    if (keys_.back().insert(key_).second) return true;
    auto const& members = std::get<json_value::object>(open_.back().held_).members;
    place const first = std::find_if(members.begin(), members.end(), [&](json_value const& m) { return m.key_ == key_; })->key_at_;
    refuse_at(names_.file, key_at_,
              "the key '" + shortened(value) + "' is given twice, first in line " + std::to_string(first.line) + ", column " +
                  std::to_string(first.column));
  }

  bool parse_error(std::size_t read, std::string const&, nlohmann::json::exception const& error) override {
    // In our words: releases of the parser differ in theirs.
    if (text_.find_first_not_of(" \t\r\n") == text_.npos) refuse_at(names_.file, walker(text_).here(), "is no JSON: the file is empty");
    if (dynamic_cast<nlohmann::json::out_of_range const*>(&error) != nullptr) {
      token const number = tokens_.next();
      refuse_at(names_.file, number.at, "the number " + shortened(std::string(number.text)) + " is too large to be read");
    }
    std::string what = error.what();
    // The parser's message opens with an identifier in brackets and a place of its own,
    if (std::size_t const end = what.find("] "); end != std::string::npos) what.erase(0, end + 2);
    if (std::size_t const end = what.find(": "); end != std::string::npos && what.starts_with("parse error at ")) what.erase(0, end + 2);
    // and ends with what was read last, which may be the whole file.
    // The last character that was read is the wrong one.
    refuse_at(names_.file, place_of(text_, read == 0 ? 0 : read - 1), "is no JSON: " + what.substr(0, what.find("; last read: ")));
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
  bool put_as_written(token const& from) { return put(from, json_value::number_as_written{std::string(from.text)}); }

  template <class Held>
  bool open(Held&& held) {
    token const from = tokens_.next();
    if (open_.size() == deepest) refuse_at(names_.file, from.at, "is nested more than " + std::to_string(deepest) + " deep");
    open_.push_back(made(from, std::forward<Held>(held)));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    tokens_.next();
    json_value whole = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return put(std::move(whole));
  }

  std::string_view text_;
  token_walker tokens_;
  json_names& names_;
  json_value root_;
  std::vector<json_value> open_;
  std::vector<std::set<std::string const*>> keys_;  // of each that is open
  std::string const* key_ = nullptr;
  place key_at_;
};

}  // namespace detail

std::string json_value::told(std::string_view what) const { return message_about(names_->file, io::spelled(at_), what); }
void json_value::refuse(std::string const& what) const { refuse_at(names_->file, at_, what); }
void json_value::refuse_key(std::string const& what) const { refuse_at(names_->file, key_ != nullptr ? key_at_ : at_, what); }

bool json_value::is_nothing() const noexcept {
  struct asker {
    bool operator()(std::monostate) const { return true; }
    bool operator()(bool value) const { return !value; }
    bool operator()(std::uint64_t value) const { return value == 0; }
    bool operator()(number_as_written const& value) const { return value.text.find_first_not_of("-0.") == std::string::npos; }
    bool operator()(std::string const& value) const { return value.empty(); }
    bool operator()(array const& value) const { return value.elements.empty(); }
    bool operator()(object const& value) const { return value.members.empty(); }
  };
  return std::visit(asker{}, held_);
}

std::string json_value::number() const {
  if (auto const* const whole = std::get_if<std::uint64_t>(&held_)) return std::to_string(*whole);
  auto const* const other = std::get_if<number_as_written>(&held_);
  return other != nullptr ? other->text : "";
}

std::string json_value::spelled() const {
  struct speller {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::uint64_t value) const { return std::to_string(value); }
    std::string operator()(number_as_written const& value) const { return value.text; }
    std::string operator()(std::string const& value) const {
      constexpr std::size_t enough = 64;  // a string may be as long as a file, and the rest would be cut off
      return nlohmann::json(value.substr(0, enough)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    }
    std::string operator()(array const&) const { return "an array"; }
    std::string operator()(object const&) const { return "an object"; }
  };
  return shortened(std::visit(speller{}, held_));
}

void json_value::refuse_kind(std::string const& wanted) const {
  refuse((key_ != nullptr ? "'" + shortened(*key_) + "' must be " : std::string("must be ")) + wanted + ", and is " + spelled());
}

std::size_t json_value::unsigned_integer() const {
  auto const* const number = std::get_if<std::uint64_t>(&held_);
  if (number != nullptr && std::in_range<std::size_t>(*number)) return static_cast<std::size_t>(*number);
  refuse_kind("an integer from 0 to " + std::to_string(std::numeric_limits<std::size_t>::max()));
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
    member.refuse_key("the key '" + shortened(member.key()) + "' is not known; known are " + all);
  }
}

json_file::json_file(std::string const& path) : json_file(path, contents_of(path)) {}

json_file::json_file(std::string path, std::string_view text)
    : names_(std::make_unique<detail::json_names>(detail::json_names{std::move(path), {}})) {
  // To nlohmann's parser a NUL is the end of the text.
  if (std::size_t const nul = text.find('\0'); nul != text.npos)
    refuse_at(names_->file, place_of(text, nul), "is no JSON: holds the byte 0");
  detail::json_reader reader(text, *names_);
  nlohmann::json::sax_parse(with_plain_numbers(text), &reader);
  root_ = reader.take();
}

}  // namespace commfold::io
