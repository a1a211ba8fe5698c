import type { Aws } from "../../automation/ports/awsServices";
import type { PriceList } from "../../components/model/cost/prices";
import type { EncryptionKey } from "../../components/model/checks/reads";
import type { Read } from "./fakeAws";

/** Keys, quotas and prices of a small AWS. */
export interface FakeLimits {
    /** The account's default key for EBS. */
    defaultEncryptionKey: string;
    /** By what they are asked for. */
    encryptionKeys: Record<string, EncryptionKey>;
    /** Of every family. */
    vcpuQuota: number | undefined;
    /** Of every instance type but those that have their own. */
    vcpus: Record<string, number>;
    /** What it charges, in whatever region; undefined where it does not say. */
    priceList: PriceList | undefined;
}

/** AWS's own key, and room for 32 small hosts. */
export const noLimits: FakeLimits = {
    defaultEncryptionKey: "alias/aws/ebs",
    encryptionKeys: {},
    vcpuQuota: 64,
    vcpus: {},
    // Made up, so that nobody takes them for AWS's: 0.05 USD an hour for a host, of which SUSE has 0.03.
    priceList: {
        region: "us-east-1",
        hosts: {
            "t3.small": { suse: 0.05, linux: 0.02 },
            "t3.medium": { suse: 0.1, linux: 0.04 },
            "t3.large": { suse: 0.14, linux: 0.08 },
        },
        volumes: { gp3: 0.073 },
        usdAnHour: { natGateway: 0.04, interfaceEndpoint: 0.01, publicAddress: 0.005, loadBalancer: 0.02 },
    },
};

export function fakeLimits(state: FakeLimits, read: Read): Pick<Aws, "kms" | "quotas" | "pricing"> {
    return {
        kms: { key: (id) => read("kms.key", () => state.encryptionKeys[id]) },
        pricing: { list: () => read("pricing.list", () => state.priceList) },
        quotas: { ofEc2: () => read("quotas.ofEc2", () => state.vcpuQuota) },
    };
}
