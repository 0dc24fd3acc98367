/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* SQLite includes it, and uses nothing of it on a system without F2FS. */
#ifndef SYS_IOCTL_H
#define SYS_IOCTL_H

#endif
