import type { TaggedResource } from "../../automation/ports/aws";
import type {
    GroupProvider,
    GroupProviderService,
    LaunchTemplateData,
    NamedGroup,
} from "../../automation/ports/scalingServices";
import type { Change, FakeAwsState, Read } from "./fakeAws";

/** What groups of others need to be lent to a cluster. */
export interface FakeLoans {
    /** Of the account, by their tags alone. */
    capacityProviders: TaggedResource[];
    groupProviders: GroupProvider[];
    /** Groups of others. */
    namedGroups: NamedGroup[];
    /** By id of a launch template. */
    launchTemplates: Record<string, LaunchTemplateData>;
}

export const noLoans = (): FakeLoans => ({
    capacityProviders: [],
    groupProviders: [],
    namedGroups: [],
    launchTemplates: {},
});

/** Capacity providers of groups, in a fake account. */
export function fakeGroupProviders(state: FakeAwsState, read: Read, change: Change): GroupProviderService {
    const usedBy = (cluster: string): string[] =>
        (state.clusterCapacityProviders[cluster] ?? []).map(({ name }) => name);
    return {
        groupProviders: (cluster) =>
            read("ecs.groupProviders", () =>
                state.groupProviders.filter(
                    ({ name }) => cluster === undefined || usedBy(cluster).includes(name),
                ),
            ),
        makeGroupProvider: ({ name, groupArn, isManaged, tags }) =>
            change("ecs.makeGroupProvider", `${name}${isManaged ? " managed" : ""}`, () => {
                const group = groupArn.split("/").at(-1) ?? "";
                state.groupProviders.push({ name, arn: arnOf(name), group, isManaged, tags });
            }),
        attachCapacityProvider: (cluster, name) =>
            change("ecs.attachCapacityProvider", `${cluster} ${name}`, () => {
                const used = (state.clusterCapacityProviders[cluster] ??= []);
                used.push({ name, arn: arnOf(name), isScoped: false, status: "ACTIVE" });
            }),
        detachCapacityProvider: (cluster, name) =>
            change("ecs.detachCapacityProvider", `${cluster} ${name}`, () => {
                const used = state.clusterCapacityProviders[cluster] ?? [];
                state.clusterCapacityProviders[cluster] = used.filter((one) => one.name !== name);
            }),
    };
}

function arnOf(name: string): string {
    return `arn:aws:ecs:us-east-1:123456789012:capacity-provider/${name}`;
}

/** A list by name without one of them. */
export function without<T>(list: Readonly<Record<string, T>>, name: string): Record<string, T> {
    return Object.fromEntries(Object.entries(list).filter(([key]) => key !== name));
}
