/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* world.h: the classes, endpoints, methods and fields that a policy speaks of. */
#ifndef IMPORT_WORLD_H
#define IMPORT_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "cond.h"
#include "names.h"
#include "psl.h"
#include "spec.h"
#include "ksm/gate/vector.h"

struct compile;

/* The longest payload of a message is 1 KiB; what is longer than this travels as a lease. */
#define WORLD_INLINE_BYTES 128u

/* A parameter, or one part of a struct or an array. */
struct world_field {
	struct subject subject; /* its name is the field's in Gate */
	const char *path;       /* "mode.dir0" */
	enum spec_kind kind;
	uint32_t bits;
	bool is_signed;
	bool is_guessed; /* of a foreign method: only the policy speaks of it */
	uint32_t size;
	struct subject length;           /* in bytes; it has a name if the policy tests it */
	uint32_t unit;                   /* bytes of one element; 0: its length cannot be tested */
	const struct spec_type *element; /* of a sequence, or NULL */
	uint32_t capacity;               /* elements of it */
	struct vector elements; /* of struct world_field *: if some are tested, it is a list */
	struct vector *others;  /* the fields of the same message */
	struct vector texts;    /* of const char *: what a text is compared with */
	struct vector words; /* of const char *: what Gate calls them, `other` first, kinds last */
	struct vector patterns; /* of struct texts_pattern: those that are no list of texts */
	struct vector kinds;    /* of struct texts_kind: texts that the policy does not name */
	struct vector
		kind_words;    /* of struct texts_word: what kinds are called, also former ones */
	const char *other;     /* a text of no kind, or NULL */
	bool has_kinds;        /* kinds are those of all patterns and texts */
	bool is_crowded;       /* they are too many */
	struct names used;     /* words that are taken */
	const char *enum_name; /* NULL until texts has one */
};

enum world_direction {
	WORLD_IN,
	WORLD_OUT,
	WORLD_ERROR,
};

struct world_method {
	const char *name; /* NULL: every method that the policy does not name */
	const char *gate;
	struct vector fields[3]; /* of struct world_field *, by direction */
	bool is_guessed; /* no IDL declares it: its fields are those that the policy names */
};

struct world_interface {
	const char *name; /* of the IDL; NULL of a foreign endpoint */
	const char *gate;
	bool is_foreign;
	struct vector methods; /* of struct world_method * */
};

struct world_endpoint {
	const char *path;      /* "comp.endp"; NULL: every endpoint that the policy does not name */
	const char *component; /* of the part that has it, or "" */
	const char *gate;
	struct world_class *owner;
	struct world_interface *interface;
	const char *use_name; /* how a client calls it */
};

struct world_class {
	const char *name;
	const char *gate;
	const char *instance;
	bool is_foreign; /* not all of its endpoints are declared */
	bool is_asker;   /* stands for the monitor: whoever asks it, calls it */
	bool runs;       /* the policy lets it start */
	bool is_left_out;
	struct span at;
	uint32_t index;
	uint32_t tasks;          /* that init.yaml names; 0: none */
	struct vector endpoints; /* of struct world_endpoint * */
	const char *security;    /* interface through which it asks the monitor, or NULL */
};

struct world {
	struct compile *compile;
	struct spec *spec;
	const struct psl *psl;
	void *data;               /* of another language: its own */
	struct vector classes;    /* of struct world_class * */
	struct vector interfaces; /* of struct world_interface * */
};

/* Fills w. False after a report: the policy names what no file declares. */
bool world_make(struct world *w, struct spec *spec, const struct psl *psl);

/* Returns the class of that index. */
struct world_class *world_class_at(const struct world *w, uint32_t index);

/* Returns the class of that name, or NULL. */
struct world_class *world_class(const struct world *w, const char *name);

/* Returns whether a selector leaves room for this endpoint and method (NULL: of no matter). */
bool world_matches(const struct psl_selector *s, const struct world_endpoint *endpoint,
	const struct world_method *method);

/*
 * Returns the field that path names ("mode.dir0"), or NULL. Of a method that no IDL declares it
 * makes one: a text if is_text, else a number of 64 bits.
 */
struct world_field *world_field(struct world *w, struct world_method *m,
	enum world_direction direction, const char *path, bool is_text);

/* Makes the length of a field testable. */
void world_length(struct world *w, struct world_field *f);

/*
 * Returns an element of a sequence as a field; its length counts elements from now on. NULL: it has
 * no such element, or with *why it cannot be tested.
 */
struct world_field *world_element(
	struct world *w, struct world_field *f, uint32_t index, const char **why);

/* Returns the number of a text among those the field is compared with; new ones get the next.
 * -1: there are 255 already. */
int64_t world_text(struct world *w, struct world_field *f, const char *text);

#endif
