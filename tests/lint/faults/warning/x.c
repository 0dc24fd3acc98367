/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
static short
add(int a)
{
	return a;
}

int
main(void)
{
	return add(1);
}
