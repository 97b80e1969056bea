// complaint: no error matches 'the other reason'
// error: the reason
// error: the other reason

#ifdef SHOULD_FAIL
static_assert(false, "the reason");
#endif
