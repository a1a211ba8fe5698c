/** How long verbs wait in programs that say nothing: as long as `--timeout` and `--drain-timeout` on the command line. */
export const defaultTimeoutSeconds = 600;
