/*
 * JUnit XML, the form that Jenkins and others read.
 */
#include "cli/junit.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    size_t tests, failures, errors, skipped;
} counts;

struct aon_junit {
    counts all, suite;
    aon_buf suites, cases; /* finished ones; of the suite that is being written */
};

aon_junit *
aon_junit_new(void)
{
    aon_junit *j = aon_xcalloc(1, sizeof *j);

    aon_buf_init(&j->suites);
    aon_buf_init(&j->cases);
    return j;
}

void
aon_junit_free(aon_junit *j)
{
    if (j == NULL)
        return;
    aon_buf_clear(&j->suites);
    aon_buf_clear(&j->cases);
    free(j);
}

/* May a character stand in XML, and is it one that is seen? */
static bool
is_plain(uint32_t c)
{
    if (c < 0x20)
        return c == '\n' || c == '\t';
    return c != 0x7f && !(c >= 0x80 && c < 0xa0) && c != 0xfffe && c != 0xffff &&
           c != 0x200e && c != 0x200f && !(c >= 0x2028 && c <= 0x202e) &&
           !(c >= 0x2066 && c <= 0x2069);
}

/* Text for an attribute or between tags; what is no text is written as \xHH. */
static void
put_text(aon_buf *out, const char *s, bool attribute)
{
    const size_t len = strlen(s);

    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c = 0;

        n = aon_utf8_decode(s + i, len - i, &c);
        if (n == 0 || !is_plain(c)) {
            n = n == 0 ? 1 : n;
            for (size_t k = 0; k < n; k++)
                aon_buf_printf(out, "\\x%02X", (unsigned char)s[i + k]);
        } else if (c == '&') {
            aon_buf_puts(out, "&amp;");
        } else if (c == '<') {
            aon_buf_puts(out, "&lt;");
        } else if (c == '>') {
            aon_buf_puts(out, "&gt;");
        } else if (c == '"') {
            aon_buf_puts(out, "&quot;");
        } else if (attribute && (c == '\n' || c == '\t')) {
            aon_buf_puts(out, c == '\n' ? "&#10;" : "&#9;");
        } else {
            aon_buf_put(out, s + i, n);
        }
    }
}

static void
put_attribute(aon_buf *out, const char *name, const char *value)
{
    aon_buf_printf(out, " %s=\"", name);
    put_text(out, value, true);
    aon_buf_putc(out, '"');
}

/* Opens a test case; the caller closes it. */
static void
open_case(aon_junit *j, const char *file, const char *name)
{
    j->suite.tests++;
    aon_buf_puts(&j->cases, "    <testcase");
    put_attribute(&j->cases, "classname", file);
    put_attribute(&j->cases, "name", name);
    aon_buf_puts(&j->cases, " time=\"0\"");
}

/* <failure message=".." type="..">body</failure>, or <error ..>. */
static void
put_problem(aon_junit *j, bool error, const char *type, const char *message,
            const char *body, const char *more)
{
    const char *tag = error ? "error" : "failure";

    *(error ? &j->suite.errors : &j->suite.failures) += 1;
    aon_buf_printf(&j->cases, ">\n      <%s", tag);
    put_attribute(&j->cases, "message", message);
    put_attribute(&j->cases, "type", type);
    aon_buf_putc(&j->cases, '>');
    put_text(&j->cases, body, false);
    put_text(&j->cases, more, false);
    aon_buf_printf(&j->cases, "</%s>\n    </testcase>\n", tag);
}

static void
put_skipped(aon_junit *j, const char *message)
{
    j->suite.skipped++;
    aon_buf_puts(&j->cases, ">\n      <skipped");
    put_attribute(&j->cases, "message", message);
    aon_buf_puts(&j->cases, "/>\n    </testcase>\n");
}

