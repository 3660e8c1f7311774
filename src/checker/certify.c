/* Certificates: docs/search.md. */
#include "check.h"

void
ck_certify(ck_claim *k, ck_text *said)
{
    (void)said;
    CK_REQUIRE(&k->r, "syntax", false, "a witness");
}
