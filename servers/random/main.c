/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random bytes: HMAC-DRBG over the operator's seed. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "mbedtls/hmac_drbg.h"
#include "mbedtls/platform_util.h"
#include "process_randomness.h"

#define SEED_BYTES_LEAST 32u
#define SEED_BYTES_MAX   512u
#define NAME             "seed"
#define TRIES            3 /* E_RESTARTED comes once for each restart of the server */

/* libc-glue is built before any stub is, so it speaks this method by number. */
_Static_assert(RANDOM_TAKE == 1, "as libc-glue/entropy.c has it");

/* What the generator begins with: another stream for each incarnation. */
struct material {
	uint8_t seed[SEED_BYTES_MAX];
	uint32_t incarnation;
	uint64_t time_ns;
};

static mbedtls_hmac_drbg_context generator;
static bool is_seeded;

static uint32_t
read_seed(uint8_t seed[SEED_BYTES_MAX])
{
	uint32_t bytes = 0;
	uint32_t status = E_RESTARTED;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		bytes = 0;
		status = settings_read(
			RANDOMNESS_SETTINGS, NAME, sizeof(NAME) - 1, seed, SEED_BYTES_MAX, &bytes);
	}
	return status == E_OK ? bytes : 0;
}

/* The seed may come later than this process: it is asked for until it is there. */
static bool
begin(void)
{
	static struct material material;

	if (is_seeded) {
		return true;
	}
	if (read_seed(material.seed) >= SEED_BYTES_LEAST) {
		material.incarnation = process_info()->incarnation;
		material.time_ns = sys_clock();
		mbedtls_hmac_drbg_init(&generator);
		is_seeded = mbedtls_hmac_drbg_seed_buf(&generator,
				    mbedtls_md_info_from_type(MBEDTLS_MD_SHA256),
				    (const unsigned char *)&material, sizeof(material)) == 0;
	}
	mbedtls_platform_zeroize(&material, sizeof(material));
	return is_seeded;
}

static uint32_t
serve_take(void *context, const struct caller *caller, uint16_t count, void *out_bytes,
	uint32_t out_bytes_capacity, uint32_t *out_bytes_bytes)
{
	(void)context;
	(void)caller;
	if (count > out_bytes_capacity || !begin() ||
		mbedtls_hmac_drbg_random(&generator, out_bytes, count) != 0) {
		return RANDOM_ERROR_UNSEEDED;
	}
	*out_bytes_bytes = count;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct random_server random = {.take = serve_take};

	return randomness_serve(caller, message, &random);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
