#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Lists boards or deployments with one line about each.
#
# usage: list.sh boards|deployments
set -eu
cd "$(dirname "$0")/../.."
case $1 in
boards)
	sed -n 's/^boards *:= *//p' boards/boards.mk | tr ' ' '\n' | while IFS= read -r name; do
		about=$(sed -n '2s/^# \([^:]*\).*/\1/p' "boards/$name.mk")
		cpus=$(sed -n 's/^board\.cpus *:= *//p' "boards/$name.mk")
		printf '%-20s %s; CPU=%s\n' "$name" "$about" "$(echo "$cpus" | sed 's/ /, /g')"
	done
	;;
deployments)
	for folder in deployments/*/ deployments/examples/*/; do
		[ -e "$folder/deployment.mk" ] || continue
		# The first sentence of its README.
		about=
		[ ! -e "$folder/README.md" ] ||
			about=$(awk '/^[A-Za-z`]/ { sub(/\. .*/, "."); print; exit }' "$folder/README.md")
		# What stands deeper is named by its path.
		name=${folder%/}
		case $name in
		deployments/*/*) ;;
		*) name=${name#deployments/} ;;
		esac
		printf '%-20s %s\n' "$name" "$about"
	done
	;;
esac
