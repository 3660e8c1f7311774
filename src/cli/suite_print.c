/*
 * What the suite found, as a table with stories, and as lines of JSON.
 */
#include "cli/suite_impl.h"

#include "base/io.h"
#include "report/report.h"

#include <inttypes.h>
#include <string.h>

static void
put_member(aon_buf *out, const char *name, const char *value)
{
    aon_buf_printf(out, ",\"%s\":", name);
    aon_buf_put_json(out, value, strlen(value));
}

void
aon_suite_print_json(const char *file, const aon_suite_line *l, uint64_t seed)
{
    aon_buf out;

    aon_buf_init(&out);
    aon_buf_puts(&out, "{\"schema\":1");
    put_member(&out, "file", file);
    put_member(&out, "statement", l->statement);
    put_member(&out, "variant", l->variant);
    put_member(&out, "expected", l->expected);
    put_member(&out, "found", l->found);
    put_member(&out, "status", aon_suite_status_word(l->status));
    if (l->run != NULL)
        aon_buf_printf(
            &out,
            ",\"seed\":%llu,\"trials\":%zu,\"applicable\":%zu,\"violated\":%zu,"
            "\"undecided\":%zu,\"gallery applicable\":%zu,\"gallery violated\":%zu",
            (unsigned long long)seed, l->run->trials, l->run->applicable,
            l->run->violated, l->run->undecided, l->run->known_applicable,
            l->run->known_violated);
    if (l->search != NULL && !l->search->refused)
        aon_buf_printf(&out, ",\"scopes\":%zu,\"scopes done\":%zu,\"orbits\":%" PRIu64,
                       l->search->cells, l->search->next_cell, l->search->orbits);
    if (l->run != NULL && l->run->reason != NULL)
        put_member(&out, "reason", l->run->reason);
    if (l->instance != NULL) {
        put_member(&out, "instance", l->instance);
        put_member(&out, "why", l->why);
    }
    aon_buf_puts(&out, "}\n");
    aon_out(out.s, out.len);
    aon_buf_clear(&out);
}

/* Each flip with its instance, indented. */
static void
print_story(const aon_suite_line *l)
{
    const char *s = l->instance;

    aon_outf("\n  %s%s%s, expected %s: %s\n", l->statement,
             *l->variant != '\0' ? ", " : "", l->variant, l->expected, l->found);
    aon_out(l->why, strlen(l->why));
    while (*s != '\0') {
        const int len = (int)strcspn(s, "\n");

        aon_outf("    | %.*s\n", len, s);
        s += len;
        s += *s == '\n';
    }
}

void
aon_suite_print_table(const char *file, const aon_suite_result *r, size_t n)
{
    aon_report_table *table = aon_report_table_new(5);
    aon_buf out;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < r[i].n; k++) {
            const aon_suite_line *l = &r[i].line[k];
            const char *cell[] = {l->statement, *l->variant != '\0' ? l->variant : "-",
                                  l->expected, l->found,
                                  aon_suite_status_word(l->status)};

            aon_report_table_add(table, cell);
        }
    aon_buf_init(&out);
    aon_buf_printf(&out, "%s\n", file);
    aon_report_table_print(&out, table, "  ");
    aon_out(out.s, out.len);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < r[i].n; k++)
            if (r[i].line[k].instance != NULL)
                print_story(&r[i].line[k]);
    aon_outf("\n");
    aon_buf_clear(&out);
    aon_report_table_free(table);
}
