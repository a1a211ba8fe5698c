import { readImageReference } from "./imageReference";

/** Where an image is in a private registry of Amazon ECR. */
export interface EcrReference {
    readonly accountId: string;
    readonly region: string;
    /** Such as `dev/web`. */
    readonly repository: string;
    /** Missing where it is named by its digest alone. */
    readonly tag?: string;
    readonly digest?: string;
}

/** The address of a private registry of Amazon ECR, such as `123456789012.dkr.ecr.eu-central-1.amazonaws.com`. */
const privateEcr =
    /^(?<accountId>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)$/;

/** Whether a registry is a private one of Amazon ECR. */
export function isPrivateEcr(registry: string): boolean {
    return privateEcr.test(registry);
}

/** @returns where an image is; undefined for one of another registry, and for what names none */
export function readEcrReference(image: string): EcrReference | undefined {
    const read = readImageReference(image);
    if (typeof read === "string") {
        return undefined;
    }
    const { accountId, region } = privateEcr.exec(read.registry)?.groups ?? {};
    return accountId === undefined || region === undefined
        ? undefined
        : { accountId, region, repository: read.path, tag: read.tag, digest: read.digest };
}
