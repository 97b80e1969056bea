// complaint: compiles with SHOULD_FAIL
// error: unused

#ifdef SHOULD_FAIL
[[nodiscard]] int f();
void g() { f(); }
#endif
