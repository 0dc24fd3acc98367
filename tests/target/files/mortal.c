/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Opens all that it may, writes which life this is, and dies without closing anything. */
#include <stddef.h>
#include <stdint.h>

#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/files/file.h"
#include "process_mortal.h"

#define OPENS_MOST 100
#define NS_PER_MS  UINT64_C(1000000)

int
main(void)
{
	static const char name[] = "/mortal";
	volatile uintptr_t nowhere = 16;
	uint32_t life = process_info()->incarnation;
	uint32_t opened = 0;
	uint32_t file = 0;
	uint32_t bits;

	(void)fileservice_begin(MORTAL_FILES);
	while (opened < OPENS_MOST &&
		fileservice_open(MORTAL_FILES, FILESERVICE_ACCESS_BOTH, FILESERVICE_HOW_CREATE,
			false, false, name, sizeof(name) - 1, &file, NULL, NULL, NULL) == E_OK) {
		uint32_t count;
		uint64_t end;

		(void)file_put(file, 0, &life, sizeof(life), &count, &end);
		opened++;
	}
	(void)sys_deadline(sys_clock() + 2 * NS_PER_MS);
	(void)sys_wait(0, &bits);
	return *(volatile int *)nowhere;
}
