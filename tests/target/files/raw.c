/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A client without the library's manners: wrong handles, places, sizes, names, memory. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "abi/process.h"
#include "check.h"
#include "files/random.h"
#include "gatehouse/process.h"
#include "gatehouse/syscall.h"
#include "gen/core/power.h"
#include "gen/files/file.h"
#include "process_raw.h"

#define NOWHERE     ((uint8_t *)(uintptr_t)(PROCESS_HEAP + UINT64_C(0x4000000)))
#define OPENS_MOST  200
#define ENTRIES     20
#define SEEDS       3
#define OPERATIONS  1000
#define SIZED       7777 /* bytes that the policy grants once */
#define LIVES_LEAST 10   /* of the other client, by then */

const uint32_t gatehouse_console_handle = RAW_CONSOLE;

static uint8_t bytes[70000];

static uint32_t
open_file(const char *name, uint32_t *file)
{
	return fileservice_open(RAW_FILES, FILESERVICE_ACCESS_BOTH, FILESERVICE_HOW_CREATE, false,
		false, name, (uint32_t)strlen(name), file, NULL, NULL, NULL);
}

static uint64_t
size_of(uint32_t file)
{
	uint64_t size = UINT64_MAX;

	expect_equal(file_info(file, &size, NULL, NULL, NULL), E_OK);
	return size;
}

/* What is no capability, is one of another kind, or was one. */
static void
test_handles(void)
{
	uint32_t count;
	uint64_t end;
	uint32_t file;

	check_test("files.handles");
	expect_equal(open_file("/handles", &file), E_OK);
	for (uint32_t handle = 0; handle < 40; handle++) {
		expect(handle == file || file_close(handle) != E_OK);
	}
	/* Another generation, another slot, the service itself, this process. */
	expect_equal(file_get(file + (1u << HANDLE_INDEX_BITS), 0, bytes, 1, &count), E_HANDLE);
	expect_equal(file_get(file + 1, 0, bytes, 1, &count), E_HANDLE);
	expect_equal(file_put(RAW_FILES, 0, bytes, 1, &count, &end), E_DENIED);
	expect_equal(file_close(HANDLE_PROCESS), E_DENIED);
	expect(fileservice_begin(file) != E_OK);
	expect_equal(file_close(file), E_OK);
	expect_equal(file_close(file), E_HANDLE);
	expect_equal(file_get(file, 0, bytes, 1, &count), E_HANDLE);
}

static void
test_places(void)
{
	static const uint64_t far[] = {
		UINT64_MAX, UINT64_MAX - 5, UINT64_C(1) << 63, UINT64_C(1) << 40};
	uint32_t count;
	uint64_t end;
	uint32_t file;

	check_test("files.places");
	expect_equal(open_file("/places", &file), E_OK);
	expect_equal(file_put(file, 0, "abc", 3, &count, &end), E_OK);
	for (uint32_t i = 0; i < sizeof(far) / sizeof(far[0]); i++) {
		count = 1;
		expect_equal(file_get(file, far[i], bytes, 10, &count), E_OK);
		expect_equal(count, 0);
		uint32_t status = file_put(file, far[i], "x", 1, &count, &end);
		expect(status == FILE_ERROR_RANGE || status == FILE_ERROR_FULL);
		status = file_resize(file, far[i]);
		expect(status == FILE_ERROR_RANGE || status == FILE_ERROR_FULL);
		expect_equal(size_of(file), 3);
	}
	expect_equal(file_get(file, 0, bytes, 10, &count), E_OK);
	expect(count == 3 && memcmp(bytes, "abc", 3) == 0);
	expect_equal(file_close(file), E_OK);
}

/* More than a message may lend; more than this client's share. */
static void
test_sizes(void)
{
	uint32_t count = 0;
	uint32_t file;
	uint64_t end = 0;
	uint32_t status = E_OK;

	check_test("files.sizes");
	expect_equal(open_file("/sizes", &file), E_OK);
	expect(file_put(file, 0, bytes, 65537, &count, &end) != E_OK);
	expect(file_get(file, 0, bytes, sizeof(bytes), &count) != E_OK);
	expect_equal(size_of(file), 0);
	expect_equal(file_put(file, 0, bytes, 0, &count, &end), E_OK);
	for (int i = 0; i < 20 && status == E_OK; i++) {
		status = file_put(file, end, bytes, 65536, &count, &end);
	}
	expect_equal(status, FILE_ERROR_FULL);
	expect(size_of(file) <= 524288 && size_of(file) >= 524288 - 65536);
	expect_equal(file_close(file), E_OK);
	expect_equal(fileservice_remove(RAW_FILES, "/sizes", 6), E_OK);
}

