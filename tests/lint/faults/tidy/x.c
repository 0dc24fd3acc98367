/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
int
main(int count, char **words)
{
	(void)words;
	if (count > 1)
		return 1;
	return 0;
}
