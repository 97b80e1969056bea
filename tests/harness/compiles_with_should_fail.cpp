// complaint: compiles with SHOULD_FAIL
// error: never said

#ifdef SHOULD_FAIL
static_assert(true, "never said");
#endif
