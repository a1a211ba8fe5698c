import type { HostCommand, ScriptAnswer } from "./hostCommand";

/** What hosts of the local cloud find: the package of the guide's section 5, and others that are called so. */
const packages = [
    { name: "sles11sp4-docker-image", summary: "SUSE Linux Enterprise Server 11 SP4 image for docker" },
    { name: "sles12-docker-image", summary: "SUSE Linux Enterprise Server 12 image for docker" },
    { name: "sles12sp2-docker-image", summary: "SUSE Linux Enterprise Server 12 SP2 image for docker" },
    { name: "suse-sles12sp5-image", summary: "SUSE Linux Enterprise Server 12 SP5 container image" },
];

const done = (output: string): ScriptAnswer => ({ status: "Success", exitCode: 0, output, errors: "" });
const failed = (errors: string): ScriptAnswer => ({ status: "Failed", exitCode: 1, output: "", errors });

/** What a host says of packages with container images. @param installed those that it has; one that is installed joins them */
export function answerOfContainers(
    { name, values }: HostCommand,
    installed: Set<string>,
): ScriptAnswer | undefined {
    const wanted = values["package"] ?? "";
    switch (name) {
        case "list-containers":
            return done(
                packages
                    .map(
                        (one) =>
                            `${installed.has(one.name) ? "installed" : "available"}|${one.name}|${one.summary}\n`,
                    )
                    .join(""),
            );
        case "install-container":
            if (installed.has(wanted)) {
                return done(`there already: ${wanted}\n`);
            }
            if (!packages.some((one) => one.name === wanted)) {
                return failed(`zypper could not install ${wanted}: No provider of '${wanted}' found.\n`);
            }
            installed.add(wanted);
            return done(`installed: ${wanted}\n`);
        case "push-container":
            return failed(
                installed.has(wanted)
                    ? "the hosts of the local cloud have no docker, so that they have nothing to push\n"
                    : `the package ${wanted} is not installed on this host\n`,
            );
        default:
            return undefined;
    }
}
