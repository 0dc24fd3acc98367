# SPDX-License-Identifier: BSD-2-Clause-Patent
# Sources of mkimage; tools/host/sha256.c needs the fetched mbedTLS beside it.
mkimage.src := \
	tools/image/main.c \
	tools/image/show.c \
	tools/image/bundle.c \
	tools/image/archive.c \
	tools/image/program.c \
	tools/image/elf.c \
	tools/image/file.c \
	tools/image/bytes.c \
	tools/host/sha256.c
