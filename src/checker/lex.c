/* Tokens, and reading them: language.md, section 1. */
#include "elab.h"

enum { MAX_DIGITS = 1000, MAX_FILE = 1 << 20 };

static const char reserved[] =
    " library report statement def cite note use given in let assume weaken show expect"
    " forall exists and or not sum span proj image perp dim tr colspace rowspace id all X Y"
    " base scalar vector matrix subspace model token context query tokens contexts ";

/* Signs, the longest first; other spellings, each in front of what it means. */
static const char signs[] =
    "<-> -> := != <= < > = + - * & ( ) { } [ ] , . : / # | "
    "∀forall ∃exists ∈in ∧and ∨or ¬not →-> ↔<-> ≠!= ≤<= ⊆<= ⟨< ⟩> ·* ∩& −- ∑sum ≔:= ";
static const char greek[] = "ΓGam ΛLam βbeta λlam ";

void ck_fail(const ck_tok *t, const char *slug, const char *what) {
    long line = 1, column = 1;

    for (const char *s = t->file; s < t->at; s++) {
        column = *s == '\n' ? 1 : column + ((*s & 0xc0) != 0x80);
        line += *s == '\n';
    }
    ck_stop(CK_EXIT_UNREADABLE, "%s:%ld:%ld: error: %.399s [%s]", t->path, line, column, what,
            slug);
}

/* ---- making them ---- */

static const char digits[] = "0123456789";

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Bytes of the sign or spelling of this list at s, 0 if there is none; what it means is appended. */
static size_t spelled(const char *list, const char *s, ck_text *out) {
    for (; *list != '\0'; list = strchr(list, ' ') + 1) {
        size_t all = strcspn(list, " "), other = 0;

        while ((list[other] & 0x80) != 0) other++;
        if (strncmp(s, list, other > 0 ? other : all) != 0) continue;
        ck_put(out, "%.*s", (int)(all - other), list + other);
        return other > 0 ? other : all;
    }
    return 0;
}

/* Bytes of the letter of a name at s, or of what may come behind the first one; its ASCII spelling
   is appended. 0: there is none. */
static size_t letter(const char *s, bool first, ck_text *out) {
    bool ascii = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') ||
                 (!first && (is_digit(*s) || *s == '_'));

    if (ascii) ck_put(out, "%c", *s);
    return ascii ? 1 : spelled(greek, s, out);
}

/* Bytes of the number at s. */
static size_t number(ck_tok *tok, const char *s) {
    size_t n = strspn(s, digits), m = s[n] == '/' ? strspn(s + n + 1, digits) : 0;
    const char *end = s + n + (m > 0 ? m + 1 : 0);

    if (n > MAX_DIGITS || m > MAX_DIGITS || (n > 1 && s[0] == '0') || (m > 0 && s[n + 1] == '0') ||
        letter(end, false, &(ck_text){0}) > 0 || *end == '\'' ||
        ((*end == '.' || *end == '/') && is_digit(end[1])))
        ck_error(tok, "number", "a malformed number");
    tok->kind = m > 0 ? 'r' : 'i';
    return (size_t)(end - s);
}

/* Bytes up to the quote that ends the string at s. */
static size_t string(ck_tok *tok, const char *s) {
    size_t n = 1;

    for (; s[n] != '"'; n++)
        if ((s[n] >= 0 && s[n] < 32) || s[n] == 127)
            ck_error(tok, "string", "an unfinished string");
    tok->kind = 's';
    return n;
}

/* Reads the token at s; its bytes. */
static size_t token(ck_tok *tok, const char *s) {
    ck_text text = {0}; /* if it is another one than is written */
    size_t n = 0, quote = *s == '"';

    for (size_t more = 1; more > 0; n += more) more = letter(s + n, n == 0, &text);
    for (; n > 0 && s[n] == '\''; n++) ck_put(&text, "'");
    if (n > 0) {
        tok->kind = strstr(reserved, ck_print(" %s ", text.s)) != NULL ? 'k' : 'n';
    } else if (quote || is_digit(*s)) {
        n = quote ? string(tok, s) : number(tok, s);
    } else {
        n = spelled(signs, s, &text);
        if (n == 0) ck_error(tok, "character", "a character that starts no token");
        tok->kind = 'k';
    }
    tok->text = text.n > 0 ? ck_intern(text.s, text.n) : ck_intern(s + quote, n - quote);
    return n + quote;
}

ck_tok *ck_lex(const char *path) {
    size_t len;
    const char *s = ck_read_file(path, MAX_FILE, &len);
    ck_tok *list = NULL, tok = {.path = path, .file = s, .at = s};
    long count = 0;

    if (s == NULL) return NULL;
    if (len > MAX_FILE) ck_error(&tok, "too-large", "the file is larger than 1 MiB");
    if (strncmp(s, "\xef\xbb\xbf", 3) != 0) tok.at += ck_utf8(s, len);
    if (tok.at < s + len) ck_error(&tok, "encoding", "a byte order mark, a NUL or no UTF-8");
    tok.at = s + strcspn(s, "\r");
    if (tok.at < s + len) ck_error(&tok, "crlf", "a carriage return");
    for (tok.at = s; *tok.at != '\0';) {
        bool comment = strncmp(tok.at, "--", 2) == 0;
        size_t n = comment ? strcspn(tok.at, "\n") : strspn(tok.at, " \n\t");

        if (n == 0) {
            n = token(&tok, tok.at);
            CK_PUSH(list, count, tok);
        }
        tok.at += n;
    }
    tok = (ck_tok){0, "the end of the file", path, s, s + len, 0};
    CK_PUSH(list, count, tok);
    return list;
}

/* ---- reading them ---- */

bool ck_is(const ck_tok *t, const char *word) {
    return t->kind == 'k' && strcmp(t->text, word) == 0;
}

long ck_which(const ck_tok *t, const char *const *words, long n) {
    long i = 0;

    while (i < n && !ck_is(t, words[i])) i++;
    return i;
}

bool ck_accept(ck_elab *c, const char *word) {
    bool yes = ck_is(c->t, word);

    c->t += yes;
    return yes;
}

void ck_need(ck_elab *c, const char *word) {
    if (!ck_accept(c, word)) ck_unexpected(c->t, word);
}

ck_tok *ck_token(ck_elab *c, char kind) {
    ck_tok *t = c->t;

    if (kind == 'N' && t->kind == 'k' && (t->text[0] | 32) >= 'a' && (t->text[0] | 32) <= 'z')
        ck_error(t, "reserved", "%s is a reserved word", t->text);
    if (t->kind != (kind | 32))
        ck_unexpected(t, kind == 's' ? "a string" : kind == 'i' ? "a number" : "a name");
    if (kind == 'i' && strlen(t->text) > 9) ck_error(t, "number", "a number of more than 9 digits");
    return c->t++;
}
