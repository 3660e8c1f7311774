/* Libraries, statements and their items: language.md, section 2; expect: section 8. */
#include "parse.h"

typedef struct {
    ck_parser p;
    ck_unit *unit;
    ck_item *item;
} reader;

static const char *const item_words[] = {"def", "report", "cite",   "note", "use", "given",
                                         "let", "assume", "show", "expect"};

static bool
at_unit(ck_parser *p)
{
    return ck_tok_at(p, 0)->kind == 0 || ck_is(p, "library") || ck_is(p, "statement");
}

static const char *
item_word(ck_parser *p)
{
    for (size_t i = 0; i < sizeof item_words / sizeof *item_words; i++)
        if (ck_is(p, item_words[i]))
            return item_words[i];
    return NULL;
}

static void
parse_names(ck_parser *p, ck_item *item)
{
    do {
        ck_ast *name = ck_parse_name(p);

        CK_PUSH(item->names, item->nnames, name);
    } while (ck_accept(p, ","));
}

/* ---- expect ---- */

static void
mention(ck_parser *p, ck_item *item, char role)
{
    ck_mention m = {role, NULL, NULL, ck_tok_at(p, 0)->at};

    m.name = ck_need_name(p);
    if (role == 'd') {
        ck_need(p, ".");
        m.label = ck_need_name(p);
    }
    CK_PUSH(item->mention, item->nmentions, m);
}

static void
mentions(ck_parser *p, ck_item *item, char role)
{
    do
        mention(p, item, role);
    while (ck_accept(p, ","));
}

static void
braced_mentions(ck_parser *p, ck_item *item)
{
    ck_need(p, "{");
    if (!ck_is(p, "}"))
        mentions(p, item, 'h');
    ck_need(p, "}");
}

static bool
word(ck_parser *p, const char *what)
{
    ck_tok *t = ck_tok_at(p, 0);

    if (t->kind != 'n' || strcmp(t->text, what) != 0)
        return false;
    p->pos++;
    return true;
}

static void
parse_shape(ck_parser *p)
{
    ck_need(p, "(");
    do
        ck_need_small(p);
    while (ck_accept(p, ","));
    ck_need(p, ")");
}

static void
need_on(ck_parser *p)
{
    if (!word(p, "on"))
        ck_unexpected(p, "on");
    ck_need_kind(p, 's', "a string");
}

static bool
parse_variant(ck_parser *p, ck_item *item)
{
    if (word(p, "without"))
        mentions(p, item, 'h');
    else if (ck_accept(p, "weaken"))
        mentions(p, item, 'w');
    else if (word(p, "only"))
        braced_mentions(p, item);
    else if (word(p, "drop"))
        mentions(p, item, 'd');
    else
        return false;
    return true;
}

static void
parse_expect(ck_parser *p, ck_item *item)
{
    if (parse_variant(p, item)) {
        while (ck_accept(p, "and"))
            if (!parse_variant(p, item))
                ck_unexpected(p, "a variant");
        ck_need(p, ":");
    }
    if (word(p, "survived"))
        return;
    if (word(p, "refuted")) {
        if (word(p, "because"))
            mention(p, item, 'c');
        if (word(p, "on"))
            ck_need_kind(p, 's', "a string");
        if (word(p, "minimal"))
            parse_shape(p);
    } else if (word(p, "holds")) {
        need_on(p);
    } else if (word(p, "inapplicable")) {
        if (strcmp(ck_tok_at(p, 0)->text, "on") != 0 || ck_tok_at(p, 1)->kind != 's')
            mentions(p, item, 'h');
        need_on(p);
    } else if (word(p, "none")) {
        if (!word(p, "at"))
            ck_unexpected(p, "at");
        parse_shape(p);
    } else if (word(p, "sufficient")) {
        braced_mentions(p, item);
    } else {
        ck_unexpected(p, "an outcome");
    }
}

/* ---- items ---- */

static void
parse_defined(ck_parser *p, ck_item *item)
{
    if (item->word == 'd')
        item->name = ck_need_name(p);
    else
        ck_need_kind(p, 's', "a string");
    ck_need(p, "(");
    if (item->word == 'r' || !ck_is(p, ")"))
        parse_names(p, item);
    ck_need(p, ")");
    ck_need(p, ":=");
    item->expr = ck_parse_expr(p);
}

static void
parse_item(void *arg)
{
    reader *r = arg;
    ck_parser *p = &r->p;
    ck_item *item = r->item;
    const char *first = item_word(p);

    p->nesting = 0;
    item->at = ck_tok_at(p, 0)->at;
    if (first == NULL || (strcmp(first, "def") == 0 || strcmp(first, "report") == 0) !=
                             r->unit->library)
        ck_unexpected(p, r->unit->library ? "def or report" : "an item of a statement");
    p->pos++;
    item->word = first[0];
    if (item->word != 'd' && item->word != 'r')
        item->at = ck_tok_at(p, 0)->at;
    switch (first[0]) {
    case 'd':
    case 'r':
        item->at = ck_tok_at(p, 0)->at;
        parse_defined(p, item);
        break;
    case 'c':
    case 'n':
        item->word = 'c';
        ck_need_kind(p, 's', "a string");
        break;
    case 'u':
        item->name = ck_need_name(p);
        item->version = ck_need_small(p);
        break;
    case 'g':
        parse_names(p, item);
        ck_need(p, "in");
        item->sort = ck_parse_sort(p);
        break;
    case 'e':
        parse_expect(p, item);
        break;
    default:
        item->name = ck_need_name(p);
        ck_need(p, first[0] == 'l' ? ":=" : ":");
        item->expr = ck_parse_expr(p);
        if (first[0] == 'a' && ck_accept(p, "weaken"))
            item->weaken = ck_parse_expr(p);
    }
    if (item_word(p) == NULL && !at_unit(p))
        ck_unexpected(p, "the next item");
}

static void
parse_head(void *arg)
{
    reader *r = arg;

    r->unit->library = ck_is(&r->p, "library");
    if (!at_unit(&r->p))
        ck_unexpected(&r->p, "library or statement");
    r->p.pos++;
    r->unit->at = ck_tok_at(&r->p, 0)->at;
    r->unit->name = ck_need_name(&r->p);
    if (r->unit->library)
        r->unit->version = ck_need_small(&r->p);
}

static void
parse_unit(reader *r)
{
    r->unit->error = ck_try(parse_head, r);
    if (r->unit->error != NULL && r->unit->name == NULL)
        while (!at_unit(&r->p) && item_word(&r->p) == NULL)
            r->p.pos++;
    while (!at_unit(&r->p)) {
        long from = r->p.pos;
        ck_item item = {0};

        r->item = &item;
        item.error = ck_try(parse_item, r);
        if (item.error != NULL) {
            if (r->p.pos == from && item_word(&r->p) != NULL)
                r->p.pos++;
            while (!at_unit(&r->p) && item_word(&r->p) == NULL)
                r->p.pos++;
        }
        CK_PUSH(r->unit->item, r->unit->nitems, item);
    }
}

ck_unit *
ck_parse(const ck_source *src, long *n)
{
    ck_unit *units = NULL;
    reader r = {{src, 0, 0}, NULL, NULL};

    *n = 0;
    while (ck_tok_at(&r.p, 0)->kind != 0) {
        ck_unit unit = {.src = src};

        r.unit = &unit;
        parse_unit(&r);
        CK_PUSH(units, *n, unit);
    }
    return units;
}
