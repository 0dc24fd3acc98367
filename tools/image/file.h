/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Whole files in, whole files out: a file that was written appears complete or not at all. */
#ifndef IMAGE_FILE_H
#define IMAGE_FILE_H

#include <stdbool.h>

#include "tools/image/bytes.h"

/* Appends the content of a file. False, with the problem: unreadable, or above BYTES_LENGTH_MAX. */
bool file_read(const char *path, struct bytes *content, struct problem *problem);

/* Writes a temporary file beside `path`; file_commit renames it, file_drop removes it. Several
 * files are written first and committed together. False, with the problem; nothing is left. */
bool file_write(const char *path, const struct bytes *content, struct problem *problem);
bool file_commit(const char *path, struct problem *problem);
void file_drop(const char *path);

#endif
