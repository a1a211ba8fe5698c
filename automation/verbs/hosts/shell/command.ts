import { defineCommand } from "../../../command/command";
import { environment } from "../../../command/options";
import { host } from "../options";

/** `sles-ecs hosts shell`: a shell on a host. */
export const hostsShellCommand = defineCommand({
    command: "shell <environment> <host>",
    summary: "Open a shell on a host",
    description: [
        "Begins a session of AWS Systems Manager and gives the terminal to AWS's session-manager-plugin, which has to be on PATH; the AWS CLI is not needed. The host has to be reached by Systems Manager: instanceRole.ssm lets it in. The session is ended in any case, and the exit code is the plugin's.",
        "With --ssh it is ssh as ec2-user instead, to the host's public address or else its private one, with the key pair of hosts.keyName; the host's security groups have to let port 22 in.",
    ].join("\n\n"),
    examples: [
        { command: "hosts shell dev 1", text: "On host 1, through Systems Manager" },
        { command: "hosts shell dev 1 --ssh", text: "By ssh" },
    ],
    positionals: { environment, host },
    options: {
        ssh: { describe: "Use ssh instead of Systems Manager", type: "boolean", default: false },
    },
    run: async (options, context) => {
        const { openShell } = await import("./shell");
        return openShell(options, context);
    },
});
