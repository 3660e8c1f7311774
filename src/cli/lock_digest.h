/*
 * Internal to cli/: digests of texts, for lock files.
 */
#ifndef AON_CLI_LOCK_DIGEST_H
#define AON_CLI_LOCK_DIGEST_H

#include <stddef.h>

enum { AON_DIGEST_LEN = 64 };

/* SHA-256 (FIPS 180-4) of n bytes as 64 lower-case hexadecimal digits and a NUL. */
void aon_digest(char out[AON_DIGEST_LEN + 1], const void *data, size_t n);

#endif
