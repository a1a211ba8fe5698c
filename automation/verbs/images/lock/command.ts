import { defineCommand } from "../../../command/command";
import { environment, output } from "../../../command/options";

/** `sles-ecs images lock`: writes the host image of an environment into its settings. */
export const imagesLockCommand = defineCommand({
    command: "lock <environment>",
    summary: "Lock an environment to its host image, or move its lock to the newest one",
    description: [
        "Writes id, name, date and region of the host image into the settings file of the environment: the image that its hosts run, else the best that hostImage.filter matches. The first up does the same. A lock that is there stays as it is.",
        "With --newest the lock moves to the highest service pack and latest date that hostImage.filter matches; without a filter, to the latest image of the same service pack. Nothing changes in AWS: `images update` replaces the hosts then, one after the other. `up` would replace fixed hosts all at once, after asking; hosts of an Auto Scaling group stay as they are, and only those that it starts from then on run the new image.",
    ].join("\n\n"),
    examples: [
        { command: "images lock dev", text: "Stay on the image that the hosts of dev run" },
        { command: "images lock dev --newest", text: "Move on; images update then replaces the hosts" },
    ],
    positionals: { environment },
    options: {
        output,
        newest: {
            describe: "Move the lock to the newest image that the filter matches",
            type: "boolean",
            default: false,
        },
    },
    run: async (options, context) => {
        const { lockImage } = await import("./lock");
        const result = await lockImage(options, context);
        const { showLock } = await import("./view");
        context.io.stdout(showLock(result, options.output, context.show));
        return 0;
    },
});
