// complaint: 2 errors where there should be one
// error: the reason

#ifdef SHOULD_FAIL
static_assert(false, "the reason");
static_assert(false, "and another");
#endif
