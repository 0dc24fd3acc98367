/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The tree of files that a process sees: services of files, each at a place in it. */
#ifndef GLUE_MOUNT_H
#define GLUE_MOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PATH_BYTES 256u /* of a name in the tree, the NUL included */
#define MOUNTS_MAX 8u

/*
 * Attribute `mounts` says what stands where: "ram:/ rom:/rom"; before the colon the name of a use
 * of interface FileService. Without the attribute each stands at its own name: /ram, /rom.
 */
struct mount {
	char at[64];
	size_t at_bytes;
	const char *name; /* of the use; name_bytes of it */
	size_t name_bytes;
	uint32_t handle;
	bool is_begun;
};

/* A name in the tree, in the one spelling of servers/files/files.gate, and where it leads. */
struct place {
	char path[PATH_BYTES];
	size_t path_bytes;
	bool must_be_folder;       /* it was written with a slash at its end */
	const struct mount *mount; /* NULL: a folder that only leads to mounts */
	const char *name;          /* at its service: a part of path, or "/" */
	uint32_t name_bytes;
};

/* Finds where a name leads, from the present folder on if it does not begin with `/`. `.` and `..`
 * are taken out without a look at what is there: there are no links. Returns 0 or an errno value:
 * ENOENT (empty, or nothing is mounted there), ENAMETOOLONG. */
int glue_place_find(const char *path, struct place *place);

/* The n-th mount that stands directly in this folder: the name it has there; NULL: no more. */
const char *glue_mount_below(const struct place *folder, uint32_t number, size_t *bytes);

/* The n-th mount, or NULL. */
const struct mount *glue_mount(uint32_t number);

/* Makes a place, which is a folder, the present one; says which that is. */
void glue_place_enter(const struct place *place);
void glue_place_here(char path[PATH_BYTES]);

#endif