/* Memory that is not there, cannot be written, or ends too soon. */
static void
test_leases(void)
{
	uint8_t *readonly = (uint8_t *)(uintptr_t)PROCESS_INFO;
	uint32_t count;
	uint64_t end;
	uint32_t file;

	check_test("files.leases");
	expect_equal(open_file("/leases", &file), E_OK);
	expect_equal(file_put(file, 0, NOWHERE, 100, &count, &end), FILE_ERROR_LEASE);
	expect_equal(file_put(file, 0, bytes, 5000, &count, &end), E_OK);
	expect_equal(file_get(file, 0, NOWHERE, 100, &count), FILE_ERROR_LEASE);
	expect_equal(file_get(file, 0, readonly, 100, &count), FILE_ERROR_LEASE);
	expect_equal(file_get(file, 0, NULL, 100, &count), FILE_ERROR_LEASE);
	expect_equal(file_put(file, 0, readonly + 4000, 200, &count, &end), FILE_ERROR_LEASE);
	expect_equal(file_put(file, 0, (uint8_t *)UINTPTR_MAX - 10, 100, &count, &end),
		FILE_ERROR_LEASE);
	expect_equal(size_of(file), 5000);
	expect_equal(file_close(file), E_OK);
}

/* The monitor takes them for no names at all; the service would not open them either. */
static void
test_names(void)
{
	static const char *const wrong[] = {"", "a", "//", "/a/", "//a", "/a//b", "/.", "/..",
		"/a/../b", "/../names", "/a/.", "/a.", "/a ", "/\x01", "/a\nb", "/\x7f",
		"/0123456789012345678901234567890123456789012345678901234567890123"};
	static char longest[256];
	uint32_t file;

	check_test("files.names");
	for (uint32_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		check_case(wrong[i]);
		uint32_t status = open_file(wrong[i], &file);
		expect(status == E_DENIED || status == FILESERVICE_ERROR_NAME);
		status = fileservice_remove(RAW_FILES, wrong[i], (uint32_t)strlen(wrong[i]));
		expect(status == E_DENIED || status == FILESERVICE_ERROR_NAME);
	}
	check_case("zero");
	expect(fileservice_remove(RAW_FILES, "/a\0b", 4) != E_OK);
	check_case("longest");
	memset(longest, 'x', sizeof(longest));
	for (uint32_t i = 0; i < sizeof(longest); i += 60) {
		longest[i] = '/';
	}
	expect_equal(fileservice_remove(RAW_FILES, longest, 255), FILESERVICE_ERROR_ABSENT);
	expect(fileservice_remove(RAW_FILES, longest, 256) != E_OK);
}

/* Whoever lists a folder sees what stays in it once, whatever goes meanwhile. */
static void
test_list(void)
{
	uint32_t after = 0;
	uint32_t seen = 0;
	char name[16];
	uint32_t file = 0;

	check_test("files.list");
	expect_equal(fileservice_make_folder(RAW_FILES, "/l", 2), E_OK);
	for (int i = 0; i < ENTRIES; i++) {
		snprintf(name, sizeof(name), "/l/%02d", i);
		expect_equal(open_file(name, &file), E_OK);
		expect_equal(file_close(file), E_OK);
	}
	/* Of each two, the first is removed when it was listed, with the one behind it. */
	for (;;) {
		char entry[64] = "";
		uint32_t length = 0;

		if (fileservice_list(RAW_FILES, after, "/l", 2, NULL, &after, NULL, entry, 63,
			    &length) != E_OK) {
			break;
		}
		int number = (entry[0] - '0') * 10 + entry[1] - '0';
		seen++;
		expect_equal(number % 2, 0);
		for (int i = number; i < number + 2; i++) {
			snprintf(name, sizeof(name), "/l/%02d", i);
			expect_equal(fileservice_remove(RAW_FILES, name, 5), E_OK);
		}
	}
	expect_equal(seen, ENTRIES / 2);
	expect_equal(fileservice_remove_folder(RAW_FILES, "/l", 2), E_OK);
	expect_equal(fileservice_list(RAW_FILES, 0, "/l", 2, NULL, &after, NULL, name, 15, &seen),
		FILESERVICE_ERROR_ABSENT);
}

