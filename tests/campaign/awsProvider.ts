import { startAwsProvider } from "../../local/provider/awsServer";

// A provider in a process of its own, for it dies with its engine on a machine that loses power. Whoever started it is told
// the port, and takes it along.
process.on("disconnect", () => process.exit());
void startAwsProvider().then(({ port }) => process.send?.(port));
