#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# cppcheck on the C files of a list. One configuration: there are no others here, and what it makes
# of X-tables without their macro is not C.
# usage: cppcheck.sh LIST
set -eu

folder=${GATEHOUSE_OUT:-build/lint}/cppcheck
mkdir -p "$folder"
cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr --max-configs=1 -j 2 \
	--cppcheck-build-dir="$folder" --file-list="$1" \
	--suppressions-list=tools/lint/cppcheck.txt \
	-I. -Ikernel/include -Ilibc-glue/include -Iksm -Iksm/gate -Itools \
	--template='{file}:{line}: cppcheck: {message} ({id})' 2>&1 |
	grep ': cppcheck: ' || :
