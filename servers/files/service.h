/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A store of files as a server: who has what open, and the two interfaces of files.gate. */
#ifndef SERVERS_FILES_SERVICE_H
#define SERVERS_FILES_SERVICE_H

#include "file.h"
#include "fileservice.h"
#include "store.h"

struct resource;

/* What the process gives to dispatch functions; one service a process. */
extern const struct fileservice_server service_files;
extern const struct file_server service_file;

/* To be called first. Open files are resources of these kinds, by the index of their label. */
void service_init(const struct store *store, const struct resource *kinds, uint32_t count);

/* To be called before each request. */
void service_next(void);

/* The answer to the last request was refused: whoever opened a file has no capability of it. */
void service_refused(void);

#endif
