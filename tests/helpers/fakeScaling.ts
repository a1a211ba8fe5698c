import type { Aws } from "../../automation/ports/awsServices";
import type { ScalingGroup } from "../../automation/ports/scalingServices";
import type { GroupSizes } from "../../components/model/pause";
import { carries } from "../../components/model/tags";
import { without } from "./fakeGroupProviders";
import type { Change, FakeAwsState, Read } from "./fakeAws";

/** Auto Scaling of hosts and of services in a fake account. */
export function fakeScaling(
    state: FakeAwsState,
    read: Read,
    change: Change,
): Pick<Aws, "autoScaling" | "applicationScaling"> {
    return {
        autoScaling: {
            groups: (tags) =>
                read("autoScaling.groups", () =>
                    [...state.groups, ...state.namedGroups].filter((one) => carries(one.tags, tags)),
                ),
            groupsNamed: (names) =>
                read("autoScaling.groupsNamed", () =>
                    state.namedGroups.filter(({ name }) => names.includes(name)),
                ),
            tagGroup: (name, tags) =>
                change("autoScaling.tagGroup", `${name} ${JSON.stringify(tags)}`, () => {
                    state.namedGroups = state.namedGroups.map((one) =>
                        one.name === name ? { ...one, tags: { ...one.tags, ...tags } } : one,
                    );
                }),
            untagGroup: (name, keys) =>
                change("autoScaling.untagGroup", `${name} ${keys.join(",")}`, () => {
                    state.namedGroups = state.namedGroups.map((one) =>
                        one.name === name ? { ...one, tags: keys.reduce(without, one.tags) } : one,
                    );
                }),
            remove: (name) =>
                change("autoScaling.remove", name, () => {
                    state.groups = state.groups.filter((one) => one.name !== name);
                }),
            resize: (name, sizes) =>
                change("autoScaling.resize", `${name} ${describeSizes(sizes)}`, () => {
                    state.groups
                        .filter((one) => one.name === name)
                        .forEach((one) => Object.assign(one, sizes));
                }),
            renew: (id) =>
                change("autoScaling.renew", id, () => {
                    state.instances = state.instances.map((one) =>
                        one.instanceId === id ? { ...one, state: "shutting-down" } : one,
                    );
                }),
            failedLaunch: (group) => read("autoScaling.failedLaunch", () => state.failedLaunches[group]),
            lifecycleHooks: (group) =>
                read("autoScaling.lifecycleHooks", () => state.lifecycleHooks[group] ?? []),
            detachInstances: (group, ids) =>
                change("autoScaling.detachInstances", `${group} ${ids.join(",")}`, () => {
                    state.groups.filter((one) => one.name === group).forEach((one) => detach(one, ids));
                }),
            dropScaleInProtection: (group, ids) =>
                change("autoScaling.dropScaleInProtection", `${group} ${ids.join(",")}`, () => {
                    state.groups = state.groups.map((one) =>
                        one.name === group ? { ...one, protectedInstanceIds: [] } : one,
                    );
                }),
        },
        applicationScaling: {
            scalableServices: (cluster) =>
                read("applicationScaling.scalableServices", () =>
                    state.scalableServices.filter((one) => one.resourceId.startsWith(`service/${cluster}/`)),
                ),
            setMinimum: (id, min) =>
                change("applicationScaling.setMinimum", `${id} ${min}`, () => {
                    state.scalableServices = state.scalableServices.map((one) =>
                        one.resourceId === id ? { ...one, min } : one,
                    );
                }),
            setSuspended: (id, suspended) =>
                change("applicationScaling.setSuspended", `${id} ${suspended.join("+")}`, () => {
                    state.scalableServices = state.scalableServices.map((one) =>
                        one.resourceId === id ? { ...one, suspended } : one,
                    );
                }),
        },
    };
}

function describeSizes({ min, max, desired }: Partial<GroupSizes>): string {
    return min === undefined && max === undefined ? `desired=${desired}` : `${min} ${max} ${desired}`;
}

/** A group that knows its members by itself has them until they are terminated. */
function detach(group: ScalingGroup, ids: readonly string[]): void {
    const instanceIds = group.instanceIds.filter((id) => !ids.includes(id));
    const isFixed = Object.getOwnPropertyDescriptor(group, "instanceIds")?.get === undefined;
    Object.assign(group, { desired: group.desired - ids.length }, isFixed ? { instanceIds } : {});
}
