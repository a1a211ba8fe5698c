import {
    paginateGetResources,
    ResourceGroupsTaggingAPIClient,
} from "@aws-sdk/client-resource-groups-tagging-api";

import type { TaggingService } from "../ports/awsServices";
import { carries } from "../../components/model/tags";
import { collect, tagsOf } from "./collect";
import type { AwsSession } from "./session";

export function createTaggingService(session: AwsSession): TaggingService {
    const client = session.connect(
        new ResourceGroupsTaggingAPIClient(session.configuration("RESOURCE_GROUPS_TAGGING_API")),
        "RESOURCE_GROUPS_TAGGING_API",
        "tag",
    );
    return {
        resources: async (tags) => {
            const TagFilters = Object.entries(tags).flatMap(([Key, value]) =>
                value === undefined ? [] : [{ Key, Values: [value] }],
            );
            const found = await collect(
                paginateGetResources({ client }, { TagFilters }),
                (page) => page.ResourceTagMappingList,
            );
            return found
                .map((item) => ({ arn: item.ResourceARN ?? "", tags: tagsOf(item.Tags) }))
                .filter((item) => carries(item.tags, tags));
        },
    };
}
