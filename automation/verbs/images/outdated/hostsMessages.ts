import type { Instance } from "../../../ports/awsServices";

/** How many hosts run another image than the locked one, and which; nothing where all run that. */
export function behindMessage(others: readonly Instance[], all: number): readonly string[] {
    if (others.length === 0) {
        return [];
    }
    const names = [...new Set(others.map(imageNameOf))].sort();
    const hosts = all === 1 ? "the host" : `${others.length} of ${all} hosts`;
    const run = others.length === 1 ? "runs" : "run";
    return [`${hosts} ${run} another image than the locked one: ${names.join(", ")}`];
}

/** What hosts run while nothing is locked; nothing where there are none. */
export function unlockedMessage(hosts: readonly Instance[]): readonly string[] {
    const counts = new Map<string, number>();
    for (const name of hosts.map(imageNameOf).sort()) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const run = [...counts].map(([name, count]) =>
        count === 1 ? `1 host runs ${name}` : `${count} hosts run ${name}`,
    );
    return run.length === 0 ? [] : [`nothing is locked, and ${run.join(", ")}`];
}

function imageNameOf({ imageName, imageId }: Instance): string {
    return imageName ?? imageId;
}
