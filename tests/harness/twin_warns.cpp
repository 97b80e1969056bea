// complaint: the positive twin does not compile cleanly
// error: the reason

[[nodiscard]] int f();
void g() { f(); }

#ifdef SHOULD_FAIL
static_assert(false, "the reason");
#endif
