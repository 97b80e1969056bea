// error: a \[bracket; a semicolon.*note
// error[gcc]: required from here
// error[clang]: requested here

template <class T>
void f() {
  static_assert(sizeof(T) > 1, "a [bracket; a semicolon");
}

#ifdef SHOULD_FAIL
template void f<char>();
#else
template void f<int>();
#endif
