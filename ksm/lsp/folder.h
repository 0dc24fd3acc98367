/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* folder.h: the policies in the folders that an editor opened. */
#ifndef LSP_FOLDER_H
#define LSP_FOLDER_H

struct arena;
struct server;
struct vector;

/* Bounds of one search; what is beyond is not found. */
#define FOLDER_FILES_MAX 4096u
#define FOLDER_DEPTH_MAX 16u

/*
 * Appends the paths (const char *) of all *.gate files below the roots in which the word stands,
 * and of open documents. Folders whose name begins with `.` and `build` are left out.
 */
void folder_find(struct arena *a, struct server *s, const char *word, struct vector *paths);

/* Appends the paths of all *.gate files below one folder, each beginning with `folder/`. */
void folder_list(struct arena *a, const char *folder, struct vector *paths);

#endif
