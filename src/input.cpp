// SPDX-License-Identifier: BSL-1.0
#include <src/input.hpp>

#include <src/input_error.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

namespace commfold::io {

namespace {

constexpr std::size_t too_much = std::size_t{1} << 30;

struct closer {
  void operator()(std::FILE* file) const noexcept {
    if (file != stdin) std::fclose(file);
  }
};

}  // namespace

std::string contents_of(std::string const& path) {
  bool const standard = path == "-";
  if (std::error_code ignored; !standard && std::filesystem::is_directory(path, ignored)) throw input_error(path, "is a directory");
  std::unique_ptr<std::FILE, closer> const file(standard ? stdin : std::fopen(path.c_str(), "rb"));
  if (!file) throw input_error(path, "cannot be opened");
  std::string text;
  constexpr std::size_t piece = std::size_t{1} << 16;
  for (std::size_t read = piece; read == piece;) {
    std::size_t const before = text.size();
    if (before == too_much) throw input_error(path, "holds 1 GiB or more; files of less are read");
    text.resize(before + piece);
    read = std::fread(text.data() + before, 1, piece, file.get());
    text.resize(before + read);
  }
  if (std::ferror(file.get())) throw input_error(path, "cannot be read: " + std::generic_category().message(errno));
  return text;
}

}  // namespace commfold::io
