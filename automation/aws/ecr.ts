import {
    DeleteRepositoryCommand,
    DescribeRepositoriesCommand,
    ECRClient,
    ListTagsForResourceCommand,
    paginateListImages,
} from "@aws-sdk/client-ecr";

import type { EcrService } from "../ports/ecrService";
import { collect, tagsOf, unless } from "./collect";
import type { AwsSession } from "./session";

const gone = ["RepositoryNotFoundException"];

export function createEcrService(session: AwsSession): EcrService {
    const client = session.connect(new ECRClient(session.configuration("ECR")), "ECR", "ecr");
    return {
        repository: (name) =>
            unless(gone, undefined, async () => {
                const { repositories = [] } = await client.send(
                    new DescribeRepositoriesCommand({ repositoryNames: [name] }),
                );
                const [found] = repositories;
                if (found === undefined) {
                    return undefined;
                }
                const resourceArn = found.repositoryArn ?? "";
                const [{ tags }, images] = await Promise.all([
                    client.send(new ListTagsForResourceCommand({ resourceArn })),
                    // One image has an entry for each of its tags.
                    collect(
                        paginateListImages({ client }, { repositoryName: name }),
                        (page) => page.imageIds,
                    ),
                ]);
                return {
                    name,
                    arn: resourceArn,
                    url: found.repositoryUri ?? "",
                    kmsKeyId: found.encryptionConfiguration?.kmsKey,
                    tags: tagsOf(tags),
                    images: new Set(images.map(({ imageDigest }) => imageDigest)).size,
                };
            }),
        removeRepository: async (repositoryName) => {
            await unless(gone, undefined, () =>
                client.send(new DeleteRepositoryCommand({ repositoryName, force: true })),
            );
        },
    };
}
