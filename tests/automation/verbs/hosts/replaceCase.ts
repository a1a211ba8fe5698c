import { changes, step, type FakeStackOptions } from "../../../helpers/fakes";
import { groupOf, launchedFrom, tagsOf } from "../../../helpers/fakeWorld";
import { makeProject } from "../../../helpers/project";
import { play, type Played } from "../../../helpers/transcript";
import { dev, job, older, settings, standingWith, web } from "../images/update/updateCase";
import { standing } from "../standing";

export type Given = Partial<Parameters<typeof play>[1]>;

const { resources: hosts = [] } = standingWith();
/** Two fixed hosts, and what else the engine would do. */
export const fixedPair = (
    ...more: readonly ReturnType<typeof step>[]
): Readonly<Record<"dev", FakeStackOptions>> => ({
    dev: { resources: [...hosts, ...(standing.resources ?? [])], preview: changes(more) },
});

/** Plays `hosts replace dev` on two fixed hosts from which nothing differs. */
export function replace(argv: readonly string[], given: Given = {}): Promise<Played> {
    return play(["hosts", "replace", "dev", ...argv], {
        directory: makeProject({ "Pulumi.dev.yaml": settings() }),
        stacks: fixedPair(),
        aws: dev([older, older], [web]),
        ...given,
    });
}

export const groupName = groupOf(tagsOf("dev"));
interface GroupGiven extends Given {
    readonly max?: number;
    readonly suspendedProcesses?: readonly string[];
    readonly steps?: readonly ReturnType<typeof step>[];
}

/** The same on a group of three hosts, all of the group's present launch template. */
export function replaceOfGroup(argv: readonly string[], given: GroupGiven = {}): Promise<Played> {
    const { max = 4, suspendedProcesses = [], steps = [], ...more } = given;
    const members = Array.from({ length: 3 }, () => ({ ...older, tags: launchedFrom("1") }));
    const group = {
        ...{ name: groupName, tags: tagsOf("dev"), min: 1, max, desired: 3, suspendedProcesses },
        ...{ instanceIds: ["i-1", "i-2", "i-3"], protectedInstanceIds: [], leaving: false },
        launchTemplate: { id: "lt-1", version: "1" },
    };
    return replace(argv, {
        directory: makeProject({
            "Pulumi.dev.yaml": settings(
                `    sles-ecs:hosts: { mode: autoScaling, min: 1, max: ${max}, desired: 3 }\n`,
            ),
        }),
        stacks: { dev: { resources: standing.resources ?? [], preview: changes([...steps]) } },
        aws: { ...dev(members, [web]), groups: [group] },
        ...more,
    });
}

/** A task of no service on the first host. */
export const withJob = (): ReturnType<typeof dev> => dev([older, older], [web, job]);
