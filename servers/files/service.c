/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A store of files as a server: who has what open, and the two interfaces of files.gate. */
#include "service.h"

#include <string.h>

#include "open.h"
#include "path.h"

static const struct store *store;
static struct open *opened; /* by the present request, or NULL */

void
service_init(const struct store *new_store, const struct resource *kinds, uint32_t count)
{
	store = new_store;
	open_init(new_store, kinds, count);
}

void
service_next(void)
{
	opened = NULL;
}

void
service_refused(void)
{
	if (opened != NULL) {
		open_end(opened);
		opened = NULL;
	}
}

static uint32_t
service_status(enum store_status status)
{
	static const uint32_t codes[STORE_STATUSES] = {
		[STORE_OK] = E_OK,
		[STORE_ABSENT] = FILESERVICE_ERROR_ABSENT,
		[STORE_NAME] = FILESERVICE_ERROR_NAME,
		[STORE_PLAIN] = FILESERVICE_ERROR_PLAIN,
		[STORE_FOLDER] = FILESERVICE_ERROR_FOLDER,
		[STORE_FIXED] = FILESERVICE_ERROR_FIXED,
		[STORE_BUSY] = FILESERVICE_ERROR_BUSY,
		[STORE_FILLED] = FILESERVICE_ERROR_FILLED,
		[STORE_EXISTS] = FILESERVICE_ERROR_EXISTS,
		[STORE_FULL] = FILESERVICE_ERROR_FULL,
		[STORE_RANGE] = FILESERVICE_ERROR_FULL,
	};

	return codes[status];
}

static uint32_t
file_status(enum store_status status)
{
	static const uint32_t codes[STORE_STATUSES] = {
		[STORE_OK] = E_OK,
		[STORE_ABSENT] = FILE_ERROR_ABSENT,
		[STORE_NAME] = FILE_ERROR_NAME,
		[STORE_PLAIN] = FILE_ERROR_PLAIN,
		[STORE_FOLDER] = FILE_ERROR_FOLDER,
		[STORE_FIXED] = FILE_ERROR_FIXED,
		[STORE_BUSY] = FILE_ERROR_BUSY,
		[STORE_FILLED] = FILE_ERROR_FILLED,
		[STORE_EXISTS] = FILE_ERROR_EXISTS,
		[STORE_FULL] = FILE_ERROR_FULL,
		[STORE_RANGE] = FILE_ERROR_RANGE,
	};

	return codes[status];
}

/* --- interface FileService ------------------------------------------------------------------ */

static uint32_t
serve_begin(void *context, const struct caller *caller)
{
	(void)context;
	open_end_all(caller->instance);
	return E_OK;
}

static enum store_status
find(const char *name, uint32_t bytes, uint32_t *node)
{
	return path_is_good(name, bytes) ? store->find(store->context, name, bytes, node)
					 : STORE_NAME;
}

/* Whether a node that is there may be opened so. */
static enum store_status
check_open(uint32_t node, enum fileservice_access access, enum fileservice_how how, bool empty)
{
	struct store_info info;

	store->info(store->context, node, &info);
	if (how == FILESERVICE_HOW_FRESH) {
		return STORE_EXISTS;
	}
	if (access == FILESERVICE_ACCESS_MOVE) {
		return store->rename == NULL ? STORE_FIXED : STORE_OK;
	}
	if (info.kind == STORE_KIND_FOLDER) {
		return STORE_FOLDER;
	}
	if (open_writes(access) || empty) {
		return store->room == NULL ? STORE_FIXED : STORE_OK;
	}
	return STORE_OK;
}

/* The node that is to be opened, made or emptied if that was asked for. */
static enum store_status
take_node(const char *name, uint32_t bytes, uint16_t owner, enum fileservice_access access,
	enum fileservice_how how, bool empty, uint32_t *node)
{
	enum store_status status = find(name, bytes, node);

	if (status == STORE_ABSENT && how != FILESERVICE_HOW_PRESENT) {
		return store->create == NULL ? STORE_FIXED
					     : store->create(store->context, name, bytes,
						       STORE_KIND_PLAIN, owner, node);
	}
	if (status == STORE_OK) {
		status = check_open(*node, access, how, empty);
	}
	if (status == STORE_OK && empty) {
		status = store->resize(store->context, *node, 0);
	}
	return status;
}

static uint32_t
serve_open(void *context, const struct caller *caller, enum fileservice_access access,
	enum fileservice_how how, bool empty, bool append, const void *name, uint32_t name_bytes,
	uint32_t *out_file, uint64_t *out_size, uint32_t *out_number,
	enum fileservice_kind *out_kind)
{
	struct open *open = open_place(caller->instance, name, name_bytes);
	struct store_info info;
	uint32_t node;

