import { command } from "../commandLine";
import type { ResolvedSettings } from "../settings";
import { carries, mayBeOwn, proofOf, tagKeys, type Ownership } from "../tags";
import { refusal, type Findings } from "./finding";
import type { Reads } from "./reads";

interface LogGroupQuestion extends Ownership {
    readonly settings: Pick<ResolvedSettings, "capabilities">;
    readonly stateIsEmpty?: boolean;
    /** Ids that the state has, a log group's name among them; missing where the door does not learn them. */
    readonly stateIds?: ReadonlySet<string>;
}

/**
 * The log group of tasks must be free by its name, or the environment's own: CloudWatch Logs makes none of a name that is there, and
 * what others have logged would go with the environment.
 */
export async function checkLogGroup(
    reads: Pick<Reads, "logGroupTags">,
    { settings, stateIsEmpty, stateIds, ...owner }: LogGroupQuestion,
): Promise<Findings> {
    const name = settings.capabilities.awslogs?.logGroupName;
    const tags = name === undefined ? undefined : await reads.logGroupTags(name);
    if (name === undefined || tags === undefined) {
        return [];
    }
    const hasState = stateIsEmpty !== true;
    const carriesId = owner.stackId !== undefined && carries(tags, proofOf(owner));
    if (carriesId || (hasState && (stateIds?.has(name) === true || mayBeOwn(tags, owner)))) {
        return [];
    }
    const of = tags[tagKeys.stack];
    if (of === owner.stack && tags[tagKeys.stackId] !== owner.stackId) {
        const message = `the log group ${name} is there, of an earlier life of this environment whose state is gone`;
        return [
            refusal("LOG_GROUP_TAKEN", "capabilities.awslogs", message, [
                command("orphans", owner.environment),
                " tells of it; or choose another name with capabilities.awslogs.logGroupName",
            ]),
        ];
    }
    const whose = of === undefined ? "was not made by this program" : `belongs to ${of}`;
    return [
        refusal(
            "LOG_GROUP_TAKEN",
            "capabilities.awslogs",
            `the log group ${name} is there and ${whose}`,
            `choose another name with capabilities.awslogs.logGroupName, or delete it with all that was logged: aws logs delete-log-group --log-group-name ${name}`,
        ),
    ];
}
