#ifndef CK_SHA256_H
#define CK_SHA256_H

#include <stddef.h>

/* FIPS 180-4: the digest of n bytes as 64 lower-case hexadecimal digits and a NUL. */
void ck_sha256(char out[65], const void *data, size_t n);

#endif
