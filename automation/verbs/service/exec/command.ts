import { defineCommand } from "../../../command/command";
import { environment } from "../../../command/options";
import { service } from "../options";

/** `sles-ecs service exec`: a shell in a container of a service. */
export const serviceExecCommand = defineCommand({
    command: "exec <environment> <service>",
    summary: "Run a command in a container of a service",
    description:
        "Begins a session of ECS Exec and gives the terminal to AWS's session-manager-plugin, which has to be on PATH; the AWS CLI is not needed. The service has to be deployed with --exec, its task role has to allow ssmmessages, and the hosts need what ECS Exec wants under /var/lib/ecs/deps. The session is ended in any case, and the exit code is the plugin's.",
    examples: [
        { command: "service exec dev web", text: "A shell in a task of web" },
        { command: 'service exec dev web --command "cat /etc/os-release"', text: "One command" },
    ],
    positionals: { environment, service },
    options: {
        command: {
            describe: "What is run there",
            type: "string",
            requiresArg: true,
            default: "/bin/sh",
        },
        task: {
            describe: "Beginning of the id of the task",
            type: "string",
            requiresArg: true,
            defaultDescription: "any that runs",
        },
    },
    run: async (options, context) => {
        const { execInService } = await import("./exec");
        return execInService(options, context);
    },
});
