import type { ReplacementStep } from "../hosts/plan";

/** What a run that replaces hosts has got to, for whoever goes on with it. */
export interface ReplacementRecord {
    /** In the order in which they went. */
    readonly replaced: readonly ReplacementStep[];
    readonly onReplaced: (step: ReplacementStep) => void;
    /** @param words by how much a group stays larger */
    readonly onLarger: (words: string) => void;
    /** How things stand. @param hosts how many were to be replaced */
    readonly standing: (hosts: number) => string;
}

export function recordReplacement(): ReplacementRecord {
    const replaced: ReplacementStep[] = [];
    const larger: string[] = [];
    return {
        replaced,
        onReplaced: (step) => void replaced.push(step),
        onLarger: (words) => void larger.push(words),
        standing: (hosts) =>
            [`${replaced.length} of ${hosts} hosts have been replaced`, ...larger].join("; "),
    };
}
