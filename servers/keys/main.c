/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Keys that a client may use but never see. */
#include <stdbool.h>
#include <string.h>

#include "gatehouse/resource.h"
#include "gatehouse/server.h"
#include "hmac.h"
#include "process_keyserver.h"

#define KEYS 8u

struct key {
	bool is_there;
	enum keystore_kind kind;
	uint8_t secret[HMAC_BLOCK_BYTES];
	uint32_t secret_bytes;
	uint32_t handle; /* a capability of it to copy from; 0: not made yet */
};

static struct key keys[KEYS];

static struct resource
resource_of(const struct key *key)
{
	return key->kind == KEYSTORE_KIND_MESSAGE ? KEYSERVER_MESSAGEKEY : KEYSERVER_DISKKEY;
}

static uint32_t
serve_install(void *context, const struct caller *caller, uint8_t number, enum keystore_kind kind,
	const void *secret, uint32_t secret_bytes)
{
	struct key *key = &keys[number];

	(void)context;
	(void)caller;
	if (key->is_there) {
		return KEYSTORE_ERROR_TAKEN;
	}
	*key = (struct key){.is_there = true, .kind = kind, .secret_bytes = secret_bytes};
	memcpy(key->secret, secret, secret_bytes);
	return E_OK;
}

static uint32_t
serve_open(void *context, const struct caller *caller, uint8_t number, uint32_t *out_key)
{
	struct key *key = &keys[number];

	(void)context;
	(void)caller;
	if (!key->is_there) {
		return KEYSTORE_ERROR_ABSENT;
	}
	if (key_ask_may_use(0, resource_label(resource_of(key)), number) != E_OK) {
		return KEYSTORE_ERROR_DENIED;
	}
	if (key->handle == 0 && resource_make(resource_of(key), number, &key->handle) != E_OK) {
		return KEYSTORE_ERROR_FULL;
	}
	*out_key = key->handle;
	return E_OK;
}

/* NULL: an earlier life of this server had it, or the caller came over a wire and has none. */
static const struct key *
key_of(const struct caller *caller)
{
	uint32_t number = resource_number(caller);

	return number < KEYS && keys[number].is_there ? &keys[number] : NULL;
}

static uint32_t
serve_mac(void *context, const struct caller *caller, const void *data, uint32_t data_bytes,
	void *out_tag, uint32_t out_tag_capacity, uint32_t *out_tag_bytes)
{
	const struct key *key = key_of(caller);

	(void)context;
	(void)out_tag_capacity; /* as the interface says */
	if (key == NULL) {
		return KEY_ERROR_ABSENT;
	}
	hmac_sha256(key->secret, key->secret_bytes, data, data_bytes, out_tag);
	*out_tag_bytes = HMAC_TAG_BYTES;
	return E_OK;
}

static uint32_t
serve_export(void *context, const struct caller *caller, void *out_secret,
	uint32_t out_secret_capacity, uint32_t *out_secret_bytes)
{
	const struct key *key = key_of(caller);

	(void)context;
	(void)out_secret_capacity;
	if (key == NULL) {
		return KEY_ERROR_ABSENT;
	}
	memcpy(out_secret, key->secret, key->secret_bytes);
	*out_secret_bytes = key->secret_bytes;
	return E_OK;
}

static const struct keystore_server store = {.install = serve_install, .open = serve_open};
static const struct key_server key_functions = {.mac = serve_mac, .export = serve_export};

static bool
serve(const struct caller *caller, struct message *message)
{
	return keyserver_serve(caller, message, &store, &key_functions);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
