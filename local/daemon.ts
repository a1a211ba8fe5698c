import { runDaemon } from "./cloud/life/runDaemon";
import type { DaemonArguments } from "./cloud/life/messages";

void runDaemon(JSON.parse(process.argv[2] ?? "{}") as DaemonArguments);
