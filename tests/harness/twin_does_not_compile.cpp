// complaint: the positive twin does not compile cleanly
// error: the reason

static_assert(false, "the reason");
