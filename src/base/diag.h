/*
 * Diagnostics: file, line, column, the line itself, a caret, advice, a stable slug.
 */
#ifndef AON_BASE_DIAG_H
#define AON_BASE_DIAG_H

#include "base/buf.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

/* One text in memory.  The caller keeps name and text alive as long as the source. */
typedef struct {
    const char *name; /* as the user wrote it, "-" for stdin */
    const char *text; /* NUL-terminated, len bytes before that */
    size_t len;
} aon_source;

/* Byte offsets into one source, end exclusive. */
typedef struct {
    const aon_source *src; /* NULL: no place */
    size_t begin, end;
} aon_span;

typedef enum { AON_SEV_ERROR, AON_SEV_WARNING, AON_SEV_NOTE } aon_severity;

/* A list of diagnostics, printed in the order they came.  Owns its strings. */
typedef struct aon_diags aon_diags;

aon_diags *aon_diags_new(void);
void aon_diags_free(aon_diags *d);

/*
 * Append one.  slug is a literal such as "shape"; hint may be NULL.  The place is
 * looked up and copied here, so the source need not outlive the list.  After 20 errors
 * (100 warnings) further ones are only counted.  d may be NULL: nothing is kept.
 * Returns AON_EINPUT, so that a caller can write `return aon_diag(...)`; for warnings
 * the value is AON_OK.
 */
aon_status aon_diag(aon_diags *d, aon_severity sev, aon_span where, const char *slug,
                    const char *hint, const char *fmt, ...) AON_PRINTF(6, 7);
/* Attach "note: in the expansion of ..." to the last diagnostic. */
void aon_diag_note(aon_diags *d, aon_span where, const char *fmt, ...) AON_PRINTF(3, 4);

size_t aon_diags_errors(const aon_diags *d);
size_t aon_diags_warnings(const aon_diags *d);
/* Slug and 1-based line of error i (in order), for tests. */
const char *aon_diags_slug(const aon_diags *d, size_t i);
size_t aon_diags_line(const aon_diags *d, size_t i);

/*
 * thm15.aon:2:13: error: cannot multiply F (3 x 2) by G (4 x 2) [shape]
 *     assume rank(F * G) = 2
 *                 ^~~~~
 *     hint: did you mean `F * tr(G)`?
 *
 * Columns count code points from 1; tabs are echoed; a line of over 160 bytes is cut
 * around the caret.  Control bytes and bytes that are not UTF-8 print as \xHH.
 */
void aon_diags_print(const aon_diags *d, aon_buf *out, bool color);
/* 1-based line and column (code points) of a byte offset. */
void aon_source_position(const aon_source *src, size_t offset, size_t *line,
                         size_t *col);

#endif
