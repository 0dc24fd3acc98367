/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* attribute.h: constants that each instance of a process says for itself [P4]. */
#ifndef GATE_ATTRIBUTE_H
#define GATE_ATTRIBUTE_H

#include <stdbool.h>

struct ast_pitem;
struct ast_setting;
struct attribute_info;
struct attribute_value;
struct class_info;
struct instance_info;
struct sema;

/* Adds the attribute to the class. */
void attribute_declare(struct sema *s, struct class_info *class, const struct ast_pitem *pitem);

/* Returns whether an instance may say nothing of it. */
bool attribute_is_optional(const struct attribute_info *info);

/* Makes room for the values of an instance and fills in the defaults. */
void attribute_defaults(struct sema *s, struct instance_info *instance);

/* Sets the value that the system says. */
void attribute_set(
	struct sema *s, struct instance_info *instance, const struct ast_setting *setting);

/* Reports what has no value. */
void attribute_complete(struct sema *s, const struct instance_info *instance);

/* Reads what is of type process. Requires: instances have numbers, fields their names. */
void attribute_settle(struct sema *s, struct instance_info *instance);

/* Returns the value of that name, or NULL if the class declares none. */
const struct attribute_value *attribute_find(
	const struct instance_info *instance, const char *name);

/* Returns the value as the program reads it. Requires: it is known. */
const char *attribute_text(struct sema *s, const struct attribute_value *value);

#endif
