/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mmap: memory from the account, kept when it is given back, and copies of files in it. */
#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "abi/abi.h"
#include "account.h"
#include "descriptor.h"
#include "layout.h"
#include "lock.h"

#define RANGES_MAX 128u

/* Ranges stand in the order of their addresses, without a gap. */
static uint32_t maps_lock;
static struct range {
	uint64_t start;
	uint64_t bytes;
	bool is_free;
} ranges[RANGES_MAX];
static uint32_t range_count;

static uint64_t
maps_end(void)
{
	return range_count == 0 ? LAYOUT_MAPS
				: ranges[range_count - 1].start + ranges[range_count - 1].bytes;
}

/* Cuts a range in two, the first of them `bytes` long. Requires room for one more. */
static void
cut(uint32_t index, uint64_t bytes)
{
	memmove(&ranges[index + 1], &ranges[index], (range_count - index) * sizeof(ranges[0]));
	range_count++;
	ranges[index].bytes = bytes;
	ranges[index + 1].start += bytes;
	ranges[index + 1].bytes -= bytes;
}

static void
join_free(void)
{
	uint32_t to = 0;

	for (uint32_t i = 1; i < range_count; i++) {
		if (ranges[to].is_free && ranges[i].is_free) {
			ranges[to].bytes += ranges[i].bytes;
		} else {
			ranges[++to] = ranges[i];
		}
	}
	range_count = range_count == 0 ? 0 : to + 1;
}

/* A range that was given back: cleared, as a new one is. 0: none is large enough. */
static uint64_t
take_free(uint64_t bytes)
{
	for (uint32_t i = 0; i < range_count; i++) {
		struct range *range = &ranges[i];

		if (!range->is_free || range->bytes < bytes) {
			continue;
		}
		if (range->bytes > bytes && range_count < RANGES_MAX) {
			cut(i, bytes);
		}
		range->is_free = false;
		memset((void *)(uintptr_t)range->start, 0, (size_t)range->bytes);
		return range->start;
	}
	return 0;
}

static uint64_t
take_new(uint64_t bytes)
{
	uint64_t start = maps_end();

	if (range_count == RANGES_MAX || bytes > LAYOUT_MAPS_END - start) {
		return 0;
	}
	/* What was mapped when the account ran out stays, for the next that wants less. */
	uint64_t mapped = glue_account_map_range(start, bytes);
	if (mapped > 0) {
		ranges[range_count++] =
			(struct range){.start = start, .bytes = mapped, .is_free = mapped < bytes};
	}
	return mapped < bytes ? 0 : start;
}

/* A copy: nobody here can change a file that others have mapped. */
static int
fill(uint8_t *memory, size_t bytes, int fd, off_t offset)
{
	size_t done = 0;

	while (done < bytes) {
		ssize_t count = pread(fd, memory + done, bytes - done, offset + (off_t)done);

		if (count < 0) {
			return errno;
		}
		if (count == 0) {
			break;
		}
		done += (size_t)count;
	}
	return 0;
}

static int
check(size_t bytes, int protection, int flags, off_t offset)
{
	bool is_anonymous = (flags & MAP_ANONYMOUS) != 0;

	if (bytes == 0 || offset % (off_t)PAGE_BYTES != 0 ||
		((flags & MAP_SHARED) != 0) == ((flags & MAP_PRIVATE) != 0)) {
		return EINVAL;
	}
	if ((flags & MAP_FIXED) != 0 || (protection & PROT_EXEC) != 0) {
		return ENOTSUP;
	}
	if (!is_anonymous && (flags & MAP_SHARED) != 0 && (protection & PROT_WRITE) != 0) {
		return EACCES;
	}
	return 0;
}

void *
mmap(void *wanted, size_t bytes, int protection, int flags, int fd, off_t offset)
{
	uint64_t rounded = ((uint64_t)bytes + PAGE_BYTES - 1) & ~(uint64_t)(PAGE_BYTES - 1);
	int error = check(bytes, protection, flags, offset);
	uint64_t start = 0;

	(void)wanted; /* a hint */
	if (error == 0) {
		glue_lock_acquire(&maps_lock);
		start = take_free(rounded);
		start = start != 0 ? start : take_new(rounded);
		glue_lock_release(&maps_lock);
		error = start == 0 ? ENOMEM : 0;
	}
	void *memory = (void *)(uintptr_t)start;
	if (error == 0 && (flags & MAP_ANONYMOUS) == 0) {
		error = fill(memory, bytes, fd, offset);
		error = error == ESPIPE ? ENODEV : error;
		if (error != 0) {
			(void)munmap(memory, bytes);
		}
	}
	if (error != 0) {
		errno = error;
		return MAP_FAILED;
	}
	return memory;
}

/* Frees what lies in [start, end) of one range. Returns false when there is no room to cut it. */
static bool
free_part(uint32_t index, uint64_t start, uint64_t end)
{
	uint64_t range_end = ranges[index].start + ranges[index].bytes;

	if (range_count + 2 > RANGES_MAX) {
		return false;
	}
	if (end < range_end) {
		cut(index, end - ranges[index].start);
	}
	if (start > ranges[index].start) {
		cut(index, start - ranges[index].start);
		index++;
	}
	ranges[index].is_free = true;
	return true;
}

int
munmap(void *memory, size_t bytes)
{
	uint64_t start = (uintptr_t)memory;
	uint64_t end = (start + bytes + PAGE_BYTES - 1) & ~(uint64_t)(PAGE_BYTES - 1);
	bool has_room = true;

	if (start % PAGE_BYTES != 0 || bytes == 0 || start < LAYOUT_MAPS || end > LAYOUT_MAPS_END) {
		return glue_failed(EINVAL);
	}
	glue_lock_acquire(&maps_lock);
	for (uint32_t i = 0; i < range_count && has_room; i++) {
		uint64_t range_end = ranges[i].start + ranges[i].bytes;

		if (!ranges[i].is_free && ranges[i].start < end && range_end > start) {
			has_room = free_part(i, start > ranges[i].start ? start : ranges[i].start,
				end < range_end ? end : range_end);
		}
	}
	join_free();
	glue_lock_release(&maps_lock);
	return has_room ? 0 : glue_failed(ENOMEM);
}

/* newlib declares it and leaves it to the system. */
int
posix_memalign(void **memory, size_t align, size_t bytes)
{
	if (align < sizeof(void *) || (align & (align - 1)) != 0) {
		return EINVAL;
	}
	int before = errno;
	void *taken = memalign(align, bytes);
	errno = before;
	if (taken == NULL) {
		return ENOMEM;
	}
	*memory = taken;
	return 0;
}