static void
close_suite(aon_junit *j, const char *name)
{
    aon_buf_puts(&j->suites, "  <testsuite");
    put_attribute(&j->suites, "name", name);
    aon_buf_printf(&j->suites,
                   " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" "
                   "time=\"0\">\n",
                   j->suite.tests, j->suite.failures, j->suite.errors,
                   j->suite.skipped);
    aon_buf_put(&j->suites, j->cases.s, j->cases.len);
    aon_buf_puts(&j->suites, "  </testsuite>\n");
    j->all.tests += j->suite.tests;
    j->all.failures += j->suite.failures;
    j->all.errors += j->suite.errors;
    j->all.skipped += j->suite.skipped;
    memset(&j->suite, 0, sizeof j->suite);
    aon_buf_reset(&j->cases);
}

static const char *
type_of(int code)
{
    return code == AON_EXIT_UNDECIDED ? "undecided"
           : code == AON_EXIT_VACUOUS ? "vacuous"
           : code == AON_EXIT_INPUT   ? "bad input"
                                      : "not as expected";
}

static void
add_line(aon_junit *j, const char *file, const aon_suite_line *l)
{
    aon_buf name;

    aon_buf_init(&name);
    aon_buf_printf(&name, "%s%s%s: %s", l->statement, *l->variant != '\0' ? ", " : "",
                   l->variant, l->expected);
    open_case(j, file, name.s);
    aon_buf_clear(&name);
    switch (l->status) {
    case AON_MET:
        aon_buf_puts(&j->cases, "/>\n");
        break;
    case AON_NOT_MET:
        put_problem(j, l->code == AON_EXIT_INPUT, type_of(l->code), l->found,
                    l->why != NULL ? l->why : "",
                    l->instance != NULL ? l->instance : "");
        break;
    case AON_NOT_RUN:
    case AON_NOTHING_EXPECTED:
        put_skipped(j, l->found);
        break;
    }
}

void
aon_junit_add(aon_junit *j, const char *file, const aon_suite_result *r, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < r[i].n; k++)
            add_line(j, file, &r[i].line[k]);
    if (n > 0)
        close_suite(j, file);
}

void
aon_junit_add_unread(aon_junit *j, const char *file)
{
    open_case(j, file, "reading");
    put_problem(j, true, "bad input", "the file cannot be read", "", "");
    close_suite(j, file);
}

static void
add_change(aon_junit *j, const char *lock, const aon_lock_change *x)
{
    aon_buf name, body;

    aon_buf_init(&name);
    aon_buf_init(&body);
    aon_buf_printf(&name, "%s %s:%s", aon_lock_kind_word(x->kind), x->file, x->name);
    if (x->variant != NULL && strcmp(x->variant, "-") != 0)
        aon_buf_printf(&name, ", %s", x->variant);
    for (size_t i = 0; i < x->nbecause; i++)
        aon_buf_printf(&body, "because %s\n", x->because[i]);
    open_case(j, lock, name.s);
    aon_buf_reset(&name);
    aon_buf_printf(&name, "%s -> %s", x->was != NULL ? x->was : "none",
                   x->is != NULL ? x->is : "none");
    if (x->kind < AON_LOCK_WITNESS_CHANGED)
        put_problem(j, false, aon_lock_kind_word(x->kind), name.s, body.s, "");
    else
        put_skipped(j, name.s);
    aon_buf_clear(&body);
    aon_buf_clear(&name);
}

void
aon_junit_add_lock(aon_junit *j, const char *lock, const aon_lock_diff *d)
{
    for (size_t i = 0; i < d->n; i++)
        add_change(j, lock, &d->change[i]);
    open_case(j, lock, "compared");
    aon_buf_puts(&j->cases, "/>\n");
    close_suite(j, lock);
}

void
aon_junit_print(aon_buf *out, const aon_junit *j)
{
    aon_buf_printf(out,
                   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<testsuites name=\"aon suite\" tests=\"%zu\" failures=\"%zu\" "
                   "errors=\"%zu\" time=\"0\">\n",
                   j->all.tests, j->all.failures, j->all.errors);
    aon_buf_put(out, j->suites.s, j->suites.len);
    aon_buf_puts(out, "</testsuites>\n");
}
