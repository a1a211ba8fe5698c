import { defineCommand } from "../../command/command";
import { environment, output } from "../../command/options";
import { exitCodes } from "../../errors/exitCodes";

/** `sles-ecs cost`: what an environment costs an hour and a month. */
export const costCommand = defineCommand({
    command: "cost <environment>",
    summary: "Show what an environment costs an hour and a month, with SUSE's share",
    description: [
        "Of an environment that is up it counts what stands in AWS: hosts that run, volumes, NAT gateway, addresses, endpoints and load balancers of `service deploy`. Of one that is not up yet it counts what its settings come to. A month has 730 hours; with `hours` hosts cost only while they are open. Also told is what `pause` saves, and what it costs to the end of a lease.",
        "Prices are those of AWS's price list for the region, on demand, asked for once a week. Where it cannot be asked, prices of us-east-1 that come along are taken, and a line says so. What has no known price is `not known`, and the sums are the least that it costs. Data that passes, what load balancers handle and their addresses, logs and images in ECR are not counted, and neither are discounts of your account.",
    ].join("\n\n"),
    examples: [
        { command: "cost dev", text: "What does dev cost?" },
        { command: "cost dev --output json", text: "For scripts" },
    ],
    positionals: { environment },
    options: { output },
    run: async (options, context) => {
        const { cost } = await import("./cost");
        const result = await cost(options, context);
        const { showCost } = await import("./view");
        context.io.stdout(showCost(result, options.output));
        return exitCodes.done;
    },
});
