/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The calls on signals that newlib has, too. They stand together and apart from all others: a
 * program that uses one of them gets these, and never both. */
#include <errno.h>
#include <signal.h>

#include "descriptor.h"
#include "signals.h"

int
raise(int number)
{
	if (!glue_is_signal(number)) {
		return glue_failed(EINVAL);
	}
	glue_signal_process(number);
	return 0;
}

int
kill(pid_t pid, int number)
{
	int error = glue_signal_kill(pid, number);

	return error == 0 ? 0 : glue_failed(error);
}

_sig_func_ptr
signal(int number, _sig_func_ptr handler)
{
	struct sigaction action = {.sa_handler = handler};
	struct sigaction old = {.sa_handler = SIG_ERR};

	return sigaction(number, &action, &old) == 0 ? old.sa_handler : SIG_ERR;
}
