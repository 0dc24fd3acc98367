# SPDX-License-Identifier: BSD-2-Clause-Patent
# Kernels of which some files are others, packed with a deployment that is built already. Sourced
# behind tests/lib/boot.sh.
# shellcheck shell=sh
: "${BOARD:?}" "${OUT:?}"

# $1: folder with kernel.bin and kernel.elf; $2: deployment, built. Leaves $1/image.bin.
pack_kernel() {
	link_built=$OUT/$BOARD/$(basename "$2")
	"$OUT/host/mkimage" image -o "$1/image.bin" --kernel "$1/kernel.bin" \
		--kernel-elf "$1/kernel.elf" --policy "$link_built/policy.blob" \
		--system "$link_built/system.blob" --archive "$link_built/archive.bin" \
		--init "$link_built/programs/init/init.elf" || fail 'the image cannot be packed'
}

# $1: folder for what is made; $2: deployment, built; then sources. One with the name of a file of
# kernel/, arch/ or boards/ takes its place; all others are added. Sources see their own folder.
# Leaves $1/kernel.elf and $1/image.bin.
link_kernel() {
	link_out=$1
	link_deployment=$2
	shift 2
	mkdir -p "$link_out"
	make -s BOARD="$BOARD" DEPLOYMENT="$link_deployment" print-target.cc print-cross \
		print-kernel.out print-kernel.sha256 print-kernel.cflags print-kernel.includes \
		print-kernel.ldflags print-kernel.objects print-fast.cflags >"$link_out/build"
	{
		read -r link_compiler
		read -r link_cross
		read -r link_folder
		read -r link_digest
		read -r link_cflags
		read -r link_includes
		read -r link_flags
		read -r link_objects
		read -r link_fast
	} <"$link_out/build"
	link_objects=" $link_objects "
	for link_source; do
		link_name=$(basename "$link_source" .c)
		link_own=
		[ "$link_name" != fast ] || link_own=$link_fast # as in kernel.mk
		# Flags are words.
		# shellcheck disable=SC2086
		$link_compiler $link_cflags $link_own $link_includes "-I$(dirname "$link_source")" -w \
			-c "$link_source" -o "$link_out/$link_name.o" ||
			fail "$link_source does not compile"
		case $link_objects in
		*"/kernel/kernel/$link_name.o "*)
			link_objects=$(echo "$link_objects" |
				sed "s| [^ ]*/kernel/kernel/$link_name\.o | $link_out/$link_name.o |")
			;;
		*" $link_out/$link_name.o "*) ;; # the later one took the place of the earlier
		*"/arch/$(board_value arch)/$link_name.o "*)
			link_objects=$(echo "$link_objects" |
				sed "s| [^ ]*/arch/[a-z0-9]*/$link_name\.o | $link_out/$link_name.o |")
			;;
		*"/boards/$link_name.o "*)
			link_objects=$(echo "$link_objects" |
				sed "s| [^ ]*/boards/$link_name\.o | $link_out/$link_name.o |")
			;;
		*) link_objects="$link_objects$link_out/$link_name.o " ;;
		esac
	done
	# shellcheck disable=SC2086
	$link_compiler $link_flags -T "$link_folder/kernel.ld" $link_objects $link_digest -lgcc \
		-o "$link_out/kernel.elf" || fail 'the kernel does not link'
	"${link_cross}objcopy" -O binary "$link_out/kernel.elf" "$link_out/kernel.bin"
	pack_kernel "$link_out" "$link_deployment"
}
