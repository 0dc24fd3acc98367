/* Adds. */
int x;
