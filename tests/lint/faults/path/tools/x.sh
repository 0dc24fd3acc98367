# SPDX-License-Identifier: BSD-2-Clause-Patent
# Says where.
cd /home/somebody/gatehouse
