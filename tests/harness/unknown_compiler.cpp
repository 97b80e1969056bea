// complaint: knows no compiler 'msvc'
// error: the reason
// error[msvc]: the reason

#ifdef SHOULD_FAIL
static_assert(false, "the reason");
#endif
