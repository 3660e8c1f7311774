/*
 * Internal to report/: what a statement talks about in an instance, to be drawn and
 * tabulated.
 */
#ifndef AON_REPORT_SUBJECT_H
#define AON_REPORT_SUBJECT_H

#include "report/paper.h"

enum { AON_SUBJECT_MODELS = 4, AON_SUBJECT_OBJECTS = 24 };

typedef enum { AON_OBJ_DIFFERENCE, AON_OBJ_VECTOR, AON_OBJ_SPACE } aon_object_kind;

/* A vector or subspace in the space of some models. */
typedef struct {
    aon_object_kind kind;
    const char *name;  /* marked formula without its marks: "u", "M(m')" */
    const char *means; /* the same for what the name stands for, or NULL */
    unsigned models;   /* bit per model of the subject in whose space it lies */
    int32_t from, to;  /* difference: of the unembeddings of these tokens, to - from */
    aon_mat value;     /* one column; of a space, its basis */
} aon_object;

typedef struct {
    aon_arena *arena;
    const aon_instance *in;
    const aon_value *model[AON_SUBJECT_MODELS];
    size_t nmodels, more_models;       /* not shown for lack of room */
    aon_mat table[AON_SUBJECT_MODELS]; /* log-odds, contexts x tokens */
    bool tables;                       /* they are small enough to have been computed */
    aon_object object[AON_SUBJECT_OBJECTS];
    size_t nobjects;
} aon_subject;

/* Uses the environment of p->d, if there is one. */
void aon_subject_init(aon_subject *s, const aon_paper *p);
void aon_subject_clear(aon_subject *s);
bool aon_subject_same_tables(const aon_subject *s); /* of all models shown */

/* objects.c: fills in what p->d and p->core speak of, most important first. */
void aon_subject_objects(aon_subject *s, const aon_paper *p);
/* A new object with value 0 x 0, or NULL: no room, or it is there. */
aon_object *aon_subject_add(aon_subject *s, aon_object_kind kind, const char *name,
                            unsigned models);

/* Does cell i, j (context, token) differ between the tables of log-odds? */
bool aon_subject_differs(const aon_subject *s, slong i, slong j);

#endif
