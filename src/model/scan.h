/*
 * Internal to model/: lines and fields of a text, and where they are.
 */
#ifndef AON_MODEL_SCAN_H
#define AON_MODEL_SCAN_H

#include "base/diag.h"

/* A run of bytes inside the text; s is NULL where there is none. */
typedef struct {
    const char *s;
    size_t len;
} aon_field;

typedef struct {
    aon_source src;
    aon_diags *diags;
    size_t errors;     /* reported through this scan */
    bool at_end;       /* no line left */
    size_t line;       /* 1-based number of the current line */
    size_t begin, end; /* the current line in the text */
    size_t at;         /* where its next field is looked for */
    aon_field key;     /* its first field */
    size_t next;       /* begin of the line after it */
    size_t last;       /* after the last field met so far; at_end: of the text */
} aon_scan;

/* Checks size, encoding and line ends of the whole text; false after an error. */
bool aon_scan_start(aon_scan *sc, const char *name, const char *text, size_t len,
                    aon_diags *diags);
/* To the next line that is neither empty nor a comment, past its first field. */
void aon_scan_next(aon_scan *sc);
/* The next field of the current line; false if there is none. */
bool aon_scan_field(aon_scan *sc, aon_field *f);

aon_field aon_field_of(const char *word);
bool aon_field_is(aon_field f, const char *word);
/* How many bytes of it a message shows, whole characters: for "%.*s". */
int aon_field_shown(aon_field f);
#define SHOW(f) aon_field_shown(f), (f).s

aon_span aon_scan_at(const aon_scan *sc, aon_field f); /* the field */
aon_span aon_scan_here(const aon_scan *sc); /* first field, or the last line's end */
aon_span aon_scan_line_end(const aon_scan *sc); /* after the last field */

/* One error of an ..: where, slug, hint, format, arguments. */
#define SCAN_ERROR(sc, ...)                                                            \
    ((sc)->errors++, (void)aon_diag((sc)->diags, AON_SEV_ERROR, __VA_ARGS__))

#endif
