/* SPDX-License-Identifier: 0BSD */
/* zlib: known checksums, and data of every kind that comes back as it was at every level. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "gatehouse/process.h"
#include "process_zlib.h"

#define INPUT_BYTES  100000u
#define OUTPUT_BYTES 110000u
#define WINDOW_BYTES 1000u

const uint32_t gatehouse_console_handle = ZLIB_CONSOLE;

static uint8_t input[INPUT_BYTES];
static uint8_t packed[OUTPUT_BYTES];
static uint8_t output[INPUT_BYTES];

static int failures;

static void
check(int holds, const char *what)
{
	if (!holds) {
		printf("zlib: FAILED: %s\n", what);
		failures++;
	}
}

/* The same numbers everywhere. */
static uint32_t
next_random(void)
{
	static uint32_t state = 1;

	state = state * 1664525u + 1013904223u;
	return state >> 16;
}

static void
fill_zero(void)
{
	memset(input, 0, sizeof(input));
}

static void
fill_random(void)
{
	for (size_t i = 0; i < sizeof(input); i++) {
		input[i] = (uint8_t)next_random();
	}
}

static void
fill_text(void)
{
	static const char *const words[] = {"valve ", "sensor ", "gate ", "rule ", "a ", "the\n"};

	for (size_t i = 0; i < sizeof(input);) {
		const char *word = words[next_random() % 6];
		for (; *word != '\0' && i < sizeof(input); word++) {
			input[i++] = (uint8_t)*word;
		}
	}
}

/* In one go, as most programs do it. */
static void
round_trip(const char *name, int level)
{
	uLongf bytes = sizeof(packed);
	uLongf back = sizeof(output);

	check(compress2(packed, &bytes, input, sizeof(input), level) == Z_OK, "compress2");
	memset(output, 0xaa, sizeof(output));
	check(uncompress(output, &back, packed, bytes) == Z_OK, "uncompress");
	check(back == sizeof(input) && memcmp(input, output, back) == 0, "the same data");
	printf("zlib: %s at level %d: %lu bytes\n", name, level, (unsigned long)bytes);

	/* A changed byte does not go unnoticed: the checksum stands behind the data. */
	packed[bytes - 1] ^= 1;
	back = sizeof(output);
	check(uncompress(output, &back, packed, bytes) == Z_DATA_ERROR, "a changed checksum");
}

/* Piece by piece, in the format of gzip files. */
static void
stream_trip(void)
{
	z_stream in = {.next_in = input, .avail_in = sizeof(input)};
	z_stream out = {.next_out = output, .avail_out = sizeof(output)};
	int status = Z_OK;

	check(deflateInit2(&in, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK, "deflate");
	check(inflateInit2(&out, 15 + 16) == Z_OK, "inflate");
	for (int i = 0; i < 1000 && status == Z_OK; i++) {
		in.next_out = packed;
		in.avail_out = WINDOW_BYTES;
		status = deflate(&in, Z_FINISH);
		out.next_in = packed;
		out.avail_in = WINDOW_BYTES - in.avail_out;
		while (out.avail_in > 0 && inflate(&out, Z_NO_FLUSH) == Z_OK) {
		}
	}
	check(status == Z_STREAM_END, "the end of the stream");
	check(out.total_out == sizeof(input), "the length of the stream");
	check(memcmp(input, output, sizeof(input)) == 0, "the same data from the stream");
	deflateEnd(&in);
	inflateEnd(&out);
}

int
main(void)
{
	static const struct {
		const char *name;
		void (*fill)(void);
	} kinds[] = {{"zeros", fill_zero}, {"noise", fill_random}, {"text", fill_text}};

	check(strcmp(zlibVersion(), ZLIB_VERSION) == 0, "header and library of one version");
	check(crc32(0, (const Bytef *)"123456789", 9) == 0xcbf43926u, "crc32");
	check(adler32(1, (const Bytef *)"123456789", 9) == 0x091e01deu, "adler32");
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		kinds[i].fill();
		for (int level = 0; level <= 9; level += 3) {
			round_trip(kinds[i].name, level);
		}
	}
	stream_trip();
	printf("zlib %s: %d failures\n", zlibVersion(), failures);
	return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
