/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ast_rule.h: rules, claims and tests as they were written. */
#ifndef GATE_AST_RULE_H
#define GATE_AST_RULE_H

#include "ast_expr.h"
#include "ast_moment.h"

enum ast_set_kind {
	AST_SET_ANY,      /* any */
	AST_SET_ANY_LOUD, /* any! */
	AST_SET_NAMES,    /* one name, or those in { } */
};

/* set1 */
struct ast_set {
	enum ast_set_kind kind;
	struct ast_qname *names; /* NAMES: at least one */
	struct span span;
};

/* who: base without those in except. */
struct ast_who {
	struct ast_set base;
	struct ast_set *except;
	struct span span;
};

enum ast_methods {
	AST_METHODS_PLAIN, /* start, exit, signal, share: methods is that one word, endpoint.text is
			      NULL */
	AST_METHODS_ONE,   /* endpoint.method */
	AST_METHODS_SET,   /* endpoint.{method, ...} */
	AST_METHODS_ALL,   /* endpoint.*: methods is NULL */
};

/*
 * event: sender -> receiver : endpoint.method(tests). In a test step sender and receiver are one
 * name each. The word of a PLAIN event is not looked up by the parser.
 */
struct ast_event {
	struct ast_who sender;
	struct ast_who receiver;
	struct ast_number *number; /* of a test: in [ ] behind the receiver, or NULL */
	enum ast_methods which;
	struct ast_ident endpoint;
	struct ast_ident *methods;
	bool has_parens;        /* `( )` was written, perhaps with nothing in it */
	struct ast_expr *tests; /* all must hold */
	struct span span;       /* from the sender to the last `)` */
	struct span message;    /* what stands after `:`, without the tests */
};

enum ast_guard_kind {
	AST_GUARD_NONE,
	AST_GUARD_WHEN,
	AST_GUARD_UNLESS,
};

struct ast_guard {
	enum ast_guard_kind kind;
	struct ast_expr *condition; /* NULL if NONE */
	struct span span;           /* with its word */
};

enum ast_effect_kind {
	AST_EFFECT_TAKE,   /* amount, or NULL for 1 */
	AST_EFFECT_ADD,    /* operand */
	AST_EFFECT_SUB,    /* operand */
	AST_EFFECT_INSERT, /* operand; may be a TUPLE */
	AST_EFFECT_REMOVE, /* operand; may be a TUPLE */
	AST_EFFECT_ENTER,  /* state */
	AST_EFFECT_HOLD,
	AST_EFFECT_DROP,
};

struct ast_effect {
	enum ast_effect_kind kind;
	struct ast_expr *target; /* a REF: the object, perhaps with an index */
	struct ast_number *amount;
	struct ast_expr *operand;
	struct ast_ident state;
	struct span span;
	struct ast_effect *next;
};

struct ast_tail {
	enum ast_moment moment;
	bool none;              /* `reply none`, `error none` */
	struct ast_guard guard; /* REPLY, ERROR */
	struct ast_effect *effects;
	struct span span;
	struct ast_tail *next;
};

enum ast_audit_kind {
	AST_AUDIT_UNSAID,
	AST_AUDIT_GRANTED,
	AST_AUDIT_NEVER,
	AST_AUDIT_MUST,
	AST_AUDIT_FIRST, /* first per period */
};

struct ast_audit {
	enum ast_audit_kind kind;
	struct ast_number period;
	struct span span;
};

enum ast_verb {
	AST_VERB_ALLOW,
	AST_VERB_FORBID,
};

struct ast_rule {
	bool draft;
	enum ast_verb verb;
	enum ast_moment moment; /* CALL; REPLY, ERROR after `allow reply`, `forbid error` */
	struct ast_event event;
	struct ast_guard guard;
	struct ast_effect *effects; /* those of the plain `then` */
	struct ast_tail *tails;
	struct ast_audit audit;
	struct ast_string *because;
	struct ast_string *until;
	struct span verb_span;
	struct span span;
	struct ast_rule *next; /* in templates and needs; rules of the file hang on items */
};

enum ast_claim_kind {
	AST_CLAIM_NEVER,      /* event, guard */
	AST_CLAIM_PROVE_NO,   /* flow, from, to */
	AST_CLAIM_PROVE_ONLY, /* flow, from, to, through */
	AST_CLAIM_ENFORCE,    /* level, upward, through or NULL */
};

enum ast_flow {
	AST_FLOW_DATA,
	AST_FLOW_INFLUENCE,
};

struct ast_claim {
	enum ast_claim_kind kind;
	struct ast_event event;
	struct ast_guard guard;
	enum ast_flow flow;
	struct ast_who from;
	struct ast_who to;
	struct ast_set *through;
	struct ast_qname level;
	bool upward; /* else downward */
	struct ast_string *because;
	struct span span;
};

enum ast_step_kind {
#define AST_STEP(name, text) AST_STEP_##name,
#include "ast.def"
};

struct ast_step {
	enum ast_step_kind kind;
	enum ast_moment moment;    /* GRANT, DENY: CALL, REPLY or ERROR */
	struct ast_ident reason;   /* DENY because: text is NULL if not said */
	struct ast_event event;    /* GRANT, DENY */
	struct ast_number number;  /* WAIT: a time; TIMES: how often; DROP: of the label */
	struct ast_qname instance; /* RESTART, DROP */
	struct ast_qname label;    /* DROP */
	struct ast_step *steps;    /* TIMES */
	struct span span;
	struct ast_step *next;
};

struct ast_test {
	struct ast_string name;
	struct ast_step *steps;
	struct span span;
};

#endif
