// complaint: no error matches 'looked for'
// error: looked for

#ifdef SHOULD_FAIL
int i = "";  // looked for
#endif
