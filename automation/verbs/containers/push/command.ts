import { defineCommand } from "../../../command/command";
import { environment, output, waitForLock } from "../../../command/options";
import { packageName, tag, to } from "../options";

/** `sles-ecs containers push`: the image of a package, from a host that has it, into a private repository. */
export const containersPushCommand = defineCommand({
    command: "push <environment> <package>",
    summary: "Push the SLES container image of a package from a host into a private repository",
    description: [
        "A host that has the package loads its image into docker, tags it and pushes it with the short-lived rights of its own role, which containerRegistry.pushFromHosts gives it. The digest that docker tells is asked for again in Amazon ECR. Where the tag holds that image already nothing is pushed; another image under it is refused.",
        "The license of SLES does not allow its images in a public registry (SUSE's guide, section 5): any target but a private repository of the environment is refused, and so is one that everybody may pull from.",
    ].join("\n\n"),
    examples: [
        {
            command: "containers push dev sles12-docker-image",
            text: "Into the repository sles12, or the only one",
        },
        { command: "containers push dev sles12-docker-image --to base --tag 12.5", text: "As base:12.5" },
    ],
    positionals: { environment, package: packageName },
    options: {
        to,
        tag: { ...tag, defaultDescription: "version and release of the package" },
        output,
        "wait-for-lock": waitForLock,
    },
    run: async (options, context) => {
        const { pushContainer } = await import("./push");
        const result = await pushContainer({ ...options, waitForLockSeconds: options.waitForLock }, context);
        const { showPush } = await import("./view");
        context.io.stdout(showPush(result, options.output));
        return 0;
    },
});
