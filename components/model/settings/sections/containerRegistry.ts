import { z } from "zod";
import { readImageReference } from "../../containers/imageReference";
import { licenceReason } from "../../containers/licence";
import { defaults } from "../defaults";
import { checkedText, listOf, mayBeOutput, oneOf, text, trueOrFalse, wholeNumber } from "../fields";
import type { Settings } from "../settings.generated";

/** ECR API reference, CreateRepository: repositoryName. */
export const ecrName = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;
/** The same: characters at most. */
export const longestEcrName = 256;

const expectedName =
    "a repository's name in lower case, such as web or suse/sles12: letters, digits and single . _ - / between them";

const repository = checkedText(expectedName, (value) => {
    const read = readImageReference(value);
    // The first part of an address of a registry has a dot or a port; a name of ours may have a dot, and has no tag.
    const isAddress =
        typeof read !== "string" && (read.registry !== "docker.io" || value.startsWith("docker.io/"));
    if (isAddress || /^(public\.ecr\.aws|docker\.io|ghcr\.io|quay\.io)/.test(value)) {
        return `the name of a repository in the account's private registry, without an address: ${licenceReason}`;
    }
    return ecrName.test(value) && value.length <= longestEcrName ? undefined : expectedName;
});

export const containerRegistrySchema = z
    .strictObject({
        repositories: listOf(repository, "a list of names of repositories").meta({
            description:
                "Names of the repositories, such as web or sles12; in Amazon ECR each is called `<cluster name>/<name>`.",
        }),
        onDestroy: oneOf(["keep", "delete"]).optional().meta({
            description:
                "What becomes of repositories that hold images when the environment is destroyed, or when they are taken out of the list: `keep` leaves them in the account, and the next `up` takes them up again; `delete` deletes them with their images. Empty ones go with the environment either way.",
            defaultText: defaults.repositoriesOnDestroy,
        }),
        keepImages: wholeNumber(1, 10_000)
            .optional()
            .meta({
                description:
                    "How many images stay in each repository; where there are more, Amazon ECR deletes the oldest. An image for several architectures counts once more for each of them.",
                defaultText: String(defaults.keepImages),
            }),
        pushFromHosts: trueOrFalse()
            .optional()
            .meta({
                description:
                    "Lets the hosts, and whatever runs on them with their role, push to the repositories, for `containers push`.",
                defaultText: String(defaults.pushFromHosts),
            }),
        kmsKeyId: text(
            /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/\S+$/,
            "the ARN of a KMS key (arn:aws:kms:<region>:<account>:key/<id>), not of an alias",
        )
            .meta(mayBeOutput("arn:aws:kms:unknown-1:000000000000:key/unknown-###"))
            .optional()
            .meta({
                description:
                    "ARN of the KMS key that encrypts the images. Nothing changes the encryption of a repository that exists.",
                defaultText: "- Amazon S3's own keys (AES-256)",
            }),
    })
    .meta({
        description:
            "Private repositories of Amazon ECR for the environment's images: immutable tags, scanned on push, encrypted, and with a policy that lets the environment's hosts pull. With the policy `leastPrivilege` hosts pull from these alone; tasks pull from others by the execution role of their task definition. The license of SLES does not allow its images in a public registry; a private one is allowed.",
        defaultText: "- no repositories",
    });

/** The registry's settings with every default filled in. */
export interface ResolvedContainerRegistry {
    readonly repositories: readonly string[];
    readonly onDestroy: "keep" | "delete";
    readonly keepImages: number;
    readonly pushFromHosts: boolean;
    readonly kmsKeyId?: string;
}

export function resolveContainerRegistry(
    registry: Settings["containerRegistry"],
): ResolvedContainerRegistry | undefined {
    return (
        registry && {
            ...registry,
            onDestroy: registry.onDestroy ?? defaults.repositoriesOnDestroy,
            keepImages: registry.keepImages ?? defaults.keepImages,
            pushFromHosts: registry.pushFromHosts ?? defaults.pushFromHosts,
        }
    );
}
