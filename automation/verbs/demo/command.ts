import { defineCommand } from "../../command/command";
import { output } from "../../command/options";

/** `sles-ecs demo`: one whole life, on this machine. */
export const demoCommand = defineCommand({
    command: "demo",
    summary: "Play the whole life of an environment on this machine, without an AWS account",
    description:
        "Starts a local cloud of its own in a temporary folder, brings up an environment with two hosts and docker volumes, waits until they are ready, starts a service, shows the status, destroys everything and proves that nothing is left. Then the local cloud and the folder are gone as well, and it says what to try next. The first run fetches what it needs into a cache.",
    examples: [{ command: "demo", text: "Takes less than a minute, after the first time" }],
    options: { output },
    run: async (options, context) => {
        const { playDemo } = await import("./demo");
        const { prepareMoto, preparePulumi, setupOf } = await import("../../setup");
        const request = {
            setup: setupOf(context),
            prepareTools: async (setup: Parameters<typeof prepareMoto>[0]) => {
                const [pulumi, motoServer] = await Promise.all([preparePulumi(setup), prepareMoto(setup)]);
                return { pulumi, motoServer };
            },
        };
        const result = await playDemo(request, await import("../../../local"), context);
        const { showDemo } = await import("./view");
        context.io.stdout(showDemo(result, options.output, context));
        return 0;
    },
});