	(void)context;
	if (open == NULL) {
		return FILESERVICE_ERROR_MANY;
	}
	enum store_status status =
		take_node(name, name_bytes, caller->instance, access, how, empty, &node);
	if (status != STORE_OK) {
		return service_status(status);
	}
	store->hold(store->context, node);
	open->node = node;
	open->owner = caller->instance;
	open->access = access;
	open->appends = append;
	open->is_used = true;
	opened = open;
	store->info(store->context, node, &info);
	*out_file = open->handle;
	*out_size = info.size;
	*out_number = info.number;
	*out_kind = (enum fileservice_kind)info.kind;
	return E_OK;
}

static uint32_t
serve_look(void *context, const struct caller *caller, const void *name, uint32_t name_bytes,
	uint64_t *out_size, uint64_t *out_changed_ns, uint32_t *out_number,
	enum fileservice_kind *out_kind)
{
	struct store_info info;
	uint32_t node;
	enum store_status status = find(name, name_bytes, &node);

	(void)context;
	(void)caller;
	if (status != STORE_OK) {
		return service_status(status);
	}
	store->info(store->context, node, &info);
	*out_size = info.size;
	*out_changed_ns = info.changed_ns;
	*out_number = info.number;
	*out_kind = (enum fileservice_kind)info.kind;
	return E_OK;
}

static uint32_t
serve_list(void *context, const struct caller *caller, uint32_t after, const void *folder,
	uint32_t folder_bytes, uint64_t *out_size, uint32_t *out_number,
	enum fileservice_kind *out_kind, void *out_entry, uint32_t out_entry_capacity,
	uint32_t *out_entry_bytes)
{
	struct store_entry entry;
	struct store_info info;
	uint32_t node;
	enum store_status status = find(folder, folder_bytes, &node);

	(void)context;
	(void)caller;
	(void)out_entry_capacity; /* as the interface says */
	if (status == STORE_OK) {
		store->info(store->context, node, &info);
		status = info.kind == STORE_KIND_FOLDER
				 ? store->next(store->context, node, after, &entry)
				 : STORE_PLAIN;
	}
	if (status != STORE_OK) {
		return service_status(status);
	}
	*out_size = entry.info.size;
	*out_number = entry.info.number;
	*out_kind = (enum fileservice_kind)entry.info.kind;
	memcpy(out_entry, entry.name, entry.bytes);
	*out_entry_bytes = entry.bytes;
	return E_OK;
}

static uint32_t
serve_make_folder(void *context, const struct caller *caller, const void *name, uint32_t name_bytes)
{
	uint32_t node;
	enum store_status status = find(name, name_bytes, &node);

	(void)context;
	if (status == STORE_OK) {
		return FILESERVICE_ERROR_EXISTS;
	}
	if (status == STORE_ABSENT) {
		status = store->create == NULL
				 ? STORE_FIXED
				 : store->create(store->context, name, name_bytes,
					   STORE_KIND_FOLDER, caller->instance, &node);
	}
	return service_status(status);
}

static uint32_t
remove_kind(const char *name, uint32_t bytes, enum store_kind what)
{
	uint32_t node;
	enum store_status status = find(name, bytes, &node);

	if (status == STORE_OK) {
		status = store->remove == NULL ? STORE_FIXED
					       : store->remove(store->context, name, bytes, what);
	}
	return service_status(status);
}

static uint32_t
serve_remove(void *context, const struct caller *caller, const void *name, uint32_t name_bytes)
{
	(void)context;
	(void)caller;
	return remove_kind(name, name_bytes, STORE_KIND_PLAIN);
}

static uint32_t
serve_remove_folder(
	void *context, const struct caller *caller, const void *name, uint32_t name_bytes)
{
	(void)context;
	(void)caller;
	return remove_kind(name, name_bytes, STORE_KIND_FOLDER);
}

static uint32_t
serve_usage(void *context, const struct caller *caller, uint64_t *out_total_bytes,
	uint64_t *out_free_bytes, uint64_t *out_own_bytes, uint32_t *out_files,
	uint32_t *out_free_files)
{
	struct store_usage usage;

	(void)context;
	store->usage(store->context, caller->instance, &usage);
	*out_total_bytes = usage.total_bytes;
	*out_free_bytes = usage.free_bytes;
	*out_own_bytes = usage.own_bytes;
	*out_files = usage.files;
	*out_free_files = usage.free_files;
	return E_OK;
}

