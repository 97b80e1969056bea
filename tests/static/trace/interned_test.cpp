// SPDX-License-Identifier: BSL-1.0
#include <commfold/trace/interned.hpp>

#include <cstddef>
#include <string_view>

namespace {
namespace cf = commfold;

class names {
 public:
  constexpr cf::detail::sequence_index index_of(std::string_view name, std::size_t most = cf::dyn) {
    return all_.index_of({name.data(), name.size()}, most);
  }
  [[nodiscard]] constexpr std::string_view operator[](cf::detail::sequence_index at) const { return {all_[at].items, all_[at].size}; }
  [[nodiscard]] constexpr std::size_t size() const { return all_.items().size(); }

 private:
  cf::detail::interned<char> all_;
};

/// A name of this length that differs from others of its length.
struct numbered {
  char text[20000] = {};
  constexpr numbered(std::size_t size, char last) {
    for (std::size_t i = 0; i != size; ++i) text[i] = 'x';
    if (size != 0) text[size - 1] = last;
  }
};

// A name has one index, whatever array it stands in, and two names have two, even where they have one hash while compiling.
static_assert([] {
  names all;
  char const again[] = {'d', 'p'};
  auto const dp = all.index_of("dp"), tp = all.index_of("tp"), other = all.index_of("aXXb"), third = all.index_of("bXXb");
  return all.index_of({again, 2}) == dp && dp != tp && other != third && all[dp] == "dp" && all[tp] == "tp" && all[third] == "bXXb";
}());

// The empty name is 0 and takes no room.
static_assert(names().index_of("") == 0 && names()[0].empty() && [] {
  names all;
  all.index_of("a");
  std::size_t const before = all.size();
  return all.index_of("") == 0 && all.size() == before;
}());

// A zero is a character.
static_assert([] {
  names all;
  auto const zero = all.index_of(std::string_view("\0", 1)), zeros = all.index_of(std::string_view("\0\0", 2));
  return zero != zeros && all[zero].size() == 1 && all[zeros].size() == 2;
}());

// Lengths of one digit and of more: up to 127, to 16383, and above.
static_assert([] {
  constexpr std::size_t sizes[] = {1, 126, 127, 128, 129, 255, 256, 16383, 16384};
  names all;
  cf::detail::sequence_index first[9] = {}, second[9] = {};
  for (std::size_t i = 0; i != 9; ++i) {
    first[i] = all.index_of({numbered(sizes[i], 'a').text, sizes[i]});
    second[i] = all.index_of({numbered(sizes[i], 'b').text, sizes[i]});
  }
  for (std::size_t i = 0; i != 9; ++i) {
    if (all[first[i]].size() != sizes[i] || all[first[i]].back() != 'a') return false;
    if (all[second[i]].size() != sizes[i] || all[second[i]].back() != 'b') return false;
  }
  return true;
}());

// Three digits, 7 bits each, the lowest first: 0 + 0 x 128 + 2 x 128 x 128. What says that another digit follows is no part of one.
constexpr char size_of_32768[] = {0, static_cast<char>(0x80), static_cast<char>(0x80), 2};
static_assert(cf::detail::sequence_at(size_of_32768, 1).size == 32768 &&
              cf::detail::sequence_at(size_of_32768, 1).items == size_of_32768 + 4);
constexpr char size_of_16511[] = {0, static_cast<char>(0xff), static_cast<char>(0x80), 1};
static_assert(cf::detail::sequence_at(size_of_16511, 1).size == 16511);

// Many: each is found again after the table has grown over them.
static_assert([] {
  names all;
  cf::detail::sequence_index first[100] = {};
  for (std::size_t i = 0; i != 100; ++i) first[i] = all.index_of({numbered(1 + i % 10, static_cast<char>('0' + i / 10)).text, 1 + i % 10});
  std::size_t const size = all.size();
  for (std::size_t i = 0; i != 100; ++i)
    if (all.index_of({numbered(1 + i % 10, static_cast<char>('0' + i / 10)).text, 1 + i % 10}) != first[i]) return false;
  return all.size() == size;
}());

// What exceeds the room is not added, and what is there is found all the same; room for exactly so many is room: one item is index 0's.
static_assert([] {
  names all;
  auto const dp = all.index_of("dp", 4);
  return dp != 0 && all.size() == 4 && all.index_of("t", 5) == 0 && all.index_of("dp", 0) == dp && all.size() == 4 &&
         all.index_of("t", 6) != 0;
}());

// A part of what is kept can be added itself.
static_assert([] {
  names all;
  auto const whole = all.index_of("layer/attention/wq");
  auto const part = all.index_of(all[whole].substr(0, 15));
  return all[part] == "layer/attention" && all[whole] == "layer/attention/wq";
}());

// Numbers, too; those of lists that end alike are told apart.
static_assert([] {
  cf::detail::interned<std::size_t> all;
  constexpr std::size_t a[] = {1, 2, cf::dyn}, b[] = {9, 2, cf::dyn};
  auto const of_a = all.index_of({a, 3}), of_b = all.index_of({b, 3});
  return of_a != of_b && all.index_of({a, 3}) == of_a && all[of_b].size == 3 && all[of_b].items[0] == 9 && all[of_b].items[2] == cf::dyn;
}());

}  // namespace
