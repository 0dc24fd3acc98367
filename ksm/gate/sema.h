/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sema.h: what the middle of gate knows beside the tree and L1: units, names, types, classes.
 * Stages fill it in the order of sema_run; each leaves out what it reported as an error.
 */
#ifndef GATE_SEMA_H
#define GATE_SEMA_H

#include <stdbool.h>
#include <stdint.h>

#include "l1.h"
#include "source.h"
#include "index.h"
#include "vector.h"

struct ast_file;
struct ast_instance;
struct ast_item;
struct ast_process;
struct ast_restart;
struct ast_type;
struct ast_use;
struct ast_value;
struct board;
struct compile;
struct object_info;
struct sema_options;

/* Limits of this version, each with its own diagnostic. */
#define SEMA_UNITS_MAX        256u
#define SEMA_IMPORT_DEPTH_MAX 64u
#define SEMA_METHODS_MAX      256u /* at most L1_METHOD */
#define SEMA_ERRORS_MAX       127u
#define SEMA_ASK_BYTES_MAX    512u /* kernel/core.gate: Reply.ask */
#define SEMA_INSTANCES_MAX    320u
#define SEMA_RESOURCES_MAX    0x10000u /* of one label: less than a badge has bits for */
#define SEMA_RULES_MAX        FORMAT_ACTION_NUMBER
#define SEMA_NAME_BYTES_MAX   31u /* process_info holds names of instances and classes */
#define SEMA_MEMORY_DEFAULT   UINT64_C(0x40000)
#define SEMA_PRIORITY_DEFAULT 16u
#define SEMA_PRIORITY_MAX     30u /* init has 31 */

struct enumeration { /* enum and flags */
	const char *name;
	bool is_flags;
	struct l1_name *names; /* sorted by value */
	uint32_t name_count;
	uint16_t width_bytes;
	int64_t low;
	int64_t high;
};

/* A declared name. What it means is filled by the stage that types its kind. */
struct symbol {
	const char *name;
	struct unit *unit;
	const struct ast_item *item;
	struct enumeration *enumeration; /* ENUM, FLAGS */
	struct l1_interface *interface;  /* INTERFACE */
	struct l1_record *record;        /* STRUCT, UNION */
	struct class_info *class;        /* PROCESS */
	struct object_info *object;      /* BUCKET ... MACHINE */
	bool is_resolving;               /* a group, constant or record that is being looked into */
	bool is_wrong, is_applied;       /* STRUCT, UNION: that was said; TEMPLATE */
	struct symbol *next;
};

/* A name that `use` brings in. */
struct import {
	const struct ast_use *use;
	struct unit *unit;
	struct import *next;
};

struct unit {
	const char *name; /* interned; "" if the file says none */
	const struct source *source;
	struct ast_file *file;
	struct symbol *symbols;   /* in declared order */
	struct index index;       /* of them, by name ... */
	struct vector indexed;    /* ... struct symbol * */
	uint32_t parameter_count; /* of a template: symbols in front of those */
	struct import *imports;
	bool is_loading;
	struct unit *next; /* in the order of loading; the root first */
};

/* A declared attribute of a class. Text is kept as text, everything else as a number. */
struct attribute_info {
	const char *name;
	const struct ast_type *type;
	struct l1_field field; /* kind, range, names; L1_TAIL is text of at most width_bytes */
	const struct ast_value *initial; /* NULL: each instance says it */
	struct unit *unit;
};

/* What L1 does not keep of a class. */
struct class_info {
	uint32_t index; /* in l1->classes */
	const struct symbol *symbol;
	const struct ast_process *ast;
	struct vector gives;               /* struct l1_endpoint */
	struct vector uses;                /* struct use_info */
	struct vector devices;             /* struct l1_device */
	struct vector resources, paths;    /* struct l1_resource; struct l1_path, longest first */
	struct vector attributes;          /* struct attribute_info */
	struct vector instances;           /* uint32_t: indexes in sema.instances */
	uint32_t instances_max;            /* 0: not said */
	const struct ast_restart *restart; /* NULL: not said */
	struct l1_budget budget;
	struct class_info *next;
};

struct use_info {
	struct l1_endpoint endpoint;
	bool is_optional;
	struct span at;
};

struct attribute_value {
	const struct attribute_info *info;
	bool is_known;
	int64_t number;
	const char *text;             /* of a text, else NULL */
	const struct ast_value *said; /* of a process: read when instances have numbers */
};

/* What L1 does not keep of an instance. */
struct instance_info {
	const struct ast_instance *ast; /* NULL: init, or made up to check a component */
	const char *name;
	struct span at;
	struct class_info *class;
	struct vector values;  /* struct attribute_value, as class->attributes */
	struct vector wires;   /* struct wire_info of calls */
	struct vector signals; /* struct wire_info of signals; gives is 0 */
	uint64_t memory_bytes;
	struct l1_budget budget;
	uint8_t priority;
	uint32_t template; /* index in sema.instances of the first of its template, or 0 */
	const char *template_name;
	const struct ast_restart *restart; /* NULL: not said */
	const struct unit *restart_unit;   /* where its names are looked up */
	uint16_t number;                   /* after ordering */
	uint16_t resource_label;           /* of the first of its class's resources */
};

struct wire_info {
	uint32_t use;    /* index into class->uses */
	uint32_t target; /* index into sema.instances before ordering */
	uint32_t gives;
	struct span at;
};

struct sema {
	struct compile *c;
	const struct sema_options *options;
	const struct board *board;
	struct unit *units, *root, *core;  /* core: kernel.core, or NULL */
	uint32_t unit_count, record_depth; /* depth: of records that are being looked into */
	struct class_info *classes;
	struct object_info *objects;
	const struct ast_item *system;   /* NULL: a component alone; instances are made up */
	struct span system_at;           /* its name */
	struct vector instances;         /* struct instance_info; [0] is init */
	struct index instance_index;     /* of them, by name */
	struct vector restart_groups;    /* const struct symbol *, in the order of l1->groups */
	struct vector rules, rule_spans; /* struct l1_rule while they grow; struct span of each */
	struct vector cells;             /* struct l1_cell, not complete */
	struct vector states;            /* struct l1_state * that cells use */
	struct vector meant_denied;      /* struct l1_edge: `never` names them */
	struct vector sums, late_processes; /* struct l1_field *, none twice; struct late_process */
	struct l1 *l1;
	struct limits *limits; /* of limit.c */
	struct vector levels;  /* struct level_info */
};

/*
 * Reads the file and everything it uses, types it, lowers it to L1 and checks the rules against
 * each other. Returns NULL if there was an error; findings are in c.
 */
struct l1 *sema_run(
	struct sema *s, struct compile *c, const struct sema_options *options, const char *path);

/* Returns the instance. Requires: it exists. */
struct instance_info *sema_instance(const struct sema *s, uint32_t index);

/* Returns the index of the instance of that name, or s->instances.count. */
uint32_t sema_instance_index(const struct sema *s, const char *name);

struct l1_position sema_position(const struct sema *s, struct span at);

/* Whether two names are equal; NULL is equal to nothing. */
bool sema_same(const char *a, const char *b);

#endif