/* --- interface File ------------------------------------------------------------------------- */

static uint32_t
serve_get(void *context, const struct caller *caller, uint64_t at, struct lease data,
	uint32_t *out_count)
{
	const struct open *open = open_of(caller);
	const uint8_t *bytes;
	uint32_t run = 1;

	(void)context;
	if (open == NULL) {
		return FILE_ERROR_CLOSED;
	}
	if (!open_reads(open)) {
		return FILE_ERROR_ACCESS;
	}
	while (*out_count < data.length_bytes && run != 0) {
		store->read(store->context, open->node, at + *out_count, &bytes, &run);
		if (run > data.length_bytes - *out_count) {
			run = data.length_bytes - *out_count;
		}
		if (lease_write(&data, *out_count, bytes, run) != E_OK) {
			return FILE_ERROR_LEASE;
		}
		*out_count += run;
	}
	return E_OK;
}

static uint32_t
put_all(const struct open *open, uint64_t at, const struct lease *data, uint32_t *count)
{
	uint8_t *bytes;
	uint32_t run;

	while (*count < data->length_bytes) {
		enum store_status status =
			store->room(store->context, open->node, at + *count, &bytes, &run);
		if (status != STORE_OK) {
			/* What was written before it stays. */
			return *count > 0 ? E_OK : file_status(status);
		}
		if (run > data->length_bytes - *count) {
			run = data->length_bytes - *count;
		}
		if (lease_read(data, *count, bytes, run) != E_OK) {
			return FILE_ERROR_LEASE;
		}
		*count += run;
		store->wrote(store->context, open->node, at + *count);
	}
	return E_OK;
}

static uint32_t
serve_put(void *context, const struct caller *caller, uint64_t at, struct lease data,
	uint32_t *out_count, uint64_t *out_end)
{
	const struct open *open = open_of(caller);
	struct store_info info;

	(void)context;
	if (open == NULL) {
		return FILE_ERROR_CLOSED;
	}
	if (!open_writes(open->access)) {
		return FILE_ERROR_ACCESS;
	}
	if (open->appends) {
		store->info(store->context, open->node, &info);
		at = info.size;
	}
	uint32_t status = put_all(open, at, &data, out_count);
	*out_end = at + *out_count;
	return status;
}

static uint32_t
serve_resize(void *context, const struct caller *caller, uint64_t size)
{
	const struct open *open = open_of(caller);

	(void)context;
	if (open == NULL) {
		return FILE_ERROR_CLOSED;
	}
	if (!open_writes(open->access)) {
		return FILE_ERROR_ACCESS;
	}
	return file_status(store->resize(store->context, open->node, size));
}

static uint32_t
serve_info(void *context, const struct caller *caller, uint64_t *out_size, uint64_t *out_changed_ns,
	uint32_t *out_number, enum file_kind *out_kind)
{
	const struct open *open = open_of(caller);
	struct store_info info;

	(void)context;
	if (open == NULL) {
		return FILE_ERROR_CLOSED;
	}
	store->info(store->context, open->node, &info);
	*out_size = info.size;
	*out_changed_ns = info.changed_ns;
	*out_number = info.number;
	*out_kind = (enum file_kind)info.kind;
	return E_OK;
}

static uint32_t
serve_rename(void *context, const struct caller *caller, const void *to, uint32_t to_bytes)
{
	const struct open *open = open_of(caller);

	(void)context;
	if (open == NULL) {
		return FILE_ERROR_CLOSED;
	}
	if (open->access != FILESERVICE_ACCESS_MOVE) {
		return FILE_ERROR_ACCESS;
	}
	if (!path_is_good(to, to_bytes)) {
		return FILE_ERROR_NAME;
	}
	return file_status(store->rename(store->context, open->node, to, to_bytes));
}

static uint32_t
serve_close(void *context, const struct caller *caller)
{
	struct open *open = open_of(caller);

	(void)context;
	if (open == NULL) {
		return FILE_ERROR_CLOSED;
	}
	open_end(open);
	return E_OK;
}

const struct fileservice_server service_files = {
	.begin = serve_begin,
	.open = serve_open,
	.look = serve_look,
	.list = serve_list,
	.make_folder = serve_make_folder,
	.remove = serve_remove,
	.remove_folder = serve_remove_folder,
	.usage = serve_usage,
};

const struct file_server service_file = {
	.get = serve_get,
	.put = serve_put,
	.resize = serve_resize,
	.info = serve_info,
	.rename = serve_rename,
	.close = serve_close,
};
