/*
 * Identifiers as mathematicians write them.
 */
#include "report/marked.h"

#include <ctype.h>
#include <string.h>

typedef struct {
    const char *name, *tex, *html;
} letter;

/* A longer name before its own beginning. */
static const letter greek[] = {
    {"Gamma", "\\Gamma", "\xce\x93"},
    {"Gam", "\\Gamma", "\xce\x93"},
    {"gamma", "\\gamma", "\xce\xb3"},
    {"gam", "\\gamma", "\xce\xb3"},
    {"Lambda", "\\Lambda", "\xce\x9b"},
    {"Lam", "\\Lambda", "\xce\x9b"},
    {"lambda", "\\lambda", "\xce\xbb"},
    {"lam", "\\lambda", "\xce\xbb"},
    {"Delta", "\\Delta", "\xce\x94"},
    {"delta", "\\delta", "\xce\xb4"},
    {"Sigma", "\\Sigma", "\xce\xa3"},
    {"sigma", "\\sigma", "\xcf\x83"},
    {"Theta", "\\Theta", "\xce\x98"},
    {"theta", "\\theta", "\xce\xb8"},
    {"Omega", "\\Omega", "\xce\xa9"},
    {"omega", "\\omega", "\xcf\x89"},
    {"Phi", "\\Phi", "\xce\xa6"},
    {"phi", "\\varphi", "\xcf\x86"},
    {"Psi", "\\Psi", "\xce\xa8"},
    {"psi", "\\psi", "\xcf\x88"},
    {"Pi", "\\Pi", "\xce\xa0"},
    {"pi", "\\pi", "\xcf\x80"},
    {"Xi", "\\Xi", "\xce\x9e"},
    {"xi", "\\xi", "\xce\xbe"},
    {"alpha", "\\alpha", "\xce\xb1"},
    {"beta", "\\beta", "\xce\xb2"},
    {"epsilon", "\\varepsilon", "\xce\xb5"},
    {"eps", "\\varepsilon", "\xce\xb5"},
    {"zeta", "\\zeta", "\xce\xb6"},
    {"eta", "\\eta", "\xce\xb7"},
    {"kappa", "\\kappa", "\xce\xba"},
    {"mu", "\\mu", "\xce\xbc"},
    {"nu", "\\nu", "\xce\xbd"},
    {"rho", "\\rho", "\xcf\x81"},
    {"tau", "\\tau", "\xcf\x84"},
    {"chi", "\\chi", "\xcf\x87"},
};

/* What may follow a letter as its subscript: digits, or q and digits, or nothing. */
static bool
is_subscript(const char *s, size_t len)
{
    size_t i = len > 0 && s[0] == '_' ? 1 : 0;

    if (i == 1) {
        for (; i < len; i++)
            if (!isalnum((unsigned char)s[i]))
                return false;
        return len > 1;
    }
    i = len > 0 && s[0] == 'q' ? 1 : 0;
    while (i < len && isdigit((unsigned char)s[i]))
        i++;
    return i == len;
}

static const letter *
greek_of(const char *s, size_t len, size_t *used)
{
    for (size_t i = 0; i < sizeof greek / sizeof *greek; i++) {
        const size_t n = strlen(greek[i].name);

        if (n <= len && memcmp(greek[i].name, s, n) == 0 &&
            (is_subscript(s + n, len - n) ||
             (len == n + 1 && isupper((unsigned char)s[n])))) {
            *used = n;
            return &greek[i];
        }
    }
    return NULL;
}

static void
put_subscript(aon_buf *out, aon_markup to, const char *s, size_t len)
{
    if (len > 0 && s[0] == '_') {
        s++;
        len--;
    }
    if (len == 0)
        return;
    aon_buf_puts(out, to == AON_TEX ? "_{" : "<sub>");
    aon_buf_put(out, s, len);
    aon_buf_puts(out, to == AON_TEX ? "}" : "</sub>");
}

static void
put_primes(aon_buf *out, aon_markup to, size_t n)
{
    while (n-- > 0)
        aon_buf_puts(out, to == AON_TEX ? "'" : "\xe2\x80\xb2");
}

void
aon_put_name(aon_buf *out, aon_markup to, const char *s, size_t len)
{
    size_t primes = 0, used = 1;
    const letter *l;

    while (len > 0 && s[len - 1] == '\'') {
        len--;
        primes++;
    }
    l = greek_of(s, len, &used);
    if (l != NULL) {
        aon_buf_puts(out, to == AON_TEX ? l->tex : l->html);
        if (to == AON_TEX && used == len && primes == 0)
            aon_buf_putc(out, ' '); /* ends the control word */
        put_subscript(out, to, s + used, len - used);
    } else if (len > 0 && isalpha((unsigned char)s[0]) &&
               is_subscript(s + 1, len - 1)) {
        aon_buf_printf(out, to == AON_TEX ? "%c" : "<i>%c</i>", s[0]);
        put_subscript(out, to, s + 1, len - 1);
    } else {
        aon_buf_puts(out, to == AON_TEX ? "\\mathrm{" : "");
        aon_put_text(out, to, s, len);
        aon_buf_puts(out, to == AON_TEX ? "}" : "");
    }
    put_primes(out, to, primes);
}

void
aon_put_embedding(aon_buf *out, aon_markup to, char letter_of, const char *model)
{
    const size_t len = strcspn(model, "'");

    aon_buf_printf(out, to == AON_TEX ? "%c" : "<i>%c</i>", letter_of);
    if (len != 1 || model[0] != 'm') { /* g of m0 is not g_0, which is g - g(y_0) */
        aon_buf_puts(out, to == AON_TEX ? "_{" : "<sub>");
        aon_put_name(out, to, model, len);
        aon_buf_puts(out, to == AON_TEX ? "}" : "</sub>");
    }
    put_primes(out, to, strlen(model) - len);
}
