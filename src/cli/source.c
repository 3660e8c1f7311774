/*
 * Items of a theorem file as text, for what people read; nothing is decided by it.
 */
#include "cli/cli.h"

#include <ctype.h>
#include <string.h>

bool
aon_cli_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '\'';
}

const char *
aon_cli_statement_text(const char *text, const char *name, size_t *len)
{
    for (const char *s = text; s != NULL && *s != '\0';) {
        const char *line = s;

        s = strchr(s, '\n');
        s = s != NULL ? s + 1 : NULL;
        if (strncmp(line, "statement ", 10) != 0 ||
            strncmp(line + 10, name, strlen(name)) != 0 ||
            aon_cli_name_char(line[10 + strlen(name)]))
            continue;
        *len = strlen(line);
        for (const char *t = s; t != NULL && *t != '\0';) {
            if (strncmp(t, "statement ", 10) == 0 || strncmp(t, "library ", 8) == 0) {
                *len = (size_t)(t - line);
                break;
            }
            t = strchr(t, '\n');
            t = t != NULL ? t + 1 : NULL;
        }
        return line;
    }
    *len = 0;
    return "";
}

/* Does a word of the grammar that ends a `let` stand here? */
static bool
ends_let(const char *s)
{
    static const char *const word[] = {"let",   "assume", "show", "expect",
                                       "given", "cite",   "note", "use"};

    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        const size_t n = strlen(word[i]);

        if (strncmp(s, word[i], n) == 0 && !aon_cli_name_char(s[n]))
            return true;
    }
    return strncmp(s, "--", 2) == 0;
}

/* The body of a `let` at *s, white space pressed. */
static void
read_let(const char **at, const char *end, aon_buf *out)
{
    const char *s = *at + strspn(*at, " \t\n");

    aon_buf_reset(out);
    for (bool word = true; s < end && !(word && ends_let(s)); s++) {
        word = !aon_cli_name_char(*s);
        if (*s != '\n' && *s != '\t' && *s != ' ')
            aon_buf_putc(out, *s);
        else if (out->len > 0 && out->s[out->len - 1] != ' ')
            aon_buf_putc(out, ' ');
    }
    while (out->len > 0 && out->s[out->len - 1] == ' ')
        out->s[--out->len] = '\0';
    *at = s;
}

bool
aon_cli_next_let(const char **at, const char *end, aon_buf *out)
{
    const char *s = *at;

    while (s < end) {
        if (strncmp(s, "--", 2) == 0) {
            s += strcspn(s, "\n");
        } else if (*s == '"') {
            s += 1 + strcspn(s + 1, "\"\n");
            s += s < end;
        } else if (aon_cli_name_char(*s)) {
            const bool is_let = strncmp(s, "let", 3) == 0 && !aon_cli_name_char(s[3]);

            while (s < end && aon_cli_name_char(*s))
                s++;
            if (is_let) {
                read_let(&s, end, out);
                *at = s;
                return true;
            }
        } else {
            s++;
        }
    }
    *at = s;
    return false;
}