/* One client's share of open files is its own, and comes back. */
static void
test_many(void)
{
	static uint32_t files[OPENS_MOST];
	uint32_t counts[2] = {0};

	check_test("files.many");
	for (int round = 0; round < 2; round++) {
		uint32_t status = E_OK;

		while (counts[round] < OPENS_MOST && status == E_OK) {
			status = open_file("/many", &files[counts[round]]);
			counts[round] += status == E_OK;
		}
		expect_equal(status, FILESERVICE_ERROR_MANY);
		expect_equal(fileservice_begin(RAW_FILES), E_OK);
		expect(file_close(files[0]) != E_OK);
	}
	expect_equal(counts[0], 64);
	expect_equal(counts[1], counts[0]);
}

/* The other client dies with all its files open, again and again. */
static void
test_deaths(void)
{
	uint32_t lives = 0;
	uint32_t other = 0;
	uint32_t count;
	uint32_t file;

	check_test("files.deaths");
	expect_equal(open_file("/mortal", &other), E_OK);
	while (lives < LIVES_LEAST) {
		expect_equal(open_file("/deaths", &file), E_OK);
		expect_equal(file_close(file), E_OK);
		expect_equal(file_get(other, 0, &lives, sizeof(lives), &count), E_OK);
	}
	expect_equal(file_close(other), E_OK);
}

/* What the policy remembers of an open file ends with it, though its number is used again. */
static void
test_number(void)
{
	uint32_t file;

	check_test("files.number");
	for (int i = 0; i < OPENS_MOST; i++) {
		expect_equal(open_file("/number", &file), E_OK);
		expect_equal(file_resize(file, SIZED), E_OK);
		expect_equal(file_resize(file, SIZED), E_DENIED);
		expect_equal(file_close(file), E_OK);
	}
	expect_equal(fileservice_remove(RAW_FILES, "/number", 7), E_OK);
}

static void
test_random(void)
{
	static const char *const left[] = {"/handles", "/places", "/leases", "/many", "/deaths"};

	check_test("files.random");
	for (uint32_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
		expect_equal(
			fileservice_remove(RAW_FILES, left[i], (uint32_t)strlen(left[i])), E_OK);
	}
	for (uint32_t seed = 1; seed <= SEEDS; seed++) {
		char name[16];

		snprintf(name, sizeof(name), "seed %lu", (unsigned long)seed);
		check_case(name);
		random_operations(seed, OPERATIONS);
	}
}

/* What a file may be used for follows from where it stands (product.gate): what is kept is not
 * written. */
static void
test_labels(void)
{
	uint32_t count;
	uint32_t file;
	uint64_t end;

	check_test("files.labels");
	expect_equal(fileservice_make_folder(RAW_FILES, "/kept", 5), E_OK);
	expect_equal(fileservice_make_folder(RAW_FILES, "/kept/mine", 10), E_OK);
	expect_equal(open_file("/kept/a", &file), E_OK);
	expect_equal(file_put(file, 0, "abc", 3, &count, &end), E_DENIED);
	expect_equal(file_get(file, 0, bytes, 10, &count), E_OK);
	expect_equal(file_close(file), E_OK);
	expect_equal(open_file("/kept/mine/a", &file), E_OK);
	expect_equal(file_put(file, 0, "abc", 3, &count, &end), E_OK);
	expect_equal(file_close(file), E_OK);
	expect_equal(open_file("/keptx", &file), E_OK);
	expect_equal(file_put(file, 0, "abc", 3, &count, &end), E_OK);
	expect_equal(file_close(file), E_OK);
	expect_equal(fileservice_remove(RAW_FILES, "/kept/mine/a", 12), E_OK);
	expect_equal(fileservice_remove(RAW_FILES, "/kept/a", 7), E_OK);
	expect_equal(fileservice_remove(RAW_FILES, "/keptx", 6), E_OK);
	expect_equal(fileservice_remove_folder(RAW_FILES, "/kept/mine", 10), E_OK);
	expect_equal(fileservice_remove_folder(RAW_FILES, "/kept", 5), E_OK);
}

int
main(void)
{
	(void)fileservice_begin(RAW_FILES);
	test_handles();
	test_places();
	test_sizes();
	test_leases();
	test_names();
	test_labels();
	test_list();
	test_many();
	test_deaths();
	test_number();
	test_random();
	return power_off(RAW_POWER, check_finish()) != E_OK;
}
