// error: too small

template <class T>
void f() {
  static_assert(sizeof(T) > 1, "too small");
}

#ifdef SHOULD_FAIL
template void f<char>();
#else
template void f<int>();
#endif
