#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Writes the deployment of N processes that talk to one.
#
# usage: generate.sh N FOLDER
set -eu
count=$1
folder=$2
mkdir -p "$folder"
cat >"$folder/product.gate" <<END
# SPDX-License-Identifier: BSD-2-Clause-Patent
edition 1

use servers.uart (Uart)
use servers.console (Console)

interface Hub {
    ## number: of the node, from 0. wrong: bytes of its memory that it did not write.
    hello(number: u16, round: u16, wrong: u32) -> (go_on: bool)
}

process Hub {
    gives hub: Hub
    uses console: servers.console.Console
    attr nodes: u16
    device power
    memory 64K
    priority 12
    restart never
}
process Node {
    uses hub: Hub
    memory 16K
    priority 10
    restart never
}

system many {
    uart: Uart { reader -> console.signal }
    console: Console { serial -> uart.serial }
    hub: Hub { console -> console.console; nodes = $count }
$(awk -v n="$count" 'BEGIN { for (i = 0; i < n; i++) printf "    node%d: Node { hub -> hub.hub }\n", i }')
}

allow Console -> Uart : serial.{write, read}
allow Uart -> Console : signal
allow Hub -> Console : console.write
allow Node -> Hub : hub.hello
END
cp tests/many/deployment.mk "$folder"
