// complaint: says no error

#ifdef SHOULD_FAIL
static_assert(false, "the reason");
#endif
