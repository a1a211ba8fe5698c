import { defineCommand } from "../../../command/command";
import { environment, output } from "../../../command/options";
import { exitCodes } from "../../../errors/exitCodes";

/** `sles-ecs network requirements`: what a firewall has to let hosts reach. */
export const networkRequirementsCommand = defineCommand({
    command: "requirements <environment>",
    summary: "List what a firewall has to let hosts reach: names, addresses, ports, and why",
    description:
        "Everything outside the VPC that hosts of the environment's region go to, one line each: the buckets of the ECS agent, Amazon ECS, Amazon ECR, CloudWatch Logs, Systems Manager, and SUSE's region and update servers, whose addresses SUSE's public cloud information service (pint) tells. In names `*` stands for any part. Hosts connect from inside; nothing has to be let in. AWS is not asked.",
    examples: [
        { command: "network requirements dev", text: "As a table, for people and for grep" },
        { command: "network requirements dev --output json", text: "For programs that write firewall rules" },
    ],
    positionals: { environment },
    options: { output },
    run: async (options, context) => {
        const { findRequirements } = await import("./requirements");
        const found = await findRequirements(options, context);
        const { showRequirements, showNote } = await import("./view");
        context.io.stderr(showNote(found));
        context.io.stdout(showRequirements(found, options.output, context));
        return exitCodes.done;
    },
});
