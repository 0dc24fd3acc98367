# SPDX-License-Identifier: BSD-2-Clause-Patent
# Says where.
mirror=deb.debian.org
