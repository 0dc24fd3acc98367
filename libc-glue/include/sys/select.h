/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* newlib's sets of descriptors, without a change of sign in them. */
#ifndef GATEHOUSE_SYS_SELECT_H
#define GATEHOUSE_SYS_SELECT_H

#include_next <sys/select.h>

#undef FD_SET
#undef FD_CLR
#undef FD_ISSET
#define FD_WORD(fd, set)  ((set)->fds_bits[(unsigned)(fd) / (unsigned)NFDBITS])
#define FD_BIT(fd)        (1UL << (unsigned)(fd) % (unsigned)NFDBITS)
#define FD_SET(fd, set)   (FD_WORD(fd, set) |= FD_BIT(fd))
#define FD_CLR(fd, set)   (FD_WORD(fd, set) &= ~FD_BIT(fd))
#define FD_ISSET(fd, set) ((FD_WORD(fd, set) & FD_BIT(fd)) != 0)

#endif
