import type { ChangeSummary, ResourceEvent, ResourceOperation } from "../ports/engine";
import { renderTable } from "./table";

/** Steps that lose something: what is replaced or deleted is gone afterwards. */
export function destructiveSteps(changes: ChangeSummary): readonly ResourceEvent[] {
    return changes.steps.filter((step) => step.operation === "delete" || step.operation === "replace");
}

const words = [
    ["create", "create", "created"],
    ["import", "take up", "taken up"],
    ["update", "update", "updated"],
    ["replace", "replace", "replaced"],
    ["delete", "delete", "deleted"],
] as const satisfies readonly (readonly [ResourceOperation, plan: string, done: string])[];

/**
 * What was done, such as `3 created, 1 replaced, 12 unchanged`.
 * @param nothing for where the engine changed nothing
 */
export function countChanges({ counts }: ChangeSummary, nothing = "nothing changed"): string {
    const done = words.flatMap(([operation, , word]) =>
        count(counts[operation], (number) => `${number} ${word}`),
    );
    const same = count(counts.same, (number) => `${number} unchanged`);
    return [...(done.length === 0 ? [nothing] : done), ...same].join(", ");
}

/** What would be done, such as `create 3, replace 1; 12 stay as they are`. */
export function countPlan({ counts }: ChangeSummary): string {
    const plan = words.flatMap(([operation, word]) =>
        count(counts[operation], (number) => `${word} ${number}`),
    );
    const same = count(counts.same, (number) =>
        number === 1 ? "1 stays as it is" : `${number} stay as they are`,
    );
    return [plan.join(", "), ...same].join("; ");
}

function count(number: number | undefined, describe: (number: number) => string): readonly string[] {
    return number === undefined || number === 0 ? [] : [describe(number)];
}

/** One step as a line, such as `replace aws:ec2/instance:Instance sles-ecs-host-0 (imageId)`. */
export function describeStep(step: ResourceEvent): string {
    const why = step.changedProperties.length === 0 ? "" : ` (${step.changedProperties.join(", ")})`;
    return `${step.operation} ${step.type} ${step.name}${why}`;
}

/** `ec2 Instance` of `aws:ec2/instance:Instance`. */
export function shortType(type: string): string {
    return type.replace(/^aws:([^/:]+)\/[^:]+:/, "$1 ");
}

/** Steps, one line each. @param head what the first column is called @param wordOf what stands in it */
export function renderSteps(
    steps: readonly ResourceEvent[],
    head: string,
    wordOf: (operation: ResourceOperation) => string | undefined,
): string {
    return renderTable(
        [head, "TYPE", "NAME", "CHANGED"],
        steps.map(({ operation, type, name, changedProperties }) => [
            wordOf(operation),
            type,
            name,
            changedProperties.join(", "),
        ]),
    );
}

/** Counts and steps, for scripts. */
export function changesAsJson({ counts, steps }: ChangeSummary): object {
    return {
        counts,
        steps: steps.map(({ operation, type, name, urn, changedProperties }) => ({
            operation,
            type,
            name,
            urn,
            changedProperties,
        })),
    };
}
