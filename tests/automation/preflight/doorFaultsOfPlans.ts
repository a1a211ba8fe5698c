import type { PreflightCase } from "../../helpers/preflightCase";

export const kmsKey = (id: string): string => `arn:aws:kms:eu-central-1:123456789012:key/${id}`;

/** What every door refuses of networks that are to be made, and of keys. */
export const faultsOfPlans: readonly (readonly [string, PreflightCase, string])[] = [
    [
        "a rule for a security group that does not exist",
        {
            settings: {
                network: { mode: "create", ingress: [{ port: 80, securityGroupIds: ["sg-0000dead"] }] },
            },
        },
        "SECURITY_GROUP_NOT_FOUND",
    ],
    [
        "packages for hosts of an isolated network",
        { settings: { network: { mode: "create", subnets: "isolated" }, hosts: { packages: ["htop"] } } },
        "NO_ROUTE_TO_SUSE",
    ],
    [
        "a key for docker volumes that does not exist",
        { settings: { dockerStorage: { mode: "volume", kmsKeyId: kmsKey("gone") } } },
        "ENCRYPTION_KEY_UNUSABLE",
    ],
    [
        "a default key for EBS that is going to be deleted",
        {
            aws: {
                defaultEncryptionKey: kmsKey("old"),
                encryptionKeys: {
                    [kmsKey("old")]: {
                        arn: kmsKey("old"),
                        state: "PendingDeletion",
                        deletionDate: "2026-12-24T10:00:00.000Z",
                    },
                },
            },
        },
        "ENCRYPTION_KEY_UNUSABLE",
    ],
    [
        "a repository that nobody of this program made",
        {
            settings: { containerRegistry: { repositories: ["web"] } },
            aws: { repositories: { "alice/web": { images: 1, tags: {} } } },
        },
        "REPOSITORY_NAME_TAKEN",
    ],
    [
        "a log group that nobody of this program made",
        {
            settings: { capabilities: { awslogs: true } },
            aws: { byArn: { "arn:aws:logs:eu-central-1:123456789012:log-group:/ecs/alice": {} } },
        },
        "LOG_GROUP_TAKEN",
    ],
];
