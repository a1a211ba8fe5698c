import {
    CloudWatchLogsClient,
    CreateLogGroupCommand,
    DeleteLogGroupCommand,
    DescribeLogGroupsCommand,
    ListTagsForResourceCommand,
    paginateFilterLogEvents,
    PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";

import type { Tags } from "../../components/model/tags";
import type { LogsService } from "../ports/awsServices";
import { collect, unless } from "./collect";
import type { AwsSession } from "./session";

const gone = ["ResourceNotFoundException"];

/** Log groups. */
export function createLogsService(session: AwsSession): LogsService {
    const client = session.connect(
        new CloudWatchLogsClient(session.configuration("CLOUDWATCH_LOGS")),
        "CLOUDWATCH_LOGS",
        "logs",
    );
    const tagsOfGroup = (name: string): Promise<Tags | undefined> => tagsByName(client, name);
    return {
        tags: (arn) => tagsOfGroup(nameOf(arn)),
        tagsOfGroup,
        remove: async (arn) => {
            await unless(gone, undefined, () =>
                client.send(new DeleteLogGroupCommand({ logGroupName: nameOf(arn) })),
            );
        },
        makeGroup: async (logGroupName, retentionInDays, tags) => {
            await unless(["ResourceAlreadyExistsException"], undefined, () =>
                client.send(new CreateLogGroupCommand({ logGroupName, tags: { ...tags } })),
            );
            await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
        },
        events: async (logGroupName, logStreamNamePrefix, since) => {
            const asked = { logGroupName, logStreamNamePrefix, startTime: since.getTime() };
            const found = await unless(gone, [], () =>
                collect(paginateFilterLogEvents({ client }, asked), (page) => page.events),
            );
            return found.map(({ eventId = "", timestamp = 0, logStreamName = "", message = "" }) => ({
                ...{ id: eventId, at: new Date(timestamp), stream: logStreamName, text: message },
            }));
        },
    };
}

async function tagsByName(
    client: CloudWatchLogsClient,
    logGroupNamePrefix: string,
): Promise<Tags | undefined> {
    const { logGroups = [] } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
    const found = logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix);
    if (found === undefined) {
        return undefined;
    }
    const answer = await unless(gone, undefined, () =>
        // Some ARNs end with a mark for all streams, which this call refuses.
        client.send(new ListTagsForResourceCommand({ resourceArn: found.arn?.replace(/:\*$/, "") })),
    );
    return answer && (answer.tags ?? {});
}

/** Of its name, or an ARN such as `arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/web`. */
function nameOf(arn: string): string {
    return arn.split(":")[6] ?? arn;
}
