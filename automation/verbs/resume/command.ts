import { defineCommand } from "../../command/command";
import { duration, environment, output, waitForLock } from "../../command/options";

/** `sles-ecs resume`: brings a paused environment back. */
export const resumeCommand = defineCommand({
    command: "resume <environment>",
    summary: "Start the hosts and services of a paused environment again",
    description: [
        "Starts the hosts that `sles-ecs pause` has stopped, or gives their group its sizes back, and waits until they are ready. Then services get the counts and the automatic scaling that they had, and it waits until their tasks run.",
        "Needs no settings, so that it works from any machine that reaches state and account. It also undoes a pause that was stopped half way. An environment whose lease is over is extended first.",
        "Running it again does no harm: it goes on where it stopped. `sles-ecs up` resumes as well.",
    ].join("\n\n"),
    examples: [{ command: "resume alice", text: "Hosts and services as they were" }],
    positionals: { environment },
    options: {
        output,
        timeout: duration(
            "--timeout",
            "How long to wait for the hosts, and then for the services, such as 90s or 10m",
        ),
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { resume } = await import("./resume");
        const result = await resume(
            { ...options, timeoutSeconds: options.timeout, waitForLockSeconds: options.waitForLock },
            context,
        );
        const { showResume } = await import("./view");
        context.io.stdout(showResume(result, options.output, context.show));
        return 0;
    },
});
