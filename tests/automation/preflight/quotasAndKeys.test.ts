import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { instance } from "../../helpers/awsObjects";
import { preflight, type PreflightCase } from "../../helpers/preflightCase";

const denied = (call: string) =>
    new AppError("AWS_ACCESS_DENIED", { message: `not allowed to call ${call}` });

async function outcome(given: PreflightCase): Promise<string[]> {
    const { result } = await preflight(given);
    if (result instanceof AppError) {
        return [`${result.code}: ${result.message}`];
    }
    if (result instanceof Error) {
        throw result;
    }
    const { warnings } = result as { warnings: { code: string; path: string; message: string }[] };
    return warnings.map(({ code, path, message }) => `warning ${code} ${path}: ${message}`);
}

const others = (count: number, instanceType: string) =>
    Array.from({ length: count }, (_, index) => instance(100 + index, { instanceType, tags: {} }));
const own = (count: number, instanceType = "t3.small") =>
    Array.from({ length: count }, (_, index) => instance(index + 1, { instanceType }));

/** A t3.small and a t3.large have 2 vCPUs, an m5.xlarge has 4 (EC2's instance types). */
const vcpus = { "t3.small": 2, "t3.large": 2, "m5.xlarge": 4, "g5.xlarge": 4 };

describe("the quota of vCPUs", () => {
    const fits: readonly (readonly [string, PreflightCase])[] = [
        ["as many as it lets run", { settings: { hosts: { count: 4 } }, aws: { vcpus, vcpuQuota: 8 } }],
        [
            "hosts that are there already, which count once when they are replaced by larger ones",
            {
                settings: { hosts: { count: 2, instanceType: "m5.xlarge" } },
                aws: { vcpus, vcpuQuota: 8, instances: own(2) },
                stackIsEmpty: false,
            },
        ],
        [
            "hosts that need no start, however low the quota has become",
            {
                settings: { hosts: { count: 2 } },
                aws: { vcpus, vcpuQuota: 1, instances: own(2) },
                stackIsEmpty: false,
            },
        ],
        [
            "instances of other families, which count for another quota",
            {
                settings: { hosts: { count: 2 } },
                aws: { vcpus, vcpuQuota: 4, instances: others(9, "g5.xlarge") },
            },
        ],
        [
            "instances that are stopped, which count for none",
            {
                settings: { hosts: { count: 2 } },
                aws: {
                    vcpus,
                    vcpuQuota: 4,
                    instances: others(9, "t3.large").map((one) => ({ ...one, state: "stopped" })),
                },
            },
        ],
        [
            "a region without such a quota",
            { settings: { hosts: { count: 9 } }, aws: { vcpus, vcpuQuota: undefined } },
        ],
        ["no hosts at all", { settings: { hosts: { count: 0 } }, aws: { vcpus, vcpuQuota: 0 } }],
    ];
    for (const [what, given] of fits) {
        it(`has room for ${what}`, async () => {
            expect(await outcome(given)).to.deep.equal([]);
        });
    }

    it("is told where it is too small, with what others use and the sum to ask AWS for", async () => {
        const given = {
            settings: { hosts: { count: 3 } },
            aws: { vcpus, vcpuQuota: 8, instances: [...others(1, "m5.xlarge"), ...others(1, "t3.large")] },
        };
        // 3 x 2 of the hosts, 4 + 2 of others.
        expect(await outcome(given)).to.deep.equal([
            "VCPU_QUOTA_TOO_SMALL: hosts.count: 3 hosts of t3.small and other instances that run would have 6 and 6 vCPUs, expected at most 8 together: the account's quota for on-demand instances of Standard (A, C, D, H, I, M, R, T, Z) (L-1216C47A); nothing has been changed",
        ]);
        const { result } = await preflight(given);
        expect((result as AppError).hint).to.equal(
            "aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-1216C47A --desired-value 12",
        );
    });

    it("of 0, as new accounts have it for some families, lets no host start", async () => {
        const [told] = await outcome({
            settings: { hosts: { instanceType: "g5.xlarge" } },
            aws: { vcpus, vcpuQuota: 0 },
        });
        expect(told).to.match(
            /^VCPU_QUOTA_TOO_SMALL: .*4 and 0 vCPUs, expected at most 0 together.*G and VT \(L-DB2E81BA\)/,
        );
    });

    it("counts the desired hosts of a group", async () => {
        const [told] = await outcome({
            settings: { hosts: { mode: "autoScaling", min: 1, desired: 3, max: 9 } },
            aws: { vcpus, vcpuQuota: 5 },
        });
        expect(told).to.match(/^VCPU_QUOTA_TOO_SMALL: hosts\.desired: 3 hosts/);
    });

    it("is a doubt where it may not be read", async () => {
        const errors = { "quotas.ofEc2": denied("servicequotas:GetServiceQuota") };
        expect(await outcome({ aws: { errors } })).to.deep.equal([
            "warning AWS_ACCESS_DENIED hosts.instanceType: could not check the quota of vCPUs: not allowed to call servicequotas:GetServiceQuota",
        ]);
    });
});

