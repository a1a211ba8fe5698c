import type { ECR, EncryptionType, ImageTagMutability, Repository } from "@aws-sdk/client-ecr";
import { unlessGone } from "../aws/errors";
import { fromTagList, retagEcr, toTagList } from "../aws/tags";
import { asText, flag, list, object, region, required, tags, text } from "../schema/property";
import { defineResource } from "../schema/resourceType";

const inputs = {
    encryptionConfigurations: list(
        object({ encryptionType: text(), kmsKey: text({ computed: true }) }, { replaces: true }),
        { replaces: true, computed: true },
    ),
    forceDelete: flag({ remembered: true }),
    imageScanningConfiguration: object({ scanOnPush: required(flag()) }, { computed: true }),
    imageTagMutability: text({ default: "MUTABLE" }),
    name: required(text({ replaces: true })),
    region: region(),
    tags: tags(),
};

/** The repository of this name, or `undefined` when it is gone. */
export async function findRepository(ecr: ECR, name: string): Promise<Repository | undefined> {
    const answer = await unlessGone(() => ecr.describeRepositories({ repositoryNames: [name] }));
    return answer?.repositories?.[0];
}

/** Encryption as the official package has it. */
function encryptionOf({ encryptionConfiguration: found }: Repository): object[] {
    return [{ encryptionType: found?.encryptionType ?? "AES256", kmsKey: found?.kmsKey }];
}

/** `aws:ecr/repository:Repository` */
export const ecrRepository = defineResource({
    token: "aws:ecr/repository:Repository",
    inputs,
    outputs: ["arn", "registryId", "repositoryUrl"],
    autoNameMaxLength: 256,

    async create(context, wanted) {
        const [encryption] = wanted.encryptionConfigurations ?? [];
        await context.aws.ecr.createRepository({
            repositoryName: wanted.name,
            encryptionConfiguration: encryption && {
                encryptionType: encryption.encryptionType as EncryptionType,
                kmsKey: encryption.kmsKey,
            },
            imageScanningConfiguration: wanted.imageScanningConfiguration,
            imageTagMutability: wanted.imageTagMutability as ImageTagMutability,
            tags: toTagList(context.tags),
        });
        return wanted.name;
    },

    async read(context, id) {
        const { ecr } = context.aws;
        const found = await findRepository(ecr, id);
        if (found === undefined) {
            return undefined;
        }
        const answer = await ecr.listTagsForResource({ resourceArn: found.repositoryArn });
        return {
            arn: found.repositoryArn,
            encryptionConfigurations: encryptionOf(found),
            imageScanningConfiguration: {
                scanOnPush: found.imageScanningConfiguration?.scanOnPush ?? false,
            },
            imageTagMutability: found.imageTagMutability,
            name: found.repositoryName,
            registryId: found.registryId,
            repositoryUrl: found.repositoryUri,
            tags: fromTagList(answer.tags),
        };
    },

    async update(context, repositoryName, change) {
        const { ecr } = context.aws;
        const { imageScanningConfiguration, imageTagMutability } = change.inputs;
        if (change.has("imageScanningConfiguration")) {
            await ecr.putImageScanningConfiguration({ repositoryName, imageScanningConfiguration });
        }
        if (change.has("imageTagMutability")) {
            await ecr.putImageTagMutability({
                repositoryName,
                imageTagMutability: imageTagMutability as ImageTagMutability,
            });
        }
    },

    retag: (context, _id, change, state) => retagEcr(context, asText(state["arn"]), change),

    async delete(context, repositoryName, state) {
        const force = state["forceDelete"] === true;
        await unlessGone(() => context.aws.ecr.deleteRepository({ repositoryName, force }));
    },
});
