// SPDX-License-Identifier: BSL-1.0
#pragma once
/// @file  commfold/wire/placement.hpp
/// Which ranks share a node, an NVLink domain or a rack: `placement`.

#include <commfold/error.hpp>
#include <commfold/size/size_constant.hpp>
#include <commfold/text/nearest_names.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace commfold::wire {

/// Ranks with something in common, as the eight of a node: `{"node", 8}`. Ranks 0 to 7 are in the first one, 8 to 15 in the second.
struct domain {
  std::string_view name{};
  std::size_t ranks = 0;
};

/// How the ranks of a program lie in domains, the smallest domain first: `{{"node", 8}, {"rack", 32}}`. Each pair of ranks has a link
/// class: 0 within a domain of the first kind, 1 within one of the second but not of the first, and so on; with n kinds of domain, class n
/// lies beyond all of them. A placement without domains has one class.
///
/// Refused with `invalid_argument`: a domain without ranks or a name, a name twice, a domain that does not hold a whole number of the
/// domains before it, more than `most_domains` kinds.
class placement {
 public:
  static constexpr std::size_t most_domains = 7;
  static constexpr std::size_t most_classes = most_domains + 1;

  constexpr placement() = default;
  constexpr placement(std::initializer_list<domain> smallest_first) {
    for (domain const& one : smallest_first) add(one);
  }

  /// With one more kind of domain, outside those that are there.
  constexpr void add(domain const& one) {
    constexpr char const* where = "commfold::wire::placement";
    if (one.name.empty() || one.ranks == 0)
      commfold::detail::fail<invalid_argument>(where, "a domain has a name and at least one rank, not '{}' and {}", one.name, one.ranks);
    if (size_ == most_domains) commfold::detail::fail<invalid_argument>(where, "there are at most {} kinds of domain", most_domains);
    for (std::size_t i = 0; i != size_; ++i)
      if (domains_[i].name == one.name) commfold::detail::fail<invalid_argument>(where, "two kinds of domain are called '{}'", one.name);
    if (size_ != 0 && one.ranks % domains_[size_ - 1].ranks != 0)
      commfold::detail::fail<invalid_argument>(where, "a '{}' of {} ranks does not hold a whole number of '{}' of {} ranks", one.name,
                                               one.ranks, domains_[size_ - 1].name, domains_[size_ - 1].ranks);
    domains_[size_++] = one;
  }

  /// The number of link classes: one more than there are kinds of domain.
  [[nodiscard]] constexpr std::size_t link_classes() const noexcept { return size_ + 1; }
  /// The number of kinds of domain, and one of them, from the smallest.
  [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
  [[nodiscard]] constexpr domain const& operator[](std::size_t i) const noexcept { return domains_[i]; }

  /// The class of the link between two ranks.
  [[nodiscard]] constexpr std::size_t link_class(std::size_t a, std::size_t b) const noexcept {
    std::size_t at = 0;
    while (at != size_ && !share(domains_[at].ranks, a, b)) ++at;
    return at;
  }

  /// The position of a kind of domain; `invalid_argument` with the nearest name for one that is not there.
  [[nodiscard]] constexpr std::size_t index_of(std::string_view name) const {
    for (std::size_t i = 0; i != size_; ++i)
      if (domains_[i].name == name) return i;
    commfold::detail::fail<invalid_argument>("commfold::wire::placement", "there is no domain called '{}'", name);
  }

 private:
  /// One division and no two: this is asked for each rank, call and peer. Of a rank below the domain the difference wraps around.
  static constexpr bool share(std::size_t ranks, std::size_t a, std::size_t b) noexcept { return b - (a - a % ranks) < ranks; }

  domain domains_[most_domains]{};
  std::size_t size_ = 0;
};

}  // namespace commfold::wire
