import { matchesFilter } from "../images/imageFilter";
import { architectureOf } from "../instanceTypes";
import { repositoryName } from "../names";
import { ecrName, longestEcrName } from "./sections/containerRegistry";
import { storageOfHost } from "./sections/dockerStorage";
import type { Problem } from "../problem";
import { agentRules } from "./agentRules";
import { capabilityRules } from "./capabilityRules";
import { dockerRules } from "./dockerRules";
import { parseDuration } from "../duration";
import { imageRootGiB, imageStoreGiB } from "./defaults";
import { networkRules } from "./networkRules";
import type { Rule, RuleFacts } from "./rule";
import { clusterNamePattern, type SettingsKey } from "./schema";
import { userDataFits } from "./userDataFits";

/** What is wrong between sections, or of a section in its environment. */
export function crossFieldProblems(facts: RuleFacts, wrongSections: ReadonlySet<SettingsKey>): Problem[] {
    return rules
        .filter((rule) => !rule.sections.some((section) => wrongSections.has(section)))
        .flatMap((rule) => rule.check(facts) ?? []);
}

const clusterNameFromEnvironment: Rule = {
    sections: ["clusterName"],
    check: ({ written, settings, environment }) =>
        written.clusterName === undefined && !clusterNamePattern.test(settings.clusterName)
            ? {
                  path: "clusterName",
                  message: `the environment's name "${environment}" cannot be a cluster's name, expected 1 to 255 letters, digits, underscores and hyphens`,
                  hint: "set clusterName",
                  severity: "error",
              }
            : undefined,
};

const adoptedClusterKeepsItsCapacityProviders: Rule = {
    sections: ["adoptCluster", "hosts"],
    check: ({ settings }) =>
        settings.adoptCluster && settings.hosts.mode === "autoScaling"
            ? {
                  path: "adoptCluster",
                  message:
                      "an adopted cluster cannot have autoScaling hosts: ECS replaces a cluster's whole list of capacity providers, and this cluster's list is someone else's",
                  hint: "set hosts.mode to fixed, or leave adoptCluster out and choose another clusterName",
                  severity: "error",
              }
            : undefined,
};

const onlyFixedHostsKeepVolumes: Rule = {
    sections: ["hosts", "dockerStorage"],
    check: ({ settings }) =>
        settings.hosts.mode === "autoScaling" &&
        settings.dockerStorage.mode === "volume" &&
        settings.dockerStorage.keepOnDestroy
            ? {
                  path: "dockerStorage.keepOnDestroy",
                  message:
                      "volumes of autoScaling hosts cannot be kept: every host that scaling removes would leave one behind",
                  hint: "set hosts.mode to fixed, or leave keepOnDestroy out",
                  severity: "error",
              }
            : undefined,
};

const onlyFixedHostsAreNumbered: Rule = {
    sections: ["hosts", "dockerStorage"],
    check({ settings }) {
        const { hosts, dockerStorage } = settings;
        if (dockerStorage.mode !== "volume" || dockerStorage.hosts === undefined) {
            return undefined;
        }
        if (hosts.mode === "autoScaling") {
            return {
                path: "dockerStorage.hosts",
                message: "hosts of a group have no numbers: each of them gets a volume, or none",
                hint: "set hosts.mode to fixed, or leave dockerStorage.hosts out",
                severity: "error",
            };
        }
        const beyond = dockerStorage.hosts.filter((number) => number > hosts.count);
        return beyond.length > 0
            ? {
                  path: "dockerStorage.hosts",
                  message: `there is no host ${beyond.join(", ")}: hosts.count is ${hosts.count}`,
                  hint: "raise hosts.count, or take the number out",
                  severity: "warning",
              }
            : undefined;
    },
};

const architecturesAgree: Rule = {
    sections: ["hosts", "hostImage"],
    check({ settings }) {
        const { filter, lock } = settings.hostImage;
        const filtered = /(x86_64|arm64)$/.exec(lock?.name ?? filter)?.[1];
        const architecture = architectureOf(settings.hosts.instanceType);
        return filtered !== undefined && filtered !== architecture
            ? {
                  path: "hosts.instanceType",
                  message: `${settings.hosts.instanceType} is an ${architecture} type, and the host image is for ${filtered}`,
                  hint: "choose an instance type of the image's architecture, such as t3.small for x86_64",
                  severity: "error",
              }
            : undefined;
    },
};

