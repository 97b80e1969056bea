// SPDX-License-Identifier: BSL-1.0
#include <src/output.hpp>

#include <src/message.hpp>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

namespace commfold::io {

namespace {

namespace fs = std::filesystem;

struct closer {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using file_handle = std::unique_ptr<std::FILE, closer>;

[[noreturn]] void refuse(std::string const& path, std::error_code const& why) {
  throw output_error(message_about(path, {}, "cannot be written: " + why.message()));
}

std::error_code last_error() { return {errno, std::generic_category()}; }

/// A text is written once the file is flushed and closed without an error.
std::error_code write_and_close(file_handle file, std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() || std::fflush(file.get()) != 0) return last_error();
  if (std::fclose(file.release()) != 0) return last_error();
  return {};
}

/// A new file beside the target: on the same file system, so that it can replace it. Removed by the destructor unless it did.
class unfinished_file {
 public:
  explicit unfinished_file(fs::path const& target) {
    // A file of that name belongs to another run, or is left by one that was killed: the next number is tried.
    for (int n = 0; !file_; ++n) {
      path_ = target;
      path_ += ".unfinished-" + std::to_string(n);
      file_.reset(std::fopen(path_.c_str(), "wbx"));
      if (!file_ && (errno != EEXIST || n == 1000)) {
        why_ = last_error();
        return;
      }
    }
    exists_ = true;
  }
  unfinished_file(unfinished_file const&) = delete;
  unfinished_file& operator=(unfinished_file const&) = delete;
  ~unfinished_file() {
    std::error_code ignored;
    if (exists_) fs::remove(path_, ignored);
  }

  void write(std::string_view text) {
    if (!why_) why_ = write_and_close(std::move(file_), text);
  }
  void become(fs::path const& target, fs::file_status const& before) {
    if (!why_ && fs::exists(before)) fs::permissions(path_, before.permissions(), why_);
    if (!why_) fs::rename(path_, target, why_);
    exists_ = exists_ && why_;
  }
  [[nodiscard]] std::error_code const& why_not() const noexcept { return why_; }

 private:
  fs::path path_;
  file_handle file_;
  std::error_code why_;
  bool exists_ = false;
};

}  // namespace

void write_file(std::string const& path, std::string_view text) {
  fs::path target = path;
  std::error_code why;
  fs::file_status const before = fs::status(target, why);
  if (before.type() == fs::file_type::none) refuse(path, why);
  if (fs::is_directory(before)) throw output_error(message_about(path, {}, "is a directory"));
  if (fs::exists(before)) {
    // Replacing a file asks for no permission to write it, so it is opened to find out.
    file_handle there(std::fopen(path.c_str(), fs::is_regular_file(before) ? "rb+" : "wb"));
    if (!there) refuse(path, last_error());
    if (!fs::is_regular_file(before)) {
      if (std::error_code const failed = write_and_close(std::move(there), text)) refuse(path, failed);
      return;
    }
  }
  // Of a symbolic link the file behind it is replaced, which need not exist.
  while (fs::is_symlink(target, why)) target = target.parent_path() / fs::read_symlink(target, why);

  unfinished_file file(target);
  file.write(text);
  file.become(target, before);
  if (file.why_not()) refuse(path, file.why_not());
}

void write_standard_output(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) refuse("standard output", last_error());
}

}  // namespace commfold::io
