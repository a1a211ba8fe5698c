import type { Aws } from "../../automation/ports/awsServices";
import type { EncryptionKey } from "../../components/model/checks/reads";
import type { Read } from "./fakeAws";

/** Keys and quotas of a small AWS. */
export interface FakeLimits {
    /** The account's default key for EBS. */
    defaultEncryptionKey: string;
    /** By what they are asked for. */
    encryptionKeys: Record<string, EncryptionKey>;
    /** Of every family. */
    vcpuQuota: number | undefined;
    /** Of every instance type but those that have their own. */
    vcpus: Record<string, number>;
}

/** AWS's own key, and room for 32 small hosts. */
export const noLimits: FakeLimits = {
    defaultEncryptionKey: "alias/aws/ebs",
    encryptionKeys: {},
    vcpuQuota: 64,
    vcpus: {},
};

export function fakeLimits(state: FakeLimits, read: Read): Pick<Aws, "kms" | "quotas"> {
    return {
        kms: { key: (id) => read("kms.key", () => state.encryptionKeys[id]) },
        quotas: { ofEc2: () => read("quotas.ofEc2", () => state.vcpuQuota) },
    };
}
