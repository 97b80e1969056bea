// SPDX-License-Identifier: BSL-1.0
// The classes that are leaves though no user declares them, and classes that only look like them and could hold a tensor.
#include <commfold/tree/nodes/known_leaves.hpp>

#include <commfold/tensor/tensor.hpp>

#include <atomic>
#include <bitset>
#include <chrono>
#include <complex>
#include <filesystem>
#include <string>
#include <string_view>
#include <valarray>
#include <vector>

namespace {
using namespace commfold::detail;
using t4 = commfold::tensor<commfold::f32, 4>;

static_assert(text_class<std::string> && text_class<std::u16string> && text_class<std::string_view> && text_class<std::wstring_view>);
static_assert(text_class<std::filesystem::path> && !text_class<std::vector<char>> && !text_class<t4>);
static_assert(time_class<std::chrono::seconds> && time_class<std::chrono::duration<double>> &&
              time_class<std::chrono::system_clock::time_point>);
static_assert(complex_class<std::complex<double>> && !complex_class<std::valarray<double>> && !complex_class<std::vector<float>>);
static_assert(bits_class<std::bitset<64>> && !bits_class<std::vector<bool>>);

// Atomic numbers, enums too; an atomic of a class may be one of a tensor.
enum class color : unsigned char { red };
struct pair_of {
  t4 a;
  int b;
};
static_assert(atomic_class<std::atomic<int>> && atomic_class<std::atomic<bool>> && atomic_class<std::atomic<color>>);
static_assert(!atomic_class<std::atomic<pair_of>> && !known_leaf_class<std::atomic<pair_of>>);

// A complex number of tensors is none, nor is one that has its parts and no value type.
struct of_tensors {
  using value_type = t4;
  t4 real() const;
  t4 imag() const;
};
struct without_value_type {
  double real() const;
  double imag() const;
};
static_assert(!complex_class<of_tensors> && !complex_class<without_value_type> && !known_leaf_class<of_tensors>);

// A class that offers the same and has a tensor beside it is none of them.
struct named {
  char const* c_str() const;
  t4 w;
};
struct text_and_tensor {
  using value_type = char;
  char const* c_str() const;
  t4 w;
};
class field {
 public:
  using value_type = float;
  explicit field(int);
  float real() const;
  float imag() const;

 private:
  float parts_[2];
  commfold::tensor<commfold::f32, commfold::dyn> w_;
};
class countdown {
 public:
  using rep = long;
  using period = int;
  explicit countdown(int);

 private:
  rep left_;
  commfold::tensor<commfold::f32, commfold::dyn> w_;
};
static_assert(!known_leaf_class<named> && !known_leaf_class<text_and_tensor> && !known_leaf_class<field> && !known_leaf_class<countdown>);

// Together.
static_assert(known_leaf_class<std::string> && known_leaf_class<std::chrono::hours> && known_leaf_class<std::complex<float>> &&
              known_leaf_class<std::atomic<long>> && known_leaf_class<std::bitset<1>>);
static_assert(!known_leaf_class<t4> && !known_leaf_class<std::vector<int>> && !known_leaf_class<pair_of>);

}  // namespace
