/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* parse_claim.h: claims and tests. */
#ifndef GATE_PARSE_CLAIM_H
#define GATE_PARSE_CLAIM_H

struct ast_claim;
struct ast_test;
struct parser;

/* Reads claim. Requires: never, prove or enforce is seen. */
struct ast_claim *parse_claim(struct parser *p);

/* Reads test. Requires: test is seen. */
struct ast_test *parse_test(struct parser *p);

#endif
