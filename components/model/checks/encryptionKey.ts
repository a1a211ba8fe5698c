import type { ResolvedSettings } from "../settings";
import { couldNotCheck, refusal, type Finding, type Findings } from "./finding";
import type { EncryptionKey, Reads } from "./reads";

type KeyReads = Pick<Reads, "defaultEncryptionKey" | "encryptionKey">;
type KeySettings = Pick<ResolvedSettings, "dockerStorage" | "hosts" | "containerRegistry">;

/** AWS's own key, which nobody can disable or delete (KMS developer guide, "AWS managed keys"). */
const managedAlias = /(^|:)alias\/aws\/ebs$/;

/** What the settings or the account let volumes and images be encrypted with. */
interface UsedKey {
    readonly id: string;
    readonly path: string;
    /** What it is, for messages. */
    readonly what: string;
    readonly hint: string;
    /** What comes of it where it is unusable. */
    readonly otherwise: string;
}

const noVolume = "no volume can be made with it";

/** All keys that the settings name, and the account's own for volumes. What cannot be read is a doubt. */
export async function checkEncryptionKeys(reads: KeyReads, settings: KeySettings): Promise<Findings> {
    const [ofVolumes, ofImages] = await Promise.all([
        checkVolumeKeys(reads, settings),
        checkImageKey(reads, settings),
    ]);
    return [...ofVolumes, ...ofImages];
}

/** With a key that is disabled or being deleted Amazon ECR neither takes images nor gives them (ECR user guide, "Encryption at rest"). */
async function checkImageKey(reads: KeyReads, { containerRegistry }: KeySettings): Promise<Findings> {
    const id = containerRegistry?.kmsKeyId;
    return id === undefined || containerRegistry?.repositories.length === 0
        ? []
        : checkKey(reads, {
              id,
              path: "containerRegistry.kmsKeyId",
              what: `the key ${id}`,
              hint: "leave containerRegistry.kmsKeyId out, or name a key that is enabled",
              otherwise: "no image can be pushed or pulled with it",
          });
}

/**
 * A key that volumes are encrypted with must be usable: with one that is disabled or being deleted EBS makes no volume, and a host
 * with such a root volume goes from pending to terminated without a word (EC2 user guide, "Instance terminates immediately").
 */
async function checkVolumeKeys(reads: KeyReads, settings: KeySettings): Promise<Findings> {
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
                      otherwise: noVolume,
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
                  otherwise: noVolume,
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

function judge(
    key: EncryptionKey | undefined,
    { id, path, what, hint, otherwise }: UsedKey,
): readonly Finding[] {
    const refuse = (wrong: string, next: string) => [
        refusal("ENCRYPTION_KEY_UNUSABLE", path, `${what} ${wrong}: ${otherwise}`, next),
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
