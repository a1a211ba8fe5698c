import type { Inputs, MockAws } from "./mockAws";

/** As the official provider describes a repository. @throws Error in its words for one that does not exist */
export function repositoryAnswer({ repositories }: Pick<MockAws, "repositories">, name: unknown): Inputs {
    const found = repositories.find((one) => one.name === name);
    if (found === undefined) {
        throw new Error(`reading ECR Repository (${String(name)}): couldn't find resource`);
    }
    const { kmsKeyId, tags } = found;
    const encryptionType = kmsKeyId === undefined ? "AES256" : "KMS";
    return { name, encryptionConfigurations: [{ encryptionType, kmsKey: kmsKeyId ?? "" }], tags };
}

/** The names of log groups, and the tags of the one that is meant. */
export function logGroupAnswer(logGroups: MockAws["logGroups"], name: unknown): Inputs {
    return { logGroupNames: Object.keys(logGroups), tags: logGroups[String(name)] };
}
