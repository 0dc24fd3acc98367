/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* match.h: which bindings and which `match` parts an event meets. */
#ifndef IMPORT_MATCH_H
#define IMPORT_MATCH_H

#include <stdbool.h>

struct event;
struct psl_binding;
struct psl_item;

/* Returns whether the binding is one of the event's kind and all its selectors agree with it. */
bool match_binding(const struct psl_binding *b, const struct event *e);

/* Returns whether all selectors of a `match` agree with the event. */
bool match_item(const struct psl_item *item, const struct event *e);

#endif
