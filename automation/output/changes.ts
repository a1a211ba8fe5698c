import type { ChangeSummary, ResourceEvent, ResourceOperation } from "../ports/engine";
import type { Context } from "../ports/context";
import { countOf, describeResource, holdsData, partOf } from "./resourceWords";
import { renderTable, type TableLook } from "./table";
import { createTheme, operationSymbols, type Theme } from "./theme";

/** Steps that lose something: what is replaced or deleted is gone afterwards. */
export function destructiveSteps(changes: ChangeSummary): readonly ResourceEvent[] {
    return changes.steps.filter(isLoss);
}

function isLoss({ operation }: ResourceEvent): boolean {
    return operation === "delete" || operation === "replace";
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

/** One step as a line, such as `replace host 1 (ami, userData)`. */
export function describeStep(step: ResourceEvent): string {
    return `${planWord(step.operation)} ${describeResource(step)}${changed(step)}`;
}

/** How a plan is shown. */
export interface PlanLook {
    readonly theme: Pick<Theme, "operation" | "quiet">;
    /** Every step on its own, with Pulumi's type and name. @default false */
    readonly verbose?: boolean;
    /** Every step on its own, for what a person has to agree to. @default false */
    readonly named?: boolean;
}

/** Where more than so many things of a part have one fate, they are counted by kind; of hosts each matters longer. */
const mostNamed = 4;
const mostHostsNamed = 8;

/** A plan on stderr, where questions are asked. */
export function planLook({ io, verbose }: Pick<Context, "io" | "verbose">): PlanLook {
    return { theme: createTheme({ color: io.stderrColor, unicode: io.unicode }), verbose };
}

/**
 * The steps of a plan in the order of the engine, a line each; what there is much of is counted by kind, but no data that would be
 * lost.
 */
export function planSteps(steps: readonly ResourceEvent[], look: PlanLook): readonly string[] {
    const { verbose = false, named = verbose, theme } = look;
    const groups = new Map<string, readonly ResourceEvent[]>();
    for (const step of steps) {
        const part = isLoss(step) && holdsData(step.type) ? undefined : partOf(step.type);
        const key = `${step.operation} ${part ?? step.urn}`;
        groups.set(key, [...(groups.get(key) ?? []), step]);
    }
    return [...groups.values()].flatMap((group) => {
        const [{ operation, type }] = group as readonly [ResourceEvent];
        const part = partOf(type);
        const most = part === "hosts" ? mostHostsNamed : mostNamed;
        return named || group.length <= most
            ? group.map((step) => {
                  const pulumi = verbose ? ` ${theme.quiet(`[${step.type} ${step.name}]`)}` : "";
                  return planLine(operation, `${describeResource(step)}${changed(step)}${pulumi}`, look);
              })
            : [planLine(operation, `${part}: ${countKinds(group)}`, look)];
    });
}

/** A line of a plan, such as `  - delete  docker volume of host 1`. */
export function planLine(operation: ResourceOperation, what: string, { theme }: PlanLook): string {
    const sign = `${operationSymbols[operation].padEnd(2)} ${planWord(operation).padEnd(7)}`;
    return `  ${theme.operation(operation, sign)} ${what}`;
}

/** `6 subnets, 2 route tables`. */
function countKinds(steps: readonly ResourceEvent[]): string {
    const types = steps.map(({ type }) => type);
    return [...new Set(types)]
        .map((type) => countOf(type, types.filter((other) => other === type).length))
        .join(", ");
}

function planWord(operation: ResourceOperation): string {
    return words.find(([known]) => known === operation)?.[1] ?? operation;
}

function changed({ changedProperties, isRetained }: ResourceEvent): string {
    if (isRetained === true) {
        return ", out of the state alone: it stays in the account";
    }
    return changedProperties.length === 0 ? "" : ` (${changedProperties.join(", ")})`;
}

/** Steps, one line each. @param head what the first column is called @param wordOf what stands in it */
export function renderSteps(
    steps: readonly ResourceEvent[],
    head: string,
    wordOf: (operation: ResourceOperation) => string | undefined,
    { verbose, ...look }: TableLook & { readonly verbose?: boolean } = {},
): string {
    const pulumi = verbose === true ? ["TYPE", "NAME"] : [];
    return renderTable(
        [head, "WHAT", "CHANGED", ...pulumi],
        steps.map((step) => [
            wordOf(step.operation),
            describeResource(step),
            step.changedProperties.join(", "),
            ...(verbose === true ? [step.type, step.name] : []),
        ]),
        look,
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
