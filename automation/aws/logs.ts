import {
    CloudWatchLogsClient,
    DeleteLogGroupCommand,
    DescribeLogGroupsCommand,
    ListTagsForResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";

import type { ByArnService } from "../ports/awsServices";
import { unless } from "./collect";
import type { AwsSession } from "./session";

const gone = ["ResourceNotFoundException"];

/** Log groups. */
export function createLogsService(session: AwsSession): ByArnService {
    const client = session.connect(
        new CloudWatchLogsClient(session.configuration("CLOUDWATCH_LOGS")),
        "CLOUDWATCH_LOGS",
        "logs",
    );
    return {
        tags: async (resourceArn) => {
            const logGroupNamePrefix = nameOf(resourceArn);
            const { logGroups = [] } = await client.send(
                new DescribeLogGroupsCommand({ logGroupNamePrefix }),
            );
            const found = logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix);
            if (found === undefined) {
                return undefined;
            }
            // A state has names; and some answers have ARNs that end with a mark for all streams, which this call refuses.
            const ownArn = (found.arn ?? resourceArn).replace(/:\*$/, "");
            const answer = await unless(gone, undefined, () =>
                client.send(new ListTagsForResourceCommand({ resourceArn: ownArn })),
            );
            return answer && (answer.tags ?? {});
        },
        remove: async (arn) => {
            await unless(gone, undefined, () =>
                client.send(new DeleteLogGroupCommand({ logGroupName: nameOf(arn) })),
            );
        },
    };
}

/** Of its name, or an ARN such as `arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/web`. */
function nameOf(arn: string): string {
    return arn.split(":")[6] ?? arn;
}
