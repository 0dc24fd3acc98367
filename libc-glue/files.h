/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files of services as streams, and the calls on their names. */
#ifndef GLUE_FILES_H
#define GLUE_FILES_H

#include "descriptor.h"
#include "mount.h"

/* What a call of interface FileService, or of File, came to, as an errno value. */
int glue_service_errno(uint32_t status);
int glue_file_errno(uint32_t status);

/* Calls again what a restarted server refused: it tells each client once, and has done nothing. */
#define GLUE_TRIES 3
#define glue_retry(status, call)                                                                   \
	do {                                                                                       \
		for (int tries = 0; tries < GLUE_TRIES; tries++) {                                 \
			(status) = (call);                                                         \
			if ((status) != E_RESTARTED) {                                             \
				break;                                                             \
			}                                                                          \
		}                                                                                  \
	} while (0)

/* Opens what a name leads to, with the O_ flags of open. Returns 0 or an errno value; *stream has
 * one reference. */
int glue_file_open(const struct place *place, int flags, struct stream **stream);

/* A folder as a stream: it can only be looked at, read by readdir, and be named by it. */
int glue_folder_open(const struct place *place, int flags, struct stream **stream);
/* The name of the folder behind a stream, or NULL: it is none. */
const char *glue_folder_name(const struct stream *stream);
const struct mount *glue_folder_mount(const struct stream *stream);

/* Fills st_mode and what follows from a kind of fileservice.h. */
struct stat;
void glue_status_fill(struct stat *status, const struct place *place, uint32_t kind,
	uint32_t number, uint64_t size, uint64_t changed_ns);

/* The service behind a file or a folder, or NULL: the stream is neither, or nothing is mounted
 * there. */
const struct mount *glue_stream_mount(const struct stream *stream);

/* A name that something new can get, or that can go. Returns 0 or an errno value. */
int glue_place_find_changing(const char *path, struct place *place);

/* Takes away the name of what is no folder. Returns 0 or an errno value. */
int glue_place_remove(const char *path);

/* What stands behind a name. Returns 0 or an errno value. */
int glue_place_status(const struct place *place, struct stat *status);

#endif
