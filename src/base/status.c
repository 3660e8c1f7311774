#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>

/* _Exit, not exit: we may be on any thread, with any lock held. */
void
aon_assert_failed(const char *cond, const char *file, int line)
{
    fprintf(stderr, "aon: internal error: %s:%d: %s\n", file, line, cond);
    fflush(stderr);
    _Exit(70);
}

void
aon_out_of_memory(void)
{
    fputs("aon: out of memory\n", stderr);
    fflush(stderr);
    _Exit(71);
}
