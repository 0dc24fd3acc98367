/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* oracle.h: the words of a policy, its names in Gate, and what it says to one event. */
#ifndef PSL_ORACLE_H
#define PSL_ORACLE_H

#include <stdbool.h>
#include <stdint.h>

#define WORDS_MAX   65536
#define CLASSES_MAX 64
#define METHODS_MAX 1024
#define FIELDS_MAX  4096
#define TEXTS_MAX   1024
#define CELLS_MAX   256
#define ENTRIES_MAX 64
#define PARTS_MAX   4

/* words.c: everything that was read, one after the other; NULL ends each file. */
extern const char *words[WORDS_MAX];
extern bool quoted[WORDS_MAX]; /* the word is a text */
extern int word_count;

void words_read(const char *path);

/* Returns whether the word at `at` is this one and no text. */
bool word_is(int at, const char *word);

/* Returns the place behind the bracket that opens at `at`. */
int bracket_end(int at);

_Noreturn void fail(const char *what, const char *which);

/* world.c: the lines of `gate import --names`. */
struct method {
	const char *class;
	const char *endpoint; /* "*": any that is not named */
	const char *name;     /* "*": any that is not named */
	const char *gate_endpoint;
	const char *gate;
	const char *interface;
	const char *component;
};

struct field {
	const struct method *method;
	char direction; /* i: of a call, o: of its response, e: of its error */
	bool is_text;
	int unit; /* of a number of elements: bytes of each; else 0 */
	const char *path;
	const char *gate;
	int64_t low;
	int64_t high;
	const char *text_words[TEXTS_MAX / 16]; /* Gate's words; 0 is that of other texts */
	const char *texts[TEXTS_MAX / 16];
	int text_count;
};

extern const char *class_names[CLASSES_MAX];
extern const char *class_gates[CLASSES_MAX];
extern bool class_runs[CLASSES_MAX];
extern int class_count;
extern struct method methods[METHODS_MAX];
extern int method_count;
extern struct field fields[FIELDS_MAX];
extern int field_count;

void world_read(const char *path);
int class_find(const char *name);

/* value.c, run.c: one event. */
struct event {
	const char *kind;
	int src;
	int dst;
	const struct method *method; /* NULL: a start */
	int64_t numbers[FIELDS_MAX]; /* by field */
	const char *texts[FIELDS_MAX];
};

enum value_type {
	VALUE_NUMBER,
	VALUE_TEXT,
	VALUE_LIST,
};

struct value {
	enum value_type type;
	int64_t number;
	bool is_typed; /* of numbers that stand in the policy: not */
	int64_t low;
	int64_t high;
	const char *text;
	int64_t parts[PARTS_MAX]; /* of a list of numbers */
	int count;
	const char *items[ENTRIES_MAX]; /* of a list of texts */
};

/* Of integrity. */
struct level {
	int degree;
	uint64_t categories;
};

/* What an object remembers of one SID. */
struct cell {
	struct level level;
	struct level least; /* of what it may receive data from */
	const char *object;
	int class;
	bool is_present;
	const char *state;
	int64_t entries[ENTRIES_MAX][PARTS_MAX];
	int64_t base[ENTRIES_MAX]; /* of a map, and what is not committed */
	int64_t working[ENTRIES_MAX];
	const char *keys[ENTRIES_MAX];
	int entry_count;
};

extern struct cell cells[CELLS_MAX];
extern int cell_count;

/* Some expression of the event has no value, which denies it whatever stands around it. */
extern bool no_value;

/* Whether the message of this event has fields of this one's direction. */
bool field_goes(const struct field *f, const struct event *e);

/* Whether an element of a sequence is one of those that the message has; all else is there. */
bool field_is_there(const struct event *e, const char *path);

/* Evaluates the expression at *at and moves *at behind it. */
struct value value_at(const struct event *e, int *at);

/* Returns whether the whole text matches a regular expression as PSL writes it. */
bool text_matches(const char *t, const char *pattern);

/* run.c: a body, or one item where a body may stand; choice.c: choice value {label : item, ..}. */
bool body_run(const struct event *e, int *at, bool *met);
bool choice_run(const struct event *e, int *at, bool *met);

/* run.c: the block of an object, its config. */
int object_at(const char *name, const char **model);
int config_at(int block);

/* run.c: the cell of an object and a class; the value of a key of a record, or -1. */
struct cell *cell_find(const char *object, int class);
int member_at(int at, const char *key);

/* run.c: gives an SID an object of the pool, if it has none and there is one left. */
bool cell_begin(struct cell *c, int config);

/* map.c: a rule or an expression of StaticMap. */
bool map_run(const struct event *e, struct cell *c, const char *rule, int config, int record,
	struct value *result);

/* mic.c: the level that stands at `at`; a rule of Mic with its record. */
struct level level_at(int config, int at);
bool mic_run(const struct event *e, const char *object, const char *rule, int config, int record);

/* Runs object.rule with its record at *at. Returns whether it grants; *result is its value. */
bool object_call(const struct event *e, const char *name, int *at, struct value *result);

/* Returns whether the policy grants the event. If so, what it changes is done. */
bool event_grant(const struct event *e);

/* Starts what may start, from nothing. */
void world_start(void);

/* Returns whether some rule of an object stands in a body that meets this event. */
bool event_is_stateful(const struct event *e);

/* events.c */
void events_print(void);

#endif
