import type { Target } from "../environment/target";
import type { RouteTableParts } from "../ports/awsServices";
import { scheduleGroup, type Found } from "./found";

/** Types of what can carry no tags: it is the environment's own because what it stands in is. */
export const untaggedTypes = {
    route: "ec2:route",
    association: "ec2:route-table-association",
    schedule: "scheduler:schedule",
} as const;

/** What the engine calls the route to everywhere of a table: `r-<table><CRC-32 of the destination>`, as of "0.0.0.0/0". */
function defaultRouteId(table: string): string {
    return `r-${table}1080289494`;
}

/**
 * Looks into what the state has of the environment for parts that it does not have, as an update leaves them that was
 * killed between AWS's work and its own record. The next one would be refused to make them again.
 * @param found what carries the environment's id
 */
export async function findUntagged(
    { aws, stateIds, inState }: Pick<Target, "aws" | "stateIds" | "inState">,
    found: readonly Found[],
): Promise<readonly Found[]> {
    const known = (type: string): readonly string[] =>
        found.filter((one) => one.type === type && stateIds.has(one.id)).map(({ id }) => id);
    const tables = known("ec2:route-table");
    const [parts, schedules] = await Promise.all([
        tables.length === 0 ? [] : aws.ec2.routeTableParts(tables),
        Promise.all(
            known(scheduleGroup).map(async (group) =>
                (await aws.scheduler.schedules(group)).map((name) => `${group}/${name}`),
            ),
        ),
    ]);
    const routes = parts.filter(
        ({ id, hasDefaultRoute }) => hasDefaultRoute && !inState("aws:ec2/route:Route", defaultRouteId(id)),
    );
    return [
        ...routes.map(({ id }) => stray(untaggedTypes.route, `${id}_0.0.0.0/0`)),
        ...strayAssociations(parts, stateIds).map((id) => stray(untaggedTypes.association, id)),
        ...schedules
            .flat()
            .filter((id) => !inState("aws:scheduler/schedule:Schedule", id))
            .map((id) => stray(untaggedTypes.schedule, id)),
    ];
}

/**
 * A subnet that is moved to another table has another association, while the state keeps the id of the first one: where
 * the state knows one that is not there, nothing is certain.
 */
function strayAssociations(
    parts: readonly RouteTableParts[],
    stateIds: ReadonlySet<string>,
): readonly string[] {
    const there = new Set(parts.flatMap(({ associationIds }) => associationIds));
    const isMoved = [...stateIds].some((id) => id.startsWith("rtbassoc-") && !there.has(id));
    return isMoved ? [] : [...there].filter((id) => !stateIds.has(id));
}

function stray(type: string, id: string): Found {
    return { type, name: id, id, leaving: false, keep: false };
}
