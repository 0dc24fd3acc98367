/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* statvfs: how much a service of files has, and has left. */
#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "files.h"
#include "gen/files/fileservice.h"

#define UNIT_BYTES 4096u
#define NAME_BYTES 63u

/* For all that is mounted at a place. Returns 0 or an errno value. */
static int
ask(const struct mount *mount, struct statvfs *out)
{
	uint64_t total_bytes = 0;
	uint64_t free_bytes = 0;
	uint64_t own_bytes = 0;
	uint32_t files = 0;
	uint32_t free_files = 0;
	uint32_t status = E_OK;

	if (mount != NULL) {
		glue_retry(status, fileservice_usage(mount->handle, &total_bytes, &free_bytes,
					   &own_bytes, &files, &free_files));
	}
	if (status != E_OK) {
		return glue_service_errno(status);
	}
	uint64_t available = own_bytes < free_bytes ? own_bytes : free_bytes;
	*out = (struct statvfs){
		.f_bsize = UNIT_BYTES,
		.f_frsize = UNIT_BYTES,
		.f_blocks = (unsigned long)((total_bytes + UNIT_BYTES - 1) / UNIT_BYTES),
		.f_bfree = (unsigned long)(free_bytes / UNIT_BYTES),
		.f_bavail = (unsigned long)(available / UNIT_BYTES),
		.f_files = files + free_files,
		.f_ffree = free_files,
		.f_favail = free_files,
		.f_fsid = mount == NULL ? 0 : mount->handle,
		.f_flag = total_bytes != 0 && own_bytes == 0 ? ST_RDONLY | ST_NOSUID : ST_NOSUID,
		.f_namemax = NAME_BYTES,
	};
	return 0;
}

int
statvfs(const char *path, struct statvfs *status)
{
	struct place place;
	struct stat there;
	int error = glue_place_find(path, &place);

	error = error != 0 ? error : glue_place_status(&place, &there);
	error = error != 0 ? error : ask(place.mount, status);
	return error == 0 ? 0 : glue_failed(error);
}

int
fstatvfs(int fd, struct statvfs *status)
{
	struct stream *stream = glue_descriptor_take(fd);

	if (stream == NULL) {
		return glue_failed(EBADF);
	}
	const struct mount *mount = glue_stream_mount(stream);
	int error = mount == NULL ? EINVAL : ask(mount, status);
	glue_stream_give(stream);
	return error == 0 ? 0 : glue_failed(error);
}
