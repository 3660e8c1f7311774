/*
 * Memory of GMP, MPFR and FLINT: running out of it ends the program as documented.
 */
#ifndef AON_EXACT_MEMORY_H
#define AON_EXACT_MEMORY_H

/* Left alone, the libraries abort.  To be called before any number is made. */
void aon_exact_memory(void);

#endif
