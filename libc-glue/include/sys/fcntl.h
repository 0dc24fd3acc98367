/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Flags of open that newlib's header has for other systems only. */
#ifndef GATEHOUSE_SYS_FCNTL_H
#define GATEHOUSE_SYS_FCNTL_H

#include_next <sys/fcntl.h>

#define O_CLOEXEC       0x040000
#define O_DIRECTORY     0x200000
#define F_DUPFD_CLOEXEC 14

#endif
