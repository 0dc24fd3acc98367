/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* QEMU's firmware configuration device, by DMA (QEMU docs/specs/fw_cfg.txt). */
#ifndef SETTINGS_FWCFG_H
#define SETTINGS_FWCFG_H

#include <stdbool.h>
#include <stdint.h>

#include "gatehouse/device.h"

#define FWCFG_NAME_BYTES 56u /* with its NUL */

struct fwcfg {
	volatile void *registers;
	struct device_memory memory; /* the request, then what is read */
};

/* Whether a device with DMA answers. memory: at least a page. */
bool fwcfg_open(struct fwcfg *device, volatile void *registers, const struct device_memory *memory);

/* Reads up to `capacity` bytes of a file, at most half a page. Returns how many bytes it has, or
 * UINT32_MAX: there is none of that name, or the device failed. */
uint32_t fwcfg_read(struct fwcfg *device, const char *name, void *out, uint32_t capacity);

#endif
