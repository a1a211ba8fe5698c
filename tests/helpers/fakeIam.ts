import { carries, type TagQuery } from "../../components/model/tags";
import type { Aws, Tags } from "../../automation/ports/awsServices";
import type { Change, FakeAwsState, Read } from "./fakeAws";

/** IAM in a fake account. */
export function fakeIam(state: FakeAwsState, read: Read, change: Change): Aws["iam"] {
    return {
        accountAlias: () => read("iam.accountAlias", () => state.accountAlias),
        removeRole: (name) =>
            change("iam.removeRole", name, () => {
                state.roles = without(state.roles, name);
            }),
        removeInstanceProfile: (name) =>
            change("iam.removeInstanceProfile", name, () => {
                state.instanceProfiles = without(state.instanceProfiles, name);
            }),
        instanceProfile: (name) =>
            read("iam.instanceProfile", () =>
                name in state.instanceProfiles
                    ? { roleArn: state.rolesOfProfiles[name] ?? `arn:aws:iam::123456789012:role/${name}` }
                    : undefined,
            ),
        verdictsOnRole: (_, { actions }) =>
            read(
                "iam.verdictsOnRole",
                () => new Map(actions.map((action) => [action, state.verdicts[action] ?? "allowed"])),
            ),
        trustedServices: (name) =>
            read("iam.trustedServices", () => state.trustedServices[name] ?? ["ec2.amazonaws.com"]),
        deniedToRole: (_, { actions }) =>
            read("iam.deniedToRole", () => state.denied.filter(({ action }) => actions.includes(action))),
        tagged: (tags, fits) =>
            read("iam.tagged", () =>
                [state.roles, state.instanceProfiles].flatMap((list) =>
                    named(list, tags, fits).map((name) => ({ name, tags: list[name] ?? {} })),
                ),
            ),
        roles: (tags, fits) => read("iam.roles", () => named(state.roles, tags, fits)),
        instanceProfiles: (tags, fits) =>
            read("iam.instanceProfiles", () => named(state.instanceProfiles, tags, fits)),
    };
}

function without<T>(list: Readonly<Record<string, T>>, name: string): Record<string, T> {
    return Object.fromEntries(Object.entries(list).filter(([key]) => key !== name));
}

/** Those of a list that fit and carry the tags. */
export function named(list: Record<string, Tags>, tags: TagQuery, fits: (name: string) => boolean): string[] {
    return Object.keys(list).filter((name) => fits(name) && carries(list[name] ?? {}, tags));
}
