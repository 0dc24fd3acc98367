#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Puts SQLite's many files into the few that its authors tell users to compile (the amalgamation),
# with SQLite's own Makefile.
#
# usage: build.sh FOLDER     the unpacked source; the result is left in FOLDER/made
set -eu
export LC_ALL=C

cd "$1"
mkdir made
# An empty environment: neither make's variables nor the user's change the result.
clean="env -i PATH=$PATH HOME=/ LC_ALL=C"
$clean ./configure --disable-tcl --disable-readline --disable-load-extension
$clean make sqlite3.c shell.c
cp sqlite3.c sqlite3.h shell.c made/
