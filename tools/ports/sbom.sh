#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Writes what an image is made of and under which licences: NOTICES.txt for people who get the
# image, sbom.spdx (SPDX 2.3, tag-value) for tools. From the linker's maps and the recipes.
#
# usage: sbom.sh IMAGE TABLE MAP...
#   IMAGE  build/BOARD/DEPLOYMENT/image.bin; the two files are written beside it
#   TABLE  words PLACE=PORT: whose an archive, or a folder of objects, is
#   MAP    of the linker: FOLDER/PROGRAM.map or PROGRAM=FILE; FILE.linked has been read already
# environment: CC, the compiler of the image; SBOM_NAME, what is written of (DEPLOYMENT-BOARD);
# SBOM_OWN, words PROGRAM=LICENCE of programs whose sources do not say; SBOM_PLACES, where people
# write TABLE
# exit code: 1 if an object of the image has no licence; the files are then removed
set -eu
export LC_ALL=C

top=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck disable=SC2034 # read by lib.sh
who=sbom
# shellcheck source=/dev/null
. "$top/tools/ports/lib.sh"
image=$1
table=$2
shift 2
folder=$(dirname "$image")
name=${SBOM_NAME:-$(basename "$folder")-$(basename "$(dirname "$folder")")}
work=$(mktemp -d "$folder/sbom.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

choose() {
	recipe=$top/tools/ports/$1/recipe
	[ -f "$recipe" ] || fail "there is no recipe $recipe" "port $1 is in image $image"
}

version_of() {
	choose "$1"
	version=$(recipe version)
	[ "$version" != compiler ] || version=$("${CC:?names the compiler}" -dumpfullversion)
	printf '%s\n' "$version"
}

users_of() {
	awk -F '\t' -v port="$1" '$2 == port { printf "%s%s", n++ ? ", " : "", $1 }' "$work/linked"
}

write_notices() {
	cat <<-END
		What the image $name is made of, beside Gatehouse itself.

		Gatehouse and the programs of this image: $own.
	END
	for port in $ports; do
		choose "$port"
		printf '\n%s\n' "$(printf '%080d' 0 | tr 0 -)"
		printf '%s %s, in: %s\n' "$port" "$(version_of "$port")" "$(users_of "$port")"
		printf 'Licence: %s\nCopyright: %s\n\n' "$(recipe spdx)" "$(recipe copyright)"
		licence_text "$port" "$folder/../lib/newlib/LICENCE"
	done
}

# A package of SPDX. $1: identifier, $2: name, $3: version, $4: licence, $5: copyright
package() {
	cat <<-END

		PackageName: $2
		SPDXID: SPDXRef-$1
		PackageVersion: $3
		PackageDownloadLocation: NOASSERTION
		FilesAnalyzed: false
		PackageLicenseConcluded: $4
		PackageLicenseDeclared: $4
		PackageCopyrightText: $5
	END
}

copyright_tag() {
	case $1 in
	NONE | NOASSERTION) printf '%s\n' "$1" ;;
	*) printf '<text>Copyright %s</text>\n' "$1" ;;
	esac
}

write_ports() {
	for port in $ports; do
		choose "$port"
		package "port-$port" "$port" "$(version_of "$port")" "$(recipe spdx)" \
			"$(copyright_tag "$(recipe copyright)")"
		[ -z "$(recipe sha256)" ] || printf 'PackageChecksum: SHA256: %s\n' "$(recipe sha256)"
		printf 'PackageSourceInfo: <text>Debian source package %s</text>\n' "$(recipe package)"
	done
}

write_programs() {
	for program in $programs; do
		package "program-$program" "$program" NOASSERTION \
			"$(awk -F '\t' -v program="$program" '$1 == program && sub(/^=/, "", $2) {
				printf "%s%s", n++ ? " AND " : "", $2
			}' "$work/linked")" NOASSERTION
	done
}

write_relations() {
	printf '\nRelationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-image\n'
	for program in $programs; do
		printf 'Relationship: SPDXRef-image CONTAINS SPDXRef-program-%s\n' "$program"
	done
	awk -F '\t' '$2 !~ /^=/ {
		print "Relationship: SPDXRef-program-" $1 " STATIC_LINK SPDXRef-port-" $2
	}' "$work/linked"
}

write_licences() {
	for port in $ports; do
		choose "$port"
		case $(recipe spdx) in
		LicenseRef-*)
			printf '\nLicenseID: %s\nLicenseName: %s\nExtractedText: <text>' \
				"$(recipe spdx)" "$(recipe licence)"
			licence_text "$port" "$folder/../lib/newlib/LICENCE"
			printf '</text>\n'
			;;
		esac
	done
}

write_sbom() {
	digest=$(sha256sum <"$image" | cut -d ' ' -f 1)
	epoch=${SOURCE_DATE_EPOCH:-$(git -C "$top" log -1 --format=%ct 2>/dev/null || echo 0)}
	cat <<-END
		SPDXVersion: SPDX-2.3
		DataLicense: CC0-1.0
		SPDXID: SPDXRef-DOCUMENT
		DocumentName: $name
		DocumentNamespace: https://spdx.org/spdxdocs/gatehouse-$name-$digest
		Creator: Tool: gatehouse-sbom
		Created: $(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)
	END
	package image "$name" NOASSERTION NOASSERTION NOASSERTION
	printf 'PackageChecksum: SHA256: %s\n' "$digest"
	write_programs
	write_ports
	write_licences
	write_relations
}

# Prints what is in the programs, as linked.awk does. A program that somebody else has linked, and
# kept no map of, has all that it could be linked with.
read_maps() {
	for map; do
		shift
		case $map in
		*.linked) cat "$map" ;;
		*=*)
			if [ -e "${map#*=}" ]; then
				set -- "$@" "given=${map%%=*}" "${map#*=}"
			else
				unmapped "${map%%=*}" "${map#*=}"
			fi
			;;
		*) set -- "$@" "$map" ;;
		esac
	done
	awk -f "$top/tools/ports/linked.awk" -v table="$table" -v own="${SBOM_OWN:-}" \
		-v places="${SBOM_PLACES:-the places of tools/make/image.mk}" "$@" /dev/null
}

# $1: program, $2: its map
unmapped() {
	for word in ${SBOM_OWN:-}; do
		[ "${word%%=*}" != "$1" ] || printf '%s\t=%s\n' "$1" "${word#*=}"
	done | grep . ||
		fail "there is no linker map $2 of program $1" \
			"link it with -Wl,-Map=$2, or write: $1.licence := 0BSD (or another)"
	for word in $table; do
		case $word in
		*==*) ;;
		*) printf '%s\t%s\n' "$1" "${word#*=}" ;;
		esac
	done
}

rm -f "$folder/NOTICES.txt" "$folder/sbom.spdx"
read_maps "$@" >"$work/all" ||
	fail "an object of image $image has no licence, see above"
# crt0, glue and the like come with the tree and are in every program.
sort -u "$work/all" >"$work/linked"
ports=$(awk -F '\t' '$2 !~ /^=/ { print $2 }' "$work/linked" | sort -u)
own=$(awk -F '\t' 'sub(/^=/, "", $2) { print $2 }' "$work/linked" | sort -u | paste -s -d , - |
	sed 's/,/, /g')
programs=$(cut -f 1 "$work/linked" | sort -u)
write_notices >"$work/notices"
write_sbom >"$work/sbom"
mv "$work/notices" "$folder/NOTICES.txt"
mv "$work/sbom" "$folder/sbom.spdx"
