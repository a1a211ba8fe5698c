import { carries } from "../../components/model/tags";
import type { Aws } from "../../automation/ports/awsServices";
import { fakeServiceEc2 } from "./fakeDeployments";
import type { Change, FakeAwsState, Read } from "./fakeAws";

/** EC2 in the small AWS of `fakeAws.ts`. */
export function fakeEc2(state: FakeAwsState, read: Read, change: Change): Aws["ec2"] {
    const byIds = <T extends { readonly id: string }>(list: readonly T[], ids: readonly string[]): T[] =>
        list.filter((one) => ids.includes(one.id));
    return {
        instances: (tags) =>
            read("ec2.instances", () => state.instances.filter((one) => carries(one.tags, tags))),
        instancesByTag: (key, values) =>
            read("ec2.instancesByTag", () =>
                state.instances.filter(({ tags }) => values.includes(tags[key] ?? "")),
            ),
        regions: () => read("ec2.regions", () => state.regions),
        tagged: (tag) =>
            read("ec2.tagged", () => [
                ...state.instances
                    .filter((one) => one.state !== "terminated" && carries(one.tags, tag))
                    .map(({ instanceId: id, tags }) => ({ id, type: "instance", leaving: false, tags })),
                ...state.volumes
                    .filter((one) => carries(one.tags, tag))
                    .map(({ id, tags }) => ({ id, type: "volume", leaving: false, tags })),
            ]),
        existing: (ids) =>
            read("ec2.existing", () => [
                ...state.instances
                    .filter((one) => ids.includes(one.instanceId) && one.state !== "terminated")
                    .map(({ instanceId: id, state: is }) => ({
                        id,
                        type: "instance",
                        leaving: is === "shutting-down",
                    })),
                ...byIds(state.volumes, ids).map(({ id }) => ({ id, type: "volume", leaving: false })),
                ...byIds(state.ec2Resources, ids),
            ]),
        instancesById: (ids) =>
            read("ec2.instancesById", () => state.instances.filter((one) => ids.includes(one.instanceId))),
        statusChecks: (ids) =>
            read(
                "ec2.statusChecks",
                () =>
                    new Map(
                        ids.map((id) => [id, state.statusChecks[id] ?? { system: "ok", instance: "ok" }]),
                    ),
            ),
        launchTemplate: ({ id }) =>
            read("ec2.launchTemplate", () => state.launchTemplates[id] ?? { userData: Buffer.from("") }),
        userData: (id) => read("ec2.userData", () => Buffer.from(state.userData[id] ?? "")),
        consoleOutput: (id) => read("ec2.consoleOutput", () => state.consoles[id] ?? ""),
        images: (filter) =>
            read("ec2.images", () => {
                const pattern = new RegExp(`^${filter.replaceAll("*", ".*").replaceAll("?", ".")}$`);
                return state.images.filter(({ name }) => pattern.test(name));
            }),
        imagesById: (ids) => read("ec2.imagesById", () => byIds(state.images, ids)),
        subnets: (ids) => read("ec2.subnets", () => byIds(state.subnets, ids)),
        defaultSubnets: () => read("ec2.defaultSubnets", () => state.defaultSubnets),
        securityGroups: (ids) => read("ec2.securityGroups", () => byIds(state.securityGroups, ids)),
        routeTables: (vpcId) =>
            read("ec2.routeTables", () => state.routeTables.filter((one) => one.vpcId === vpcId)),
        ownNetwork: () => read("ec2.ownNetwork", () => ({ vpcId: state.ownVpcId, zones: state.ownZones })),
        vpcEndpoints: (vpcId) =>
            read("ec2.vpcEndpoints", () => state.vpcEndpoints.filter((one) => one.vpcId === vpcId)),
        natGateways: () => read("ec2.natGateways", () => state.natGateways),
        networkAcls: () => read("ec2.networkAcls", () => state.networkAcls),
        availabilityZones: () => read("ec2.availabilityZones", () => state.availabilityZones),
        defaultVpc: () => read("ec2.defaultVpc", () => state.defaultVpc),
        zonesOffering: () => read("ec2.zonesOffering", () => state.zonesOffering),
        memoryMiB: (type) => read("ec2.memoryMiB", () => state.memoryOfTypesMiB[type] ?? state.memoryMiB),
        defaultEncryptionKey: () => read("ec2.defaultEncryptionKey", () => state.defaultEncryptionKey),
        vcpusOf: (types) =>
            read("ec2.vcpusOf", () => new Map(types.map((type) => [type, state.vcpus[type] ?? 2]))),
        onDemandInstances: () =>
            read("ec2.onDemandInstances", () =>
                state.instances.filter((one) => ["pending", "running"].includes(one.state)),
            ),
        keyPairExists: (name) => read("ec2.keyPairExists", () => state.keyPairs.includes(name)),
        volumes: (tags) => read("ec2.volumes", () => state.volumes.filter((one) => carries(one.tags, tags))),
        routeTableParts: (ids) => read("ec2.routeTableParts", () => byIds(state.routeTableParts, ids)),
        start: (ids) =>
            change("ec2.start", ids.join(","), () => {
                state.instances = state.instances.map((one) =>
                    ids.includes(one.instanceId) ? { ...one, state: "running" } : one,
                );
                connect(state, ids, true);
            }),
        stop: (ids) =>
            change("ec2.stop", ids.join(","), () => {
                state.instances = state.instances.map((one) =>
                    ids.includes(one.instanceId) ? { ...one, state: "stopped" } : one,
                );
                connect(state, ids, false);
            }),
        reboot: (ids) => change("ec2.reboot", ids.join(","), () => connect(state, ids, false)),
        remove: (id) =>
            change("ec2.remove", id, () => {
                state.instances = state.instances.map((one) =>
                    one.instanceId === id ? { ...one, state: "terminated" } : one,
                );
                state.volumes = state.volumes.filter((one) => one.id !== id);
                state.ec2Resources = state.ec2Resources.filter((one) => one.id !== id);
            }),
        ...fakeServiceEc2,
        holders: () => read("ec2.holders", () => state.holders),
        resources: (tags) =>
            read("ec2.resources", () => {
                const tagged = [
                    ...state.instances
                        .filter((one) => one.state !== "terminated" && carries(one.tags, tags))
                        .map(({ instanceId: id }) => ({ id, type: "instance", leaving: false })),
                    ...state.volumes
                        .filter((one) => carries(one.tags, tags))
                        .map(({ id }) => ({ id, type: "volume", leaving: false })),
                ];
                const given = new Set(state.ec2Resources.map(({ id }) => id));
                return [...state.ec2Resources, ...tagged.filter(({ id }) => !given.has(id))];
            }),
    };
}

/** The agents of hosts that were started, or stopped; their registrations stay. */
function connect(state: FakeAwsState, ids: readonly string[], agentConnected: boolean): void {
    for (const [cluster, agents] of Object.entries(state.containerInstances)) {
        state.containerInstances[cluster] = agents.map((one) =>
            ids.includes(one.instanceId) ? { ...one, agentConnected } : one,
        );
    }
}
