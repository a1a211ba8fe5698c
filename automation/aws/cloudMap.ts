import {
    DeleteNamespaceCommand,
    GetNamespaceCommand,
    ListTagsForResourceCommand,
    ServiceDiscoveryClient,
} from "@aws-sdk/client-servicediscovery";

import type { ByArnService } from "../ports/awsServices";
import { tagsOf, unless } from "./collect";
import type { AwsSession } from "./session";

const gone = ["NamespaceNotFound", "ResourceNotFoundException"];

/** Namespaces, as Service Connect uses them. */
export function createCloudMapService(session: AwsSession): ByArnService {
    const client = session.connect(
        new ServiceDiscoveryClient(session.configuration("SERVICEDISCOVERY")),
        "SERVICEDISCOVERY",
        "servicediscovery",
    );
    return {
        tags: (ResourceARN) =>
            unless(gone, undefined, async () => {
                await client.send(new GetNamespaceCommand({ Id: idOf(ResourceARN) }));
                return tagsOf((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags);
            }),
        remove: async (arn) => {
            await unless(gone, undefined, () => client.send(new DeleteNamespaceCommand({ Id: idOf(arn) })));
        },
    };
}

/** Of an ARN such as `arn:aws:servicediscovery:eu-central-1:123456789012:namespace/ns-0123`. */
function idOf(arn: string): string {
    return arn.split("/").at(-1) ?? arn;
}
