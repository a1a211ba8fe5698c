import type { EncryptionKey } from "../../components/model/checks/reads";

export interface KmsService {
    /** A key by ARN or alias. */
    key(id: string): Promise<EncryptionKey | undefined>;
}

export interface QuotaService {
    /** The account's value of a quota of EC2's; missing where there is no such quota in the region. */
    ofEc2(code: string): Promise<number | undefined>;
}

/** What says whether hosts can be started. */
export interface LimitServices {
    readonly kms: KmsService;
    readonly quotas: QuotaService;
}
