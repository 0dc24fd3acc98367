/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* cond.h: conditions in a form in which equal ones look equal. */
#ifndef IMPORT_COND_H
#define IMPORT_COND_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

/* Something that has one value of a range: a field, or a machine with its states as numbers. */
struct subject {
	const char *name; /* as Gate says it */
	int64_t low;
	int64_t high;
	bool is_open; /* values above `high` exist, which no number here can say (u64) */
	bool is_machine;
	bool is_truth;
	bool is_error;  /* an error carries it */
	bool is_hex;    /* the policy writes its numbers with 0x */
	uint32_t order; /* subjects of one message in declared order */
	const char *const *(*names)(const struct subject *s, uint32_t *count); /* of values; NULL */
	void *owner;
};

struct range {
	int64_t low;
	int64_t high;
};

enum cond_kind {
	COND_TRUE,
	COND_FALSE,
	COND_SET,     /* the subject is in ranges: ascending, apart, not all, not none */
	COND_COMPARE, /* subject OPERATOR other */
	COND_TUPLE,   /* (subjects) in entries */
	COND_MEMBER,  /* the subject is in a set that changes: `other` has its name */
	COND_AND,
	COND_OR,
	COND_NOT, /* of COND_COMPARE, COND_TUPLE and COND_MEMBER */
};

struct cond {
	enum cond_kind kind;
	const struct subject *subject;
	const struct range *ranges;
	uint32_t range_count;
	const char *operator;
	const struct subject *other;
	const struct subject *const *subjects; /* of a tuple, in declared order */
	uint32_t subject_count;
	const int64_t *entries; /* entry_count times subject_count, ascending, each once */
	uint32_t entry_count;
	const char *name;                /* of the object that the tuple is from, or NULL */
	const struct cond *const *parts; /* of AND and OR: at least 2, none of the same kind */
	uint32_t part_count;
};

extern const struct cond cond_true;
extern const struct cond cond_false;

/* Whether a OPERATOR b, in C's spelling; the operator of b and a. */
const struct cond *cond_numbers(int64_t a, const char *operator, int64_t b);
const char *operator_turned(const char *operator);

/* The subject's value OPERATOR number, in C's spelling. */
const struct cond *cond_number(
	struct arena *a, const struct subject *s, const char *operator, int64_t number);

/* Subject OPERATOR other. */
const struct cond *cond_compare(struct arena *a, const struct subject *s, const char *operator,
	const struct subject * other);

/* The subject is one of the values that the set keeps just now. */
const struct cond *cond_member(struct arena *a, const struct subject *s, const struct subject *set);

/* The tuple of count subjects is one of entry_count entries; count 1 is a set of numbers. */
const struct cond *cond_tuple(struct arena *a, const struct subject *const *subjects,
	uint32_t count, const int64_t *entries, uint32_t entry_count, const char *name);

const struct cond *cond_and(struct arena *a, const struct cond *x, const struct cond *y);
const struct cond *cond_or(struct arena *a, const struct cond *x, const struct cond *y);
const struct cond *cond_not(struct arena *a, const struct cond *x);

#endif
