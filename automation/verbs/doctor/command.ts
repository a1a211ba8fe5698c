import { exitCodes } from "../../errors/exitCodes";
import { defineCommand } from "../../command/command";
import { output } from "../../command/options";

/** `sles-ecs doctor`: why hosts are not ready, or what this machine lacks. */
export const doctorCommand = defineCommand({
    command: "doctor [environment]",
    summary: "Name the cause for which hosts are not ready, or check this machine",
    description: [
        "With an environment: names for each host that is not ready one cause, what shows it, and one command that mends it. It reads the console, EC2's state and status checks, the instance profile with its policies, the routes of the subnet, and the registrations in this and every other cluster; nobody has to log in, and nothing is changed. Where AWS Systems Manager reaches such a host (`instanceRole.ssm`), it also has the host print the logs of its agent and of docker, in one command for all. Where no known cause fits it says so and shows what it has read.",
        "Without: checks this machine for what `up` needs: Node.js, the Pulumi CLI, the provider plugins, credentials, region, clock, proxy and, in a project, its state backend.",
        "Hosts that are off because the environment is paused, its lease is over or its office hours are closed are no failure: it says so, with the command that brings them back.",
        "The exit code is 0 where all is well, 5 where hosts are not ready, and 1 where this machine lacks something.",
    ].join("\n\n"),
    examples: [
        { command: "doctor dev", text: "Why are the hosts of dev not ready?" },
        { command: "doctor", text: "Has this machine what up needs?" },
        { command: "doctor dev --output json", text: "For scripts" },
    ],
    positionals: {
        environment: {
            describe: "Name of the environment; this machine is checked unless given",
            type: "string",
        },
    },
    options: { output },
    run: async ({ environment, ...options }, context) => {
        if (environment === undefined) {
            const { checkWorkstation } = await import("./workstation");
            const result = await checkWorkstation(options, context);
            const { showWorkstation } = await import("./workstationView");
            context.io.stdout(showWorkstation(result, options.output, context));
            return result.checks.some(({ verdict }) => verdict === "bad") ? exitCodes.failed : exitCodes.done;
        }
        const { examine } = await import("./doctor");
        const result = await examine({ ...options, environment }, context);
        const { showDoctor } = await import("./view");
        context.io.stdout(showDoctor(result, options.output, context));
        const isWhole = result.readyHosts >= result.wantedHosts || result.rest !== undefined;
        const isWell = isWhole && result.missingHosts === 0 && result.diagnoses.length === 0;
        return isWell ? exitCodes.done : exitCodes.notReady;
    },
});
