#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The demonstration with a keeper and a second policy, typed at its shell: list, load, confirm,
# revert, while the thermostat goes on; a trial that nobody confirms ends by itself.
# timeout: 120
set -eu
. tests/lib/boot.sh

from=deployments/thermostat
product=$TEST_DIR/policied
mkdir -p "$product"
cp "$from/parts.gate" "$product"
# shellcheck disable=SC2016 # it is make's variable
sed -e 's|\$(deployment.dir)|deployments/thermostat|' -e 's/ shell$/ shell keeper/' \
	"$from/deployment.mk" >"$product/deployment.mk"
echo 'deployment.policies := locked' >>"$product/deployment.mk"
sed -e 's/^use servers\.manager .*/use servers.keeper (Keeper)\n&/' \
	-e 's/^    manager: Manager .*/    keeper: Keeper\n&/' \
	-e 's/manager -> manager\.control$/&; policies -> keeper.policies/' \
	-e 's/^never Intruder .*/&\nallow Shell -> Keeper : policies.*/' \
	"$from/product.gate" >"$product/product.gate"
# The widget of the intruder is taken away, and its reason with it.
sed -e "/^allow Intruder /d" \
	-e "s/^prove data Intruder .*/never Intruder -> SensorDriver : temp.average/" \
	-e '/^test /,$d' "$product/product.gate" >"$product/locked.gate"

build_image "$product" || fail "it does not build; see $build_log"
boot_start "$image"
boot_command 'policy list'
boot_expect '^  product +version 0 +in force'
boot_expect '^  locked +version 0'
boot_command 'policy load nothing'
boot_expect 'the image has no such policy'
boot_command 'policy confirm'
boot_expect 'no policy is on trial'
boot_command 'policy load locked 3600'
boot_expect 'in force, on trial'
boot_command 'policy load product'
boot_expect 'in force already, or another is on trial'
boot_command 'policy list'
boot_expect '^  locked +version 0 +in force'
boot_expect '^on trial for 3[0-9]+ s more'
boot_command 'attack'
boot_expect 'denied +intruder -> sensor : Sensor.average +(forbid|default)'
boot_expect '6 of 6 contained; the thermostat goes on'
boot_command 'policy revert'
boot_expect 'the one before it is in force'
boot_command 'watch 2'
boot_expect '^cycle +[0-9]+ +[12][0-9]\.[0-9] degrees'
boot_command 'policy load locked 1'
boot_expect 'in force, on trial'
boot_expect 'policy 0 in force again, nobody confirmed: by kernel, epoch 4' 30
boot_command 'policy load locked'
boot_expect 'in force, on trial'
boot_command 'policy confirm'
boot_expect 'it stays'
boot_command 'policy list'
boot_expect '^  locked +version 0 +in force'
boot_never 'panic'
boot_command poweroff
boot_exit 0