/** Else a filter for another image would be without effect, and nobody would know why. */
const lockMatchesFilter: Rule = {
    sections: ["hostImage"],
    check({ settings, environment }) {
        const { filter, lock } = settings.hostImage;
        return lock !== undefined && !matchesFilter(filter, lock.name)
            ? {
                  path: "hostImage.lock",
                  message: `the hosts are locked to ${lock.name}, which does not match hostImage.filter (${filter})`,
                  hint: [
                      "move on: ",
                      { do: "updateImage", environment },
                      ", or before the first up ",
                      { do: "lockImage", environment, newest: true },
                      "; or put the filter back",
                  ],
                  severity: "error",
              }
            : undefined;
    },
};

const thinStoreFitsRootVolume: Rule = {
    sections: ["hosts", "dockerStorage"],
    check({ settings }) {
        const needed = imageRootGiB + imageStoreGiB;
        const { mode } = storageOfHost(settings.dockerStorage, undefined);
        return mode === "imageStore" && settings.hosts.rootVolumeGiB < needed
            ? {
                  path: "hosts.rootVolumeGiB",
                  message: `${settings.hosts.rootVolumeGiB} GiB may be too small: SUSE's guide says that "the image storage is configured to be 100 GB in size. This is thinly provisioned" and "it is the users responsibility to start an instance with a sufficiently large root volume to store the docker images"`,
                  hint: `set it to ${needed} or more, or set dockerStorage.mode to volume`,
                  severity: "warning",
              }
            : undefined;
    },
};

/** The tags of the cluster are where a lease stands. */
const adoptedClusterHasNoLease: Rule = {
    sections: ["adoptCluster", "lease"],
    check: ({ settings }) =>
        settings.adoptCluster && settings.lease !== undefined
            ? {
                  path: "lease.ttl",
                  message:
                      "an environment in an adopted cluster cannot have an end: that is kept in the tags of the cluster, which are someone else's",
                  hint: "leave lease.ttl out, or leave adoptCluster out and choose another clusterName",
                  severity: "error",
              }
            : undefined,
};

const leaseStaysWithinItsLongest: Rule = {
    sections: ["lease"],
    check({ written: { lease = {} } }) {
        const { longestTtl } = lease;
        const longest = parseDuration(longestTtl ?? "") ?? Infinity;
        return (["ttl", "defaultTtl"] as const)
            .filter((key) => (parseDuration(lease[key] ?? "") ?? 0) > longest)
            .map((key) => ({
                path: `lease.${key}`,
                message: `got ${lease[key]}, expected at most ${longestTtl} (lease.longestTtl)`,
                severity: "error" as const,
            }));
    },
};

/** ECR wants lower case, and the cluster's name begins the names of its repositories. */
const repositoriesCanBeNamed: Rule = {
    sections: ["clusterName", "containerRegistry"],
    check: ({ settings }) =>
        (settings.containerRegistry?.repositories ?? []).flatMap((repository, index) => {
            const name = repositoryName(settings.clusterName, repository);
            const isTooLong = name.length > longestEcrName;
            return ecrName.test(name) && !isTooLong
                ? []
                : [
                      {
                          path: `containerRegistry.repositories[${index}]`,
                          message: `the repository would be called ${name}, which Amazon ECR does not take: ${isTooLong ? `expected up to ${longestEcrName} characters` : "expected lower-case letters and digits, with single . _ - / between them"}`,
                          hint: "choose another clusterName, or a shorter name",
                          severity: "error" as const,
                      },
                  ];
        }),
};

const rules: readonly Rule[] = [
    clusterNameFromEnvironment,
    adoptedClusterKeepsItsCapacityProviders,
    onlyFixedHostsKeepVolumes,
    onlyFixedHostsAreNumbered,
    architecturesAgree,
    lockMatchesFilter,
    thinStoreFitsRootVolume,
    adoptedClusterHasNoLease,
    leaseStaysWithinItsLongest,
    repositoriesCanBeNamed,
    ...agentRules,
    ...capabilityRules,
    ...dockerRules,
    ...networkRules,
    userDataFits,
];
