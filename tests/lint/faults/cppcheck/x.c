/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
int
main(void)
{
	int numbers[4] = {0};

	return numbers[4];
}
