/* Libraries, statements and their items: language.md, section 2; expect: section 8. */
#include "syntax.h"

static bool at_unit(ck_parser *p) {
    return ck_tok_at(p, 0)->kind == 0 || ck_is(p, "library") || ck_is(p, "statement");
}

/* The word of the item that starts here, or NULL. */
static const char *item_word(ck_parser *p) {
    static const char *const words[] = {"def",   "report", "cite",   "note", "use",
                                        "given", "let",    "assume", "show", "expect"};

    for (long i = 0; i < CK_COUNT(words); i++)
        if (ck_is(p, words[i])) return words[i];
    return NULL;
}

static void parse_names(ck_parser *p) {
    do {
        ck_ast *name = ck_parse_name(p);

        CK_PUSH(p->item->names, p->item->nnames, name);
    } while (ck_accept(p, ","));
}

/* ---- expect ---- */

static void mention(ck_parser *p, char role) {
    ck_mention m = {role, NULL, ck_tok_at(p, 0)->at};

    m.name = ck_need_name(p);
    if (role == 'd') {
        ck_need(p, ".");
        ck_need_name(p);
    }
    CK_PUSH(p->item->mention, p->item->nmentions, m);
}

static void mentions(ck_parser *p, char role) {
    do mention(p, role);
    while (ck_accept(p, ","));
}

static void braced_mentions(ck_parser *p) {
    ck_need(p, "{");
    if (!ck_is(p, "}")) mentions(p, 'a');
    ck_need(p, "}");
}

/* An ordinary name that has a meaning in an expect line. */
static bool word(ck_parser *p, const char *what) {
    bool yes = ck_tok_at(p, 0)->kind == 'n' && strcmp(ck_tok_at(p, 0)->text, what) == 0;

    p->pos += yes;
    return yes;
}

static void need_word(ck_parser *p, const char *what) {
    if (!word(p, what)) ck_unexpected(p, what);
}

static void parse_shape(ck_parser *p) {
    ck_need(p, "(");
    do ck_need_small(p);
    while (ck_accept(p, ","));
    ck_need(p, ")");
}

static bool parse_variant(ck_parser *p) {
    bool only = word(p, "only");
    char role = only ? 0 : word(p, "without") ? 'a' : ck_accept(p, "weaken") ? 'w' : 'd';

    if (only)
        braced_mentions(p);
    else if (role != 'd' || word(p, "drop"))
        mentions(p, role);
    else
        return false;
    return true;
}

static void parse_expect(ck_parser *p) {
    if (parse_variant(p)) {
        while (ck_accept(p, "and"))
            if (!parse_variant(p)) ck_unexpected(p, "a variant");
        ck_need(p, ":");
    }
    if (word(p, "refuted")) {
        if (word(p, "because")) mention(p, 's');
        if (word(p, "on")) ck_need_kind(p, 's', "a string");
        if (word(p, "minimal")) parse_shape(p);
    } else if (word(p, "holds")) {
        need_word(p, "on");
        ck_need_kind(p, 's', "a string");
    } else if (word(p, "inapplicable")) {
        if (strcmp(ck_tok_at(p, 0)->text, "on") != 0 || ck_tok_at(p, 1)->kind != 's')
            mentions(p, 'a');
        need_word(p, "on");
        ck_need_kind(p, 's', "a string");
    } else if (word(p, "none")) {
        need_word(p, "at");
        parse_shape(p);
    } else if (word(p, "sufficient")) {
        braced_mentions(p);
    } else {
        need_word(p, "survived");
    }
}

/* ---- items and units ---- */

static void parse_item(void *arg) {
    ck_parser *p = arg;
    ck_item *item = p->item;
    const char *first = item_word(p);
    bool defines = first != NULL && strchr("dr", first[0]) != NULL;

    p->nesting = 0;
    item->at = ck_tok_at(p, 0)->at;
    if (first == NULL || defines != p->unit->library)
        ck_unexpected(p, p->unit->library ? "def or report" : "an item of a statement");
    p->pos++;
    item->word = first[0];
    item->at = ck_tok_at(p, 0)->at;
    if (strchr("cnr", first[0]) != NULL)
        ck_need_kind(p, 's', "a string");
    else if (strchr("duals", first[0]) != NULL)
        item->name = ck_need_name(p);
    if (defines) {
        ck_need(p, "(");
        if (first[0] == 'r' || !ck_is(p, ")")) parse_names(p);
        ck_need(p, ")");
    } else if (first[0] == 'u') {
        item->version = ck_need_small(p);
    } else if (first[0] == 'g') {
        parse_names(p);
        ck_need(p, "in");
        item->sort = ck_parse_sort(p, false);
    } else if (first[0] == 'e') {
        parse_expect(p);
    }
    if (strchr("drals", first[0]) != NULL) {
        ck_need(p, first[0] == 'a' || first[0] == 's' ? ":" : ":=");
        item->expr = ck_parse_expr(p);
        if (first[0] == 'a' && ck_accept(p, "weaken")) item->weaken = ck_parse_expr(p);
    }
    if (item_word(p) == NULL && !at_unit(p)) ck_unexpected(p, "the next item");
}

static void parse_head(void *arg) {
    ck_parser *p = arg;

    p->unit->library = ck_is(p, "library");
    if (!at_unit(p)) ck_unexpected(p, "library or statement");
    p->pos++;
    p->unit->at = ck_tok_at(p, 0)->at;
    p->unit->name = ck_need_name(p);
    if (p->unit->library) p->unit->version = ck_need_small(p);
}

static void skip_to_item(ck_parser *p) {
    while (!at_unit(p) && item_word(p) == NULL) p->pos++;
}

static void parse_unit(ck_parser *p) {
    p->unit->error = ck_try(parse_head, p);
    if (p->unit->name == NULL) skip_to_item(p);
    while (!at_unit(p)) {
        ck_item item = {0};
        long from = p->pos;

        p->item = &item;
        item.error = ck_try(parse_item, p);
        if (item.error != NULL) {
            p->pos += p->pos == from && item_word(p) != NULL;
            skip_to_item(p);
        }
        CK_PUSH(p->unit->item, p->unit->nitems, item);
    }
}

ck_unit *ck_parse(const ck_source *src, long *n) {
    ck_unit *units = NULL;
    ck_parser p = {.src = src};

    *n = 0;
    while (ck_tok_at(&p, 0)->kind != 0) {
        ck_unit unit = {.src = src};

        p.unit = &unit;
        parse_unit(&p);
        CK_PUSH(units, *n, unit);
    }
    return units;
}
