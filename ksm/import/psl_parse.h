/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* psl_parse.h: the parts of PSL that several parsers need. */
#ifndef IMPORT_PSL_PARSE_H
#define IMPORT_PSL_PARSE_H

#include <stdbool.h>

#include "psl.h"

struct reader;

/* Takes the word of an event if one is next. */
bool psl_event_parse(struct reader *r, enum psl_event *event);

/* selector = {name "=" name [","]}: as many as there are. */
void psl_selector_parse(struct reader *r, struct psl_selector *s);

/* Returns a tree, never NULL; after an error it is no more than a place. */
struct psl_expr *psl_expr_parse(struct reader *r);

/* body = "{" {item} "}" */
struct psl_item *psl_body_parse(struct reader *r);

/* A set of tests behind `assert`. */
void pal_parse(struct psl *p, struct reader *r);

#endif
