import { exitCodes } from "../errors/exitCodes";
import { createInterrupts, stopSecondsFrom } from "./interrupts";
import { main } from "./main";
import { readPackageFile } from "../setup/packageFile";
import { createContext } from "../connect";
import { createTerminalIo } from "./terminalIo";

/** After a kill, how long the command has to end by itself. */
const killGraceMilliseconds = 3000;

// Node 20 is supported on purpose; the AWS SDK's warning about it would stand above every answer.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
process.env["PULUMI_SKIP_UPDATE_CHECK"] = "true";
// What Pulumi's SDK and the engine tell each other stays on this machine. grpc-js, other than Go, would send that to the proxy
// in https_proxy or http_proxy (https://github.com/grpc/grpc/blob/master/doc/environment_variables.md).
process.env["no_grpc_proxy"] ??= "127.0.0.1,localhost";

// A command that ends without an answer, because nothing is left that could wake it, has failed.
process.exitCode = exitCodes.failed;

const interrupts = createInterrupts({
    tell: (text) => io.stderr(text),
    stopSeconds: stopSecondsFrom(process.env),
});
const io = createTerminalIo(process, process.env, interrupts.signal, (work) => interrupts.leaveTo(work));
process.on("SIGINT", () => interrupts.interrupt());
for (const name of ["SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => interrupts.terminate());
}
interrupts.signal.addEventListener("abort", () => {
    process.exitCode = exitCodes.interrupted;
});
interrupts.killSignal.addEventListener("abort", () => {
    setTimeout(() => process.exit(exitCodes.interrupted), killGraceMilliseconds).unref();
});

const context = createContext({
    io,
    signal: interrupts.signal,
    killSignal: interrupts.killSignal,
    env: process.env,
    directory: process.cwd(),
    version: readPackageFile().version,
});
void main(process.argv.slice(2), context).then((exitCode) => {
    // Idle connections to AWS would keep the process for seconds; what was written must still get out.
    process.stdout.write("", () => setImmediate(() => process.exit(answerGotOut(exitCode))));
});

/** An answer that is lost is none, however well the work went. */
function answerGotOut(exitCode: number): number {
    const lost = io.lost();
    if (lost === undefined) {
        return exitCode;
    }
    io.stderr(`error: the answer cannot be written to stdout: ${lost.message}\n`);
    return exitCode === exitCodes.done ? exitCodes.failed : exitCode;
}
