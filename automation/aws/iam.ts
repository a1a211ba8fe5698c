import {
    GetInstanceProfileCommand,
    IAMClient,
    ListInstanceProfileTagsCommand,
    ListRoleTagsCommand,
    paginateListInstanceProfiles,
    paginateListRoles,
} from "@aws-sdk/client-iam";

import type { IamService, Tags } from "../ports/awsServices";
import { carries, type TagQuery } from "../../components/model/tags";
import { collect, tagsOf, unless } from "./collect";
import type { AwsSession } from "./session";

const noEntity = ["NoSuchEntity", "NoSuchEntityException"];

export function createIamService(session: AwsSession): IamService {
    const client = session.connect(new IAMClient(session.configuration("IAM")), "IAM", "iam");
    return {
        instanceProfileExists: (name) =>
            unless(noEntity, false, async () => {
                await client.send(new GetInstanceProfileCommand({ InstanceProfileName: name }));
                return true;
            }),
        roles: async (tags, fits) => {
            const roles = await collect(
                paginateListRoles({ client, pageSize: 1000 }, {}),
                (page) => page.Roles,
            );
            const names = roles.map((role) => role.RoleName ?? "").filter(fits);
            return withTags(names, tags, async (name) =>
                tagsOf((await client.send(new ListRoleTagsCommand({ RoleName: name }))).Tags),
            );
        },
        instanceProfiles: async (tags, fits) => {
            const profiles = await collect(
                paginateListInstanceProfiles({ client, pageSize: 1000 }, {}),
                (page) => page.InstanceProfiles,
            );
            const names = profiles.map((profile) => profile.InstanceProfileName ?? "").filter(fits);
            return withTags(names, tags, async (name) =>
                tagsOf(
                    (await client.send(new ListInstanceProfileTagsCommand({ InstanceProfileName: name })))
                        .Tags,
                ),
            );
        },
    };
}

// Neither list names tags, and neither takes a filter: the tags are read one by one, of the few whose name fits.
async function withTags(
    names: readonly string[],
    wanted: TagQuery,
    read: (name: string) => Promise<Tags>,
): Promise<readonly string[]> {
    const found: string[] = [];
    for (const name of names) {
        if (carries(await unless(noEntity, {}, () => read(name)), wanted)) {
            found.push(name);
        }
    }
    return found;
}
