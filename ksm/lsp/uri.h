/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* uri.h: names of files as editors write them (RFC 3986, RFC 8089). */
#ifndef LSP_URI_H
#define LSP_URI_H

struct arena;

/* Returns the path of a `file:` URI; the URI itself if it is none (a text that is no file yet). */
const char *uri_path(struct arena *a, const char *uri);

/* Returns the URI of an absolute path; what does not begin with `/` is returned as it is. */
const char *uri_of(struct arena *a, const char *path);

#endif
