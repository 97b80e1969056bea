// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  benchmarks/suite/process.hpp
/// One run of a command: what it printed, and the processor time and memory that it and its children took, as the kernel counted them.

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace bench {

/// What a run may take before the kernel stops it.
struct limits {
  unsigned seconds = 20;
  std::size_t gigabytes = 8;
};

struct process {
  bool succeeded = false;
  bool stopped = false;  ///< by a limit
  double seconds = 0;    ///< user and system
  double megabytes = 0;  ///< the most that was resident at once, in one process
  std::string printed;   ///< to either stream
};

namespace detail {

inline double seconds_of(timeval const& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6; }

inline bool says_limit(std::string const& printed) {
  for (char const* words : {"CPU time limit", "out of memory", "memory exhausted", "bad_alloc"})
    if (printed.find(words) != std::string::npos) return true;
  return false;
}

/// Whether a run was ended by a limit. A driver as g++ reports the signal of its child in its own words, so the time is looked at, too; 90
/// % of the limit, as the kernel counts in ticks.
inline bool ended_by_limit(int status, double seconds, std::string const& printed, limits const& most) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return false;
  return (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) || seconds >= 0.9 * most.seconds || says_limit(printed);
}

[[noreturn]] inline void become(std::vector<std::string> const& command, limits const& most, int output) {
  rlimit const cpu{most.seconds, most.seconds + 1};
  rlimit const memory{most.gigabytes << 30, most.gigabytes << 30};
  ::setrlimit(RLIMIT_CPU, &cpu);
  ::setrlimit(RLIMIT_AS, &memory);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::setenv("LC_ALL", "C", 1);
  std::vector<char*> arguments;
  for (std::string const& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace detail

/// Runs a command to its end.
inline process run(std::vector<std::string> const& command, limits const& most = {}) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  pid_t const child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) detail::become(command, most, ends[1]);
  ::close(ends[1]);

  process p;
  std::array<char, 1 << 16> buffer;
  for (;;) {
    ssize_t const n = ::read(ends[0], buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    p.printed.append(buffer.data(), static_cast<std::size_t>(n));
  }
  ::close(ends[0]);

  int status = 0;
  rusage used{};
  while (::wait4(child, &status, 0, &used) < 0)
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "wait4");
  p.seconds = detail::seconds_of(used.ru_utime) + detail::seconds_of(used.ru_stime);
  p.megabytes = static_cast<double>(used.ru_maxrss) / 1024;
  p.succeeded = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  p.stopped = detail::ended_by_limit(status, p.seconds, p.printed, most);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) throw std::runtime_error("cannot run " + command.front());
  return p;
}

/// The first line of a compiler's output that is an error, without the place, which is of this machine; `refused` where there is none.
inline std::string first_error(std::string const& printed) {
  for (std::size_t at = 0; at < printed.size();) {
    std::size_t const end = std::min(printed.find('\n', at), printed.size());
    std::string const line = printed.substr(at, end - at);
    if (std::size_t const found = line.find("error: "); found != std::string::npos) return line.substr(found + 7, 160);
    at = end + 1;
  }
  return "refused";
}

}  // namespace bench
