/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* node.h: a JSON text (RFC 8259) as a tree of nodes. */
#ifndef LSP_NODE_H
#define LSP_NODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* How deep values may nest. */
#define NODE_DEPTH_MAX 64u

enum node_kind {
	NODE_OBJECT,
	NODE_ARRAY,
	NODE_TEXT,
	NODE_NUMBER,
	NODE_TRUE,
	NODE_FALSE,
	NODE_NULL,
};

struct node {
	enum node_kind kind;
	bool is_whole;     /* NUMBER: it is an integer that fits number */
	int64_t number;    /* NUMBER */
	const char *key;   /* in an object: its name without escapes */
	const char *text;  /* TEXT: valid UTF-8 without escapes, a NUL behind */
	size_t length;     /* TEXT: bytes before that NUL; the text may hold others */
	const char *raw;   /* as it was written ... */
	size_t raw_length; /* ... in bytes */
	struct node *first;
	struct node *next;
};

/*
 * Returns the tree of size bytes, which live as long as the arena and the bytes. Half of a
 * surrogate pair becomes U+FFFD. Errors: NULL if this is no JSON, is not UTF-8, or nests deeper
 * than NODE_DEPTH_MAX.
 */
const struct node *node_read(struct arena *a, const char *bytes, size_t size);

/* Returns the member of an object, NULL if there is none, or if object is NULL or none. */
const struct node *node_member(const struct node *object, const char *key);

/* The same, but NULL also if it is of another kind. */
const struct node *node_of(const struct node *object, const char *key, enum node_kind kind);

/* Sets *number to a member from 0 to max. Returns false if it is no such number. */
bool node_number(const struct node *object, const char *key, uint32_t max, uint32_t *number);

#endif
