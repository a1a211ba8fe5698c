import { defineCommand } from "../../../command/command";
import { environment, output, waitForLock } from "../../../command/options";
import { tag, to } from "../options";

/** `sles-ecs containers copy`: an image from a registry into a repository of the environment. */
export const containersCopyCommand = defineCommand({
    command: "copy <environment> <image>",
    summary: "Copy a container image into a private repository of the environment",
    description: [
        "Reads the image from its registry, for the architecture of the hosts, and pushes it through Amazon ECR's own API. Layers that are there already are skipped, and layers that have come once are in the cache: interrupted, the same command goes on. Nothing is there under its tag before all of it is, and its digest is asked for again at the end.",
        "The target is a private repository of containerRegistry; any other registry is refused, since the license of SLES does not allow its images in a public one. SUSE's Base Container Images (registry.suse.com/bci) are free to pass on, and are told as such.",
    ].join("\n\n"),
    examples: [
        {
            command: "containers copy dev registry.suse.com/bci/bci-base:15.7",
            text: "Into the repository bci-base, or the only one",
        },
        {
            command: "containers copy dev registry.suse.com/suse/sle15:15.7 --to sle15",
            text: "Into the repository sle15",
        },
    ],
    positionals: {
        environment,
        image: {
            describe: "Name of the image, such as registry.suse.com/bci/bci-base:15.7",
            type: "string",
            demandOption: true,
        },
    },
    options: { to, tag, output, "wait-for-lock": waitForLock },
    run: async (options, context) => {
        const { copyImage } = await import("./copy");
        const result = await copyImage({ ...options, waitForLockSeconds: options.waitForLock }, context);
        const { showCopy } = await import("./view");
        context.io.stdout(showCopy(result, options.output));
        return 0;
    },
});
