/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* remove and rename, which newlib makes of link and unlink. They stand apart from all other calls:
 * a program that uses one of them gets these, and never both. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/reent.h>
#include <unistd.h>

#include "files.h"
#include "gen/files/file.h"
#include "gen/files/fileservice.h"

int
remove(const char *path)
{
	int error = glue_place_remove(path);

	if (error == EISDIR) {
		return rmdir(path);
	}
	return error == 0 ? 0 : glue_failed(error);
}

/* What newlib's tmpfile calls. */
int
_remove_r(struct _reent *reent, const char *path)
{
	(void)reent; /* the calling thread's */
	return remove(path);
}

/* The old name is opened to be moved, so that the policy judges both names, one a message. */
int
rename(const char *from, const char *to)
{
	struct place old;
	struct place new;
	uint32_t status = E_OK;
	uint32_t handle;
	int error = glue_place_find_changing(from, &old);

	error = error != 0 ? error : glue_place_find_changing(to, &new);
	if (error == 0 && old.mount != new.mount) {
		error = EXDEV;
	}
	if (error != 0) {
		return glue_failed(error);
	}
	glue_retry(status, fileservice_open(old.mount->handle, FILESERVICE_ACCESS_MOVE,
				   FILESERVICE_HOW_PRESENT, false, false, old.name, old.name_bytes,
				   &handle, NULL, NULL, NULL));
	if (status != E_OK) {
		return glue_failed(glue_service_errno(status));
	}
	error = glue_file_errno(file_rename(handle, new.name, new.name_bytes));
	(void)file_close(handle);
	return error == 0 ? 0 : glue_failed(error);
}
