// error: first
// error: second
// cascades: two assertions, on purpose

#ifdef SHOULD_FAIL
static_assert(false, "first");
static_assert(false, "second");
#endif
