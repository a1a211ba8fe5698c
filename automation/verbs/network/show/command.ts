import { defineCommand } from "../../../command/command";
import { environment, output } from "../../../command/options";
import { exitCodes } from "../../../errors/exitCodes";

/** `sles-ecs network show`: the ways of each subnet, or what they lack. */
export const networkShowCommand = defineCommand({
    command: "show <environment>",
    summary: "Show for each subnet how hosts reach S3, ECS and SUSE's servers; code 1 when they cannot join",
    description: [
        "Works out, from what AWS shows of the network, which way hosts of each subnet have to Amazon S3, to Amazon ECS and to SUSE's update servers: by route tables, internet and NAT gateways, endpoints and their policies, network ACLs and security groups. Where there is none, the missing link is named, with what would mend it.",
        "A way may also be doubtful: what is behind a transit gateway, a VPN, a peering connection, a firewall or a prefix list cannot be seen from here. Ends with code 1 when Amazon S3 or Amazon ECS cannot be reached from a subnet, so that hosts there could not join; with code 0 otherwise.",
    ].join("\n\n"),
    examples: [
        { command: "network show dev", text: "Do hosts of dev reach what they need?" },
        { command: "network show dev --output json", text: "For scripts" },
    ],
    positionals: { environment },
    options: { output },
    run: async (options, context) => {
        const { showNetwork, canJoin } = await import("./show");
        const shown = await showNetwork(options, context);
        const { showWays, showUnread } = await import("./view");
        context.io.stderr(showUnread(shown));
        context.io.stdout(showWays(shown, options.output, context));
        return canJoin(shown) ? exitCodes.done : exitCodes.failed;
    },
});
