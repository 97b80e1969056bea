// SPDX-License-Identifier: BSL-1.0
/// @file  tests/properties/generate.cpp
/// Writes a program that holds random trees against what the model of this generator says of them: sums, leaves and recorded calls, by
/// static_assert where the type tells, else at run time. The same seed gives the same program.
///
///   generate <seed>

#include "model.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using namespace properties;

std::string quoted(std::string const& text) { return '"' + text + '"'; }

/// As checks.hpp writes a leaf.
std::string text_of(leaf const& l) {
  if (l.of == nullptr) return quoted("other");
  return quoted(l.of->name + "[" + joined(l.extents, number) + "] of " + number(l.storage) + " B");
}

std::vector<leaf> tensors_of(value const& v) {
  std::vector<leaf> tensors;
  for (leaf const& l : v.leaves)
    if (l.of != nullptr) tensors.push_back(l);
  return tensors;
}

/// A collective over each tensor of a tree. Bytes are `in` and `out` times those of the tensor; the message is the larger side.
struct collective {
  std::string call;
  std::string op;
  bool divides;  ///< whether the group must divide dimension 0
  std::size_t (*in)(std::size_t bytes, std::size_t ranks);
  std::size_t (*out)(std::size_t bytes, std::size_t ranks);
};
constexpr auto same = [](std::size_t bytes, std::size_t) { return bytes; };
constexpr auto none = [](std::size_t, std::size_t) { return std::size_t{0}; };
std::vector<collective> const collectives = {
    {"all_reduce(t, cf::sum, g)", "_c10d_functional::all_reduce", false, same, same},
    {"broadcast(t, 1, g)", "_c10d_functional::broadcast", false, same, same},
    {"all_gather(t, g)", "_c10d_functional::all_gather_into_tensor", false, same,
     [](std::size_t bytes, std::size_t ranks) { return bytes * ranks; }},
    {"send(t, 1, g)", "c10d::send", false, same, none},
    {"recv(t, 1, g)", "c10d::recv_", false, none, same},
    {"reduce_scatter(t, cf::sum, g)", "_c10d_functional::reduce_scatter_tensor", true, same,
     [](std::size_t bytes, std::size_t ranks) { return bytes / ranks; }},
    {"all_to_all(t, g)", "_c10d_functional::all_to_all_single", true, same, same},
};

bool fits(collective const& c, shape const& s, std::vector<leaf> const& tensors, std::size_t ranks) {
  if (!c.divides) return true;
  return is_divided(s, ranks) &&
         std::all_of(tensors.begin(), tensors.end(), [&](leaf const& l) { return !l.extents.empty() && l.extents[0] % ranks == 0; });
}

class program {
 public:
  explicit program(std::size_t seed) : seed_(seed), dice_(seed), maker_(dice_) {}

  std::string text() {
    std::string cases, body;
    for (std::size_t n = 0; n != 3; ++n) {
      bool const fixed = n == 0;
      shape const s = maker_.any_tree(3, fixed);
      cases += one_case(n, s, fixed);
      body += "  case_" + number(n) + "::run();\n";
    }
    return "// Seed " + number(seed_) + ", written by tests/properties/generate.cpp.\n#include <tests/properties/checks.hpp>\n\n" +
           "enum class mode { a, b, c };\n" + maker_.definitions() + cases + "\nint main() {\n" + body +
           "  return properties::failures();\n}\n";
  }

 private:
  /// A tree of the type, its static_asserts, and a function that checks the rest.
  std::string one_case(std::size_t n, shape const& s, bool fixed) {
    value const v = maker_.any_value(s);
    std::vector<leaf> const tensors = tensors_of(v);
    std::size_t bytes = 0;
    for (leaf const& l : tensors) bytes += l.storage;
    std::string out = "\nnamespace case_" + number(n) + " {\nusing tree = " + s.text + ";\n";
    if (is_fixed(s) != fixed && fixed) throw std::runtime_error("a fixed type is not: " + s.text);
    if (is_fixed(s)) {
      out += "static_assert(std::is_same_v<properties::sum_of<tree>, cf::size_constant<" + number(bytes) + ">>);\n" +
             "static_assert(cf::sum_tensors_v<tree> == " + number(bytes) + ");\n" +
             "static_assert(cf::leaf_count<tree> == " + number(v.leaves.size()) + ");\n";
    } else if (is_run_time(s)) {
      out += "static_assert(!cf::static_size<properties::sum_of<tree>>);\n";
    }
    out += (fixed ? "constexpr tree made" : "inline tree make") + std::string(fixed ? " = " : "() { return ") + v.text +
           (fixed ? ";\n" : "; }\n");
    std::string const held = fixed ? "made" : "make()";
    out += "inline void run() {\n  properties::check(" + quoted("case " + number(n)) + ", " + held + ", " + number(bytes) + ", {" +
           joined(v.leaves, text_of) + "});\n" + "}\n";
    if (has_tensors(s)) out.insert(out.rfind("}\n"), calls(n, s, tensors, held, fixed));
    return out + "}  // namespace case_" + number(n) + "\n";
  }

  /// A step of a few collectives over the tree, and the calls that it must record.
  std::string calls(std::size_t n, shape const& s, std::vector<leaf> const& tensors, std::string const& held, bool fixed) {
    static std::vector<std::size_t> const sizes_of_groups = {2, 4, 3};
    std::size_t const ranks = dice_.any_of(sizes_of_groups);
    std::string body, expected;
    for (std::size_t done = 0; done != 3;) {
      collective const& c = dice_.any_of(collectives);
      if (!fits(c, s, tensors, ranks)) continue;
      ++done;
      bool const in_phase = dice_.one_in(2);
      body += in_phase ? "comm.phase(\"p\", [&] { comm." + c.call + "; }); " : "comm." + c.call + "; ";
      for (leaf const& l : tensors) {
        std::size_t const in = c.in(l.payload(), ranks);
        std::size_t const out = c.out(l.payload(), ranks);
        expected += (expected.empty() ? "{" : ", {") + quoted(c.op) + ", " + quoted(in_phase ? "p" : "") + ", " + quoted(l.of->name) +
                    ", " + number(ranks) + ", " + number(in) + ", " + number(out) + ", " + number(std::max(in, out)) + "}";
      }
    }
    std::string const group = "cf::process_group<\"g\", " + number(ranks) + "> g; ";
    std::string const step = "[](auto& comm, auto const& t) { constexpr " + group + body + "}";
    if (!fixed) return "  properties::check_calls(" + quoted("case " + number(n)) + ", " + step + ", " + held + ", {" + expected + "});\n";
    return "  static_assert(properties::calls_are(" + step + ", " + held + ", {" + expected + "}));\n";
  }

  std::size_t seed_;
  dice dice_;
  maker maker_;
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) throw std::runtime_error("usage: generate <seed>");
  std::cout << program(std::stoul(argv[1])).text();
  return std::cout.flush() ? EXIT_SUCCESS : EXIT_FAILURE;
} catch (std::exception const& e) {
  std::cerr << "error: " << e.what() << '\n';
  return EXIT_FAILURE;
}
