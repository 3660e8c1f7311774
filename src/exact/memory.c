/*
 * malloc for GMP, MPFR and FLINT, with aon_out_of_memory for a failure.
 */
#include "exact/memory.h"
#include "base/status.h"
#include "exact/compat.h"

#include <stdlib.h>

static void *
checked(void *p, size_t size)
{
    if (p == NULL && size > 0)
        aon_out_of_memory();
    return p;
}

static void *
allocate(size_t size)
{
    return checked(malloc(size), size);
}

static void *
allocate_zeroed(size_t n, size_t size)
{
    return checked(calloc(n, size), n > 0 ? size : 0);
}

static void *
reallocate(void *old, size_t size)
{
    return checked(realloc(old, size), size);
}

static void *
reallocate_number(void *old, size_t had, size_t size)
{
    (void)had;
    return reallocate(old, size);
}

static void
release_number(void *old, size_t had)
{
    (void)had;
    free(old);
}

void
aon_exact_memory(void)
{
    mp_set_memory_functions(allocate, reallocate_number, release_number);
    __flint_set_memory_functions(allocate, allocate_zeroed, reallocate, free);
}
