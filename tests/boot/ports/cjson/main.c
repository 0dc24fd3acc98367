/* SPDX-License-Identifier: 0BSD */
/* cJSON: reads, changes, writes; refuses what is no JSON, and says where. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>
#include <cJSON_Utils.h>

#include "gatehouse/process.h"
#include "process_cjson.h"

#define DEPTH 2000 /* above the limit of cJSON itself, CJSON_NESTING_LIMIT */

const uint32_t gatehouse_console_handle = CJSON_CONSOLE;
/* It reads what is nested as deep as its own limit, each level in a frame. */
const uint32_t gatehouse_stack_bytes = 512 * 1024;

static int failures;

static void
check(int holds, const char *what)
{
	if (!holds) {
		printf("cjson: FAILED: %s\n", what);
		failures++;
	}
}

static void
read_and_write(void)
{
	static const char text[] =
		"{\"name\":\"valve \\u00e9\\n\",\"open\":true,\"at\":[1,-2.5,1e3,null],"
		"\"in\":{\"a/b\":7}}";
	cJSON *tree = cJSON_Parse(text);

	check(tree != NULL, "it reads an object");
	check(cJSON_IsTrue(cJSON_GetObjectItem(tree, "open")), "a boolean");
	check(cJSONUtils_GetPointer(tree, "/at/1")->valuedouble == -2.5, "a number");
	check(cJSONUtils_GetPointer(tree, "/in/a~1b")->valueint == 7, "a pointer");
	cJSON_AddNumberToObject(tree, "third", 1.0 / 3);
	cJSON_AddItemToArray(cJSON_GetObjectItem(tree, "at"), cJSON_CreateString("\"q\""));
	char *out = cJSON_PrintUnformatted(tree);
	check(out != NULL, "it writes");
	printf("cjson: %s\n", out);
	cJSON *again = cJSON_Parse(out);
	check(cJSON_Compare(tree, again, 1), "what it writes, it reads");
	cJSON_free(out);
	cJSON_Delete(again);
	cJSON_Delete(tree);
}

static void
refuse(void)
{
	static const char text[] = "{\"a\": [1, 2, }";
	static char deep[2 * DEPTH + 1];
	const char *end = NULL;

	check(cJSON_ParseWithOpts(text, &end, 1) == NULL && end == text + 13, "where it stops");
	memset(deep, '[', DEPTH);
	memset(deep + DEPTH, ']', DEPTH);
	check(cJSON_Parse(deep) == NULL, "it is not led deeper than its stack");
}

/* What it takes, it gives back: a leak would use up the account long before the end. */
static void
repeat(void)
{
	for (int i = 0; i < 2000; i++) {
		cJSON *tree =
			cJSON_Parse("[[1,2,3],{\"k\":\"0123456789012345678901234567890123\"}]");
		if (tree == NULL) {
			check(0, "memory comes back");
			return;
		}
		cJSON_Delete(tree);
	}
}

int
main(void)
{
	read_and_write();
	refuse();
	repeat();
	printf("cjson %s: %d failures\n", cJSON_Version(), failures);
	return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