describe("the key that encrypts volumes", () => {
    const key = "arn:aws:kms:eu-central-1:123456789012:key/0a";
    const withKey = { dockerStorage: { mode: "volume", kmsKeyId: key } };
    const enabled = { arn: key, state: "Enabled" };

    it("may be AWS's own, of which nothing is asked, or an enabled one", async () => {
        expect(await outcome({})).to.deep.equal([]);
        expect(
            await outcome({
                settings: withKey,
                aws: { defaultEncryptionKey: key, encryptionKeys: { [key]: enabled } },
            }),
        ).to.deep.equal([]);
    });

    it("is a doubt where it may not be read", async () => {
        const errors = { "kms.key": denied("kms:DescribeKey") };
        expect(await outcome({ settings: withKey, aws: { errors } })).to.deep.equal([
            `warning AWS_ACCESS_DENIED dockerStorage.kmsKeyId: could not check the key ${key}: not allowed to call kms:DescribeKey`,
        ]);
        const ofDefault = { "ec2.defaultEncryptionKey": denied("ec2:GetEbsDefaultKmsKeyId") };
        expect(await outcome({ aws: { errors: ofDefault } })).to.deep.equal([
            "warning AWS_ACCESS_DENIED hosts: could not check the account's default key for EBS: not allowed to call ec2:GetEbsDefaultKmsKeyId",
        ]);
    });

    for (const [state, words, command] of [
        ["Disabled", "is disabled", `aws kms enable-key --key-id ${key}`],
        ["PendingDeletion", "will be deleted on 2026-12-24", `aws kms cancel-key-deletion --key-id ${key}`],
        ["Unavailable", "is Unavailable, expected Enabled", undefined],
    ] as const) {
        it(`is refused where it ${words}, with what mends it`, async () => {
            const deletionDate = state === "PendingDeletion" ? "2026-12-24T10:00:00.000Z" : undefined;
            const encryptionKeys = { [key]: { ...enabled, state, deletionDate } };
            const given = { settings: withKey, aws: { encryptionKeys } };
            expect(await outcome(given)).to.deep.equal([
                `ENCRYPTION_KEY_UNUSABLE: dockerStorage.kmsKeyId: the key ${key} ${words}: no volume can be made with it; nothing has been changed`,
            ]);
            if (command !== undefined) {
                expect(((await preflight(given)).result as AppError).hint).to.equal(command);
            }
        });
    }

    it("of images is asked for as well, also where there is no host", async () => {
        const settings = {
            hosts: { count: 0 },
            containerRegistry: { repositories: ["web"], kmsKeyId: key },
        };
        const aws = { encryptionKeys: { [key]: { ...enabled, state: "Disabled" } } };
        expect(await outcome({ settings, aws })).to.deep.equal([
            `ENCRYPTION_KEY_UNUSABLE: containerRegistry.kmsKeyId: the key ${key} is disabled: no image can be pushed or pulled with it; nothing has been changed`,
        ]);
        expect(await outcome({ settings, aws: { encryptionKeys: { [key]: enabled } } })).to.deep.equal([]);
        expect((await outcome({ settings }))[0]).to.contain("does not exist: no image can be pushed");
    });

    it("is told of both, where the account's default one is no better than the one in the settings", async () => {
        const { result } = await preflight({
            settings: withKey,
            aws: { defaultEncryptionKey: "arn:aws:kms:eu-central-1:123456789012:key/0b" },
        });
        expect((result as AppError).code).to.equal("ENCRYPTION_KEY_UNUSABLE");
        expect((result as AppError).details).to.have.length(2);
    });
});
