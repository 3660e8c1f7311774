/*
 * Files: read whole, write beside and rename; standard output that reports failure.
 */
#ifndef AON_BASE_IO_H
#define AON_BASE_IO_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/status.h"

#define AON_MAX_FILE ((size_t)256 << 20) /* bytes; a larger file is AON_ELIMIT */

/*
 * Read a file ("-": stdin) whole into out.  AON_EIO or AON_ELIMIT with one diagnostic
 * (slug "io", "too-large") on failure; a directory is an error.  out untouched then.
 */
AON_NODISCARD aon_status aon_read_file(const char *path, aon_buf *out,
                                       aon_diags *diags);

/*
 * Write data beside path (same directory, hidden temporary name), fsync, rename over
 * it.  On failure the old file is as it was and the temporary one is gone.
 */
AON_NODISCARD aon_status aon_write_file(const char *path, const char *data, size_t len,
                                        aon_diags *diags);

/* Write to stdout; remembers the first failure. */
void aon_out(const char *s, size_t len);
void aon_outf(const char *fmt, ...) AON_PRINTF(1, 2);
/* Flush; AON_EIO if anything written to stdout was lost, with a diagnostic unless it is a
 * pipe that its reader closed: nobody wants the rest. */
AON_NODISCARD aon_status aon_out_finish(aon_diags *diags);

#endif
