#include "lang/core.h"
aon_status
aon_format(aon_buf *out, const char *name, const char *text, size_t len, aon_diags *diags)
{
    (void)out; (void)name; (void)text; (void)len; (void)diags;
    return AON_ELIMIT;
}
