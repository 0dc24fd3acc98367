/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The groups of tests, and what they share: windows of address space, handles of init. */
#ifndef OBJECTS_TESTS_H
#define OBJECTS_TESTS_H

#include <stdint.h>

#include "abi/process.h"

#define WINDOW         PROCESS_HEAP /* nothing else of init is there */
#define LABEL_DUMMY    3            /* instances in start order */
#define LABEL_OTHER    4
#define INSTANCE_DUMMY 1
#define INSTANCE_OTHER 2

#define HANDLE_BUNDLE HANDLE_INITIAL(BOOT_SLOT_BUNDLE)
#define HANDLE_AUDIT  HANDLE_INITIAL(BOOT_SLOT_AUDIT)
#define HANDLE_POWER  HANDLE_INITIAL(BOOT_SLOT_POWER)
#define HANDLE_UART   HANDLE_INITIAL(BOOT_SLOT_DEVICES)
#define HANDLE_RTC    HANDLE_INITIAL(BOOT_SLOT_DEVICES + 2)

/* A new object of init's memory; a test that cannot have it fails. */
uint32_t make(uint32_t untyped, uint32_t size, uint16_t label, uint8_t kind);

/* Free bytes of an untyped. */
uint64_t free_bytes(uint32_t untyped);

/* First: it fills the slots that were never used. */
void slots_test(void);
void untyped_test(void);
void frames_test(void);
void capabilities_test(void);
void processes_test(void);
void program_test(void);
void events_test(void);
void random_test(void);

#endif
