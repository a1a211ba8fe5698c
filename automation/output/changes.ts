import type { ChangeSummary, ResourceEvent, ResourceFate, ResourceOperation } from "../ports/engine";
import type { Context } from "../ports/context";
import { fateOf, isLoss } from "./fates";
import { countOf, describeResource, holdsData, partOf } from "./resourceWords";
import { renderTable, type TableLook } from "./table";
import { createTheme, operationSymbols, type Theme } from "./theme";

/** Steps that lose something. */
export function destructiveSteps(changes: ChangeSummary): readonly ResourceEvent[] {
    return changes.steps.filter(isLoss);
}

const words = [
    ["create", "create", "created"],
    ["import", "take up", "taken up"],
    ["update", "update", "updated"],
    ["replace", "replace", "replaced"],
    ["delete", "delete", "deleted"],
    ["retain", "leave", "left in place", " in place"],
] as const satisfies readonly (readonly [ResourceFate, plan: string, done: string, rest?: string])[];

/**
 * What was done, such as `3 created, 1 replaced, 12 unchanged`.
 * @param nothing for where the engine changed nothing
 */
export function countChanges({ counts }: ChangeSummary, nothing = "nothing changed"): string {
    const done = words.flatMap(([fate, , word]) => count(counts[fate], (number) => `${number} ${word}`));
    const same = count(counts.same, (number) => `${number} unchanged`);
    return [...(done.length === 0 ? [nothing] : done), ...same].join(", ");
}

/** What would be done, such as `create 3, replace 1; 12 stay as they are`. */
export function countPlan({ counts }: ChangeSummary): string {
    const plan = words.flatMap(([fate, word, , rest = ""]) =>
        count(counts[fate], (number) => `${word} ${number}${rest}`),
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
    return `${planWord(fateOf(step))} ${describeResource(step)}${changed(step)}`;
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
        const key = `${fateOf(step)} ${part ?? step.urn}`;
        groups.set(key, [...(groups.get(key) ?? []), step]);
    }
    return [...groups.values()].flatMap((group) => {
        const [first] = group as readonly [ResourceEvent];
        const fate = fateOf(first);
        const part = partOf(first.type);
        const most = part === "hosts" ? mostHostsNamed : mostNamed;
        return named || group.length <= most
            ? group.map((step) => {
                  const pulumi = verbose ? ` ${theme.quiet(`[${step.type} ${step.name}]`)}` : "";
                  return planLine(fate, `${describeResource(step)}${changed(step)}${pulumi}`, look);
              })
            : [planLine(fate, `${part}: ${countKinds(group)}${fate === "retain" ? stays.many : ""}`, look)];
    });
}

/** A line of a plan, such as `  - delete  docker volume of host 1`. */
export function planLine(fate: ResourceFate, what: string, { theme }: PlanLook): string {
    const sign = `${operationSymbols[fate].padEnd(2)} ${planWord(fate).padEnd(7)}`;
    return `  ${theme.operation(fate, sign)} ${what}`;
}

/** `6 subnets, 2 route tables`. */
function countKinds(steps: readonly ResourceEvent[]): string {
    const types = steps.map(({ type }) => type);
    return [...new Set(types)]
        .map((type) => countOf(type, types.filter((other) => other === type).length))
        .join(", ");
}

/** What a plan, and whatever tells of one step, calls a fate. */
export function planWord(fate: ResourceFate): string {
    return words.find(([known]) => known === fate)?.[1] ?? fate;
}

const stays = {
    one: ", out of the state alone: it stays in the account",
    many: ", out of the state alone: they stay in the account",
};

function changed(step: ResourceEvent): string {
    if (fateOf(step) === "retain") {
        return stays.one;
    }
    const { changedProperties, isRetained } = step;
    const properties = changedProperties.length === 0 ? "" : ` (${changedProperties.join(", ")})`;
    return isRetained === true ? `${properties}, the one before stays in the account` : properties;
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
        steps: steps.map(({ operation, type, name, urn, changedProperties, isRetained }) => ({
            operation,
            type,
            name,
            urn,
            changedProperties,
            ...(isRetained && { isRetained }),
        })),
    };
}
