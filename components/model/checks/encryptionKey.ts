import type { ResolvedSettings } from "../settings";
import { couldNotCheck, refusal, type Finding, type Findings } from "./finding";
import type { EncryptionKey, Reads } from "./reads";

type KeyReads = Pick<Reads, "defaultEncryptionKey" | "encryptionKey">;
type KeySettings = Pick<ResolvedSettings, "dockerStorage" | "hosts">;

/** AWS's own key, which nobody can disable or delete (KMS developer guide, "AWS managed keys"). */
const managedAlias = /(^|:)alias\/aws\/ebs$/;

/** What the settings or the account let volumes be encrypted with. */
interface UsedKey {
    readonly id: string;
    readonly path: string;
    /** What it is, for messages. */
    readonly what: string;
    readonly hint: string;
}

/**
 * A key that volumes are encrypted with must be usable: with one that is disabled or being deleted EBS makes no volume, and a host
 * with such a root volume goes from pending to terminated without a word (EC2 user guide, "Instance terminates immediately").
 * What cannot be read is a doubt.
 */
export async function checkEncryptionKeys(reads: KeyReads, settings: KeySettings): Promise<Findings> {
    const { hosts, dockerStorage } = settings;
    if (hosts.mode === "fixed" ? hosts.count === 0 : hosts.max === 0) {
        return [];
    }
    const own = dockerStorage.mode === "volume" ? dockerStorage.kmsKeyId : undefined;
    const named: readonly UsedKey[] =
        own === undefined
            ? []
            : [
                  {
                      id: own,
                      path: "dockerStorage.kmsKeyId",
                      what: `the key ${own}`,
                      hint: "leave dockerStorage.kmsKeyId out, or name a key that is enabled",
                  },
              ];
    const found = await Promise.all([...named.map((key) => checkKey(reads, key)), checkDefaultKey(reads)]);
    return found.flat();
}

/** Root volumes have it always, docker volumes where no other key is named. */
async function checkDefaultKey(reads: KeyReads): Promise<Findings> {
    const path = "hosts";
    try {
        const id = await reads.defaultEncryptionKey();
        return managedAlias.test(id)
            ? []
            : await checkKey(reads, {
                  id,
                  path,
                  what: `the account's default key for EBS, ${id}, with which root volumes are encrypted,`,
                  hint: "aws ec2 reset-ebs-default-kms-key-id",
              });
    } catch (error) {
        return [couldNotCheck(path, "the account's default key for EBS", error)];
    }
}

async function checkKey(reads: KeyReads, used: UsedKey): Promise<Findings> {
    try {
        return judge(await reads.encryptionKey(used.id), used);
    } catch (error) {
        return [couldNotCheck(used.path, `the key ${used.id}`, error)];
    }
}

function judge(key: EncryptionKey | undefined, { id, path, what, hint }: UsedKey): readonly Finding[] {
    const refuse = (wrong: string, next: string) => [
        refusal("ENCRYPTION_KEY_UNUSABLE", path, `${what} ${wrong}: no volume can be made with it`, next),
    ];
    if (key === undefined) {
        return refuse("does not exist", hint);
    }
    switch (key.state) {
        case "Enabled":
            return [];
        case "Disabled":
            return refuse("is disabled", `aws kms enable-key --key-id ${id}`);
        case "PendingDeletion": {
            const end = key.deletionDate === undefined ? "" : ` on ${key.deletionDate.slice(0, 10)}`;
            return refuse(`will be deleted${end}`, `aws kms cancel-key-deletion --key-id ${id}`);
        }
        default:
            return refuse(`is ${key.state}, expected Enabled`, hint);
    }
}
