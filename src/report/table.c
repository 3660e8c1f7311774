/*
 * Text tables: columns aligned by code points, two spaces apart.
 */
#include "report/report.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

struct aon_report_table {
    aon_arena *arena;
    size_t columns, rows, cap;
    char **cell;
    size_t *width;
};

aon_report_table *
aon_report_table_new(size_t columns)
{
    aon_arena *a = aon_arena_new();
    aon_report_table *t = AON_NEW(a, aon_report_table);

    t->arena = a;
    t->columns = columns;
    t->width = AON_NEW_N(a, size_t, columns);
    return t;
}

void
aon_report_table_free(aon_report_table *t)
{
    free(t->cell);
    aon_arena_free(t->arena);
}

static size_t
code_points(const char *s)
{
    size_t n = 0;

    for (; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

void
aon_report_table_add(aon_report_table *t, const char *const *cell)
{
    t->cell = aon_grow(t->cell, &t->cap, (t->rows + 1) * t->columns, sizeof *t->cell);
    for (size_t i = 0; i < t->columns; i++) {
        const size_t width = code_points(cell[i]);

        t->cell[t->rows * t->columns + i] =
            aon_arena_strndup(t->arena, cell[i], strlen(cell[i]));
        if (width > t->width[i])
            t->width[i] = width;
    }
    t->rows++;
}

void
aon_report_table_print(aon_buf *out, const aon_report_table *t, const char *indent)
{
    for (size_t r = 0; r < t->rows; r++) {
        size_t gap = 0;

        aon_buf_puts(out, indent);
        for (size_t i = 0; i < t->columns; i++) {
            const char *s = t->cell[r * t->columns + i];

            if (*s != '\0') {
                aon_buf_printf(out, "%*s%s", (int)gap, "", s);
                gap = 0;
            }
            gap += t->width[i] - code_points(s) + 2;
        }
        aon_buf_putc(out, '\n');
    }
}
