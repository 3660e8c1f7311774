/* SHA-256, FIPS 180-4; the constants are computed from their definition. */
#include <gmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

static uint32_t rotate(uint32_t x, int n) { return x >> n | x << (32 - n); }

/* The first 32 bits of the fractional part of the e-th root of p, e = 2 or 3. */
static uint32_t root_bits(unsigned p, unsigned e) {
    mpz_t t;
    uint32_t r;

    mpz_init_set_ui(t, p);
    mpz_mul_2exp(t, t, (mp_bitcnt_t)32 * e);
    mpz_root(t, t, e);
    r = (uint32_t)(mpz_get_ui(t) & 0xffffffff);
    mpz_clear(t);
    return r;
}

static void compress(uint32_t h[8], const uint32_t k[64], const unsigned char *p) {
    uint32_t w[64], v[8];

    for (int i = 0; i < 16; i++, p += 4)
        w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];

        w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] +
               (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
    memcpy(v, h, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t a = v[0], e = v[4];
        uint32_t t1 = v[7] + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
                      ((e & v[5]) ^ (~e & v[6])) + k[i] + w[i];
        uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
                      ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));

        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += t1;
        v[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) h[i] += v[i];
}

void ck_sha256(char out[65], const void *data, size_t n) {
    uint32_t h[8], k[64];
    unsigned char last[128] = {0};
    const unsigned char *p = data;
    size_t rest = n % 64, tail = rest < 56 ? 64 : 128;

    for (unsigned prime = 2, found = 0; found < 64; prime++) {
        unsigned d = 2;

        while (d < prime && prime % d != 0) d++;
        if (d < prime) continue;
        if (found < 8) h[found] = root_bits(prime, 2);
        k[found++] = root_bits(prime, 3);
    }
    for (size_t i = 0; i + 64 <= n; i += 64) compress(h, k, p + i);
    if (rest > 0) memcpy(last, p + (n - rest), rest);
    last[rest] = 0x80;
    for (size_t i = 0; i < 8; i++) last[tail - 1 - i] = (unsigned char)((uint64_t)n * 8 >> (8 * i));
    for (size_t i = 0; i < tail; i += 64) compress(h, k, last + i);
    for (int i = 0; i < 8; i++) snprintf(out + 8 * i, 9, "%08x", h[i]);
}
