# SPDX-License-Identifier: BSD-2-Clause-Patent
# What a client sends in a recorded session: `> JSON` in a frame, `! BYTES` with \r and \n in them.
# -v root=FOLDER stands for @ROOT@.
{ gsub(/@ROOT@/, root) }
/^> / { body = substr($0, 3); printf "Content-Length: %d\r\n\r\n%s", length(body), body }
/^! / { body = substr($0, 3); gsub(/\\r/, "\r", body); gsub(/\\n/, "\n", body); printf "%s", body }
