import { defineCommand } from "../../../command/command";
import { environment, output, waitForLock } from "../../../command/options";
import { packageName } from "../options";

/** `sles-ecs containers install`: a package with a container image, on all hosts. */
export const containersInstallCommand = defineCommand({
    command: "install <environment> <package>",
    summary: "Install a package with a SLES container image on all hosts",
    description:
        "Has every host that AWS Systems Manager reaches install the package with zypper (SUSE's guide, section 5), and tells what became of it on each. Hosts that come later do not have it; hosts.packages gives it to those. Running it again does no harm.",
    examples: [
        {
            command: "containers install dev sles12-docker-image",
            text: "The guide's own image, on all hosts",
        },
    ],
    positionals: { environment, package: packageName },
    options: { output, "wait-for-lock": waitForLock },
    run: async (options, context) => {
        const { installContainer } = await import("./install");
        const request = { ...options, waitForLockSeconds: options.waitForLock };
        const result = await installContainer(request, context);
        const { showInstall } = await import("./view");
        context.io.stdout(showInstall(result, options.output));
        return 0;
    },
});
