/*
 * Text to tokens (docs/language.md, 1).
 */
#ifndef AON_LANG_LEX_H
#define AON_LANG_LEX_H

#include "base/diag.h"
#include "lang/names.h"

#include <stdbool.h>

#define AON_FILE_LIMIT ((size_t)1 << 20)

/* Words first, in the order of the table in lex.c. */
typedef enum {
    TOK_LIBRARY,
    TOK_REPORT,
    TOK_STATEMENT,
    TOK_DEF,
    TOK_CITE,
    TOK_NOTE,
    TOK_USE,
    TOK_GIVEN,
    TOK_IN,
    TOK_LET,
    TOK_ASSUME,
    TOK_WEAKEN,
    TOK_SHOW,
    TOK_EXPECT,
    TOK_FORALL,
    TOK_EXISTS,
    TOK_AND,
    TOK_OR,
    TOK_NOT,
    TOK_SUM,
    TOK_SPAN,
    TOK_PROJ,
    TOK_IMAGE,
    TOK_PERP,
    TOK_DIM,
    TOK_TR,
    TOK_COLSPACE,
    TOK_ROWSPACE,
    TOK_ID,
    TOK_ALL,
    TOK_X,
    TOK_Y,
    TOK_BASE,
    TOK_SCALAR,
    TOK_VECTOR,
    TOK_MATRIX,
    TOK_SUBSPACE,
    TOK_MODEL,
    TOK_TOKEN,
    TOK_CONTEXT,
    TOK_QUERY,
    TOK_TOKENS,
    TOK_CONTEXTS,
    TOK_WORDS, /* how many words */
    TOK_IFF = TOK_WORDS,
    TOK_ARROW,
    TOK_ASSIGN,
    TOK_NE,
    TOK_LE,
    TOK_LT,
    TOK_GT,
    TOK_EQ,
    TOK_PLUS,
    TOK_MINUS,
    TOK_STAR,
    TOK_AMP,
    TOK_LPAREN,
    TOK_RPAREN,
    TOK_LBRACE,
    TOK_RBRACE,
    TOK_LBRACKET,
    TOK_RBRACKET,
    TOK_COMMA,
    TOK_DOT,
    TOK_COLON,
    TOK_SLASH,
    TOK_HASH,
    TOK_BAR,
    TOK_NAME,
    TOK_INT,
    TOK_RAT,
    TOK_STR,
    TOK_EOF
} aon_tok_kind;

typedef struct {
    aon_tok_kind kind;
    uint32_t begin, end; /* bytes */
    const aon_sym *sym;  /* TOK_NAME; Greek letters already replaced */
} aon_token;

typedef struct {
    uint32_t begin, end; /* from `--` to the end of the line */
} aon_comment;

typedef struct {
    const aon_source *src;
    aon_token *tok; /* the last one is TOK_EOF */
    size_t n;
    aon_comment *comment;
    size_t ncomments;
} aon_tokens;

/* All tokens of a source.  AON_EINPUT after any lexical error; all of them are reported. */
AON_NODISCARD aon_status aon_lex(aon_tokens *out, const aon_source *src,
                                 aon_names *names, aon_arena *arena, aon_diags *diags);

/* The spelling of a word or sign; NULL for the others. */
const char *aon_tok_text(aon_tok_kind kind);
/* The ASCII spelling that a character is an alias of, NULL if it is none.  *letters: they
 * are part of a name, else a token. */
const char *aon_tok_alias(uint32_t cp, bool *letters);
/* "write `image(A,S)`": how a builtin is used; for the others, how a call is. */
const char *aon_tok_form(aon_tok_kind kind);

#endif
