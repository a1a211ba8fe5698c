import type { PlacementStrategy } from "@aws-sdk/client-ecs";
import { invalid } from "./inputs";
import type { Occupied } from "./state";

/** Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const mostStrategies = 5;

/**
 * Services spread over zones where nothing else is said; tasks of RunTask go anywhere. The local cloud spreads both, over
 * zones, then hosts, so that what happens is the same each time.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html#schedulingStrategy
 */
const usualStrategies: readonly PlacementStrategy[] = [
    { type: "spread", field: "attribute:ecs.availability-zone" },
    { type: "spread", field: "instanceId" },
];

/** @returns the strategies. @throws AwsError InvalidParameterException for one that AWS does not know */
export function checkStrategies(strategies: readonly PlacementStrategy[]): readonly PlacementStrategy[] {
    if (strategies.length > mostStrategies) {
        throw invalid(`A maximum of ${mostStrategies} placement strategies are allowed.`);
    }
    for (const { type, field = "" } of strategies) {
        const isKnown =
            type === "random" ||
            (type === "spread" && /^(instanceId|host|attribute:.+)$/i.test(field)) ||
            (type === "binpack" && /^(cpu|memory)$/i.test(field));
        if (!isKnown) {
            throw invalid(
                `Invalid placement strategy: ${String(type)} by ${field}; expected random, binpack by cpu or memory, or ` +
                    "spread by instanceId, host or an attribute.",
            );
        }
    }
    return strategies;
}

/**
 * The hosts on which a task fits, in the order in which it is to be tried on them: the first strategy decides, the next
 * one among equals, and last the number of tasks.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html
 */
export function ordered(
    fitting: readonly Occupied[],
    all: readonly Occupied[],
    wish: { readonly group: string; readonly strategies: readonly PlacementStrategy[] },
): readonly Occupied[] {
    const strategies = wish.strategies.length > 0 ? wish.strategies : usualStrategies;
    const ranks = [
        ...strategies.map((strategy) => rank(strategy, all, wish.group)),
        ({ tasks }: Occupied) => tasks.length,
    ];
    return [...fitting].sort((one, other) => {
        const deciding = ranks.find((value) => value(one) !== value(other));
        return deciding === undefined ? 0 : deciding(one) - deciding(other);
    });
}

/**
 * What a strategy says of a host; less is better. Tasks are spread by those of their own group.
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
function rank(
    { type, field = "" }: PlacementStrategy,
    all: readonly Occupied[],
    group: string,
): (candidate: Occupied) => number {
    if (type === "random") {
        const drawn = new Map(all.map(({ host }) => [host.arn, Math.random()]));
        return ({ host }) => drawn.get(host.arn) ?? 0;
    }
    if (type === "binpack") {
        const isCpu = field.toLowerCase() === "cpu";
        return ({ host, tasks }) =>
            tasks.reduce(
                (left, { resources }) => left - (isCpu ? resources.cpuUnits : resources.memoryMiB),
                isCpu ? host.resources.cpuUnits : host.resources.memoryMiB,
            );
    }
    const [, attribute] = /^attribute:(.+)$/i.exec(field) ?? [];
    const place = ({ host }: Occupied): string =>
        attribute === undefined ? host.arn : (host.attributes[attribute] ?? "");
    const counts = new Map<string, number>();
    for (const candidate of all) {
        const ofGroup = candidate.tasks.filter((task) => task.group === group).length;
        counts.set(place(candidate), (counts.get(place(candidate)) ?? 0) + ofGroup);
    }
    return (candidate) => counts.get(place(candidate)) ?? 0;
}
