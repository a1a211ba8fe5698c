import { runDaemon } from "./cloud/life/daemon";
import type { DaemonArguments } from "./cloud/life/daemon";

void runDaemon(JSON.parse(process.argv[2] ?? "{}") as DaemonArguments, (code) => {
    // eslint-disable-next-line no-restricted-properties -- this is the daemon's whole process
    process.exit(code);
});
