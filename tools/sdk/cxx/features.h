/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the compiler's C++ headers ask the C library for; there is no glibc here. */
#ifndef FEATURES_H
#define FEATURES_H

#define __GLIBC_PREREQ(major, minor) 0

#endif
