/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Puts two keys in, and tries a third time. */
#include <stdlib.h>

#include "process_admin.h"

int
main(void)
{
	if (keystore_install(ADMIN_STORE, 0, KEYSTORE_KIND_MESSAGE, "Jefe", 4) != E_OK ||
		keystore_install(ADMIN_STORE, 5, KEYSTORE_KIND_MESSAGE, "five", 4) != E_OK ||
		keystore_install(ADMIN_STORE, 1, KEYSTORE_KIND_DISK, "other", 5) != E_OK) {
		return EXIT_FAILURE;
	}
	/* The policy's machine says that this is over. */
	return keystore_install(ADMIN_STORE, 0, KEYSTORE_KIND_MESSAGE, "mine", 4) == E_DENIED
		       ? EXIT_SUCCESS
		       : EXIT_FAILURE;
}
