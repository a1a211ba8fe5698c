import { fromTagList } from "../aws/tags";
import { findRepository } from "../resources/ecrRepository";
import { defineFunction } from "../schema/functionType";
import { region, required, text } from "../schema/property";

/** `aws.ecr.getRepository` */
export const getRepository = defineFunction({
    token: "aws:ecr/getRepository:getRepository",
    inputs: { name: required(text()), region: region() },
    async run(context, { name }) {
        const { ecr } = context.aws;
        const found = await findRepository(ecr, name);
        if (found === undefined) {
            throw new Error(`reading ECR Repository (${name}): couldn't find resource`);
        }
        const { tags } = await ecr.listTagsForResource({ resourceArn: found.repositoryArn });
        return {
            arn: found.repositoryArn,
            encryptionConfigurations: [
                {
                    encryptionType: found.encryptionConfiguration?.encryptionType ?? "AES256",
                    kmsKey: found.encryptionConfiguration?.kmsKey ?? "",
                },
            ],
            id: name,
            imageTagMutability: found.imageTagMutability,
            name,
            registryId: found.registryId,
            repositoryUrl: found.repositoryUri,
            tags: fromTagList(tags),
        };
    },
});
