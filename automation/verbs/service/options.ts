import type { Options } from "yargs";

import { duration } from "../../command/options";

/** `<service>`, for every command that works on one. */
export const service = {
    describe: "Name of the service",
    type: "string",
    demandOption: true,
} as const satisfies Options;

/** `--timeout`, for every command that waits for tasks; `run` receives seconds. */
export const timeout: ReturnType<typeof duration> = duration(
    "--timeout",
    "How long tasks may take to start or stop, such as 5m",
);
