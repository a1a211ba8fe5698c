import { z } from "zod";

import type { ImageReference } from "./imageReference";

/**
 * Where SUSE says it: "The SUSE Linux Enterprise Server license does not allow you to push this image to a public docker
 * registry. However you can use the Amazon hosted private Container Registry" (guide, section 5).
 */
export const licenceReason =
    "the license of SUSE Linux Enterprise Server does not allow its images in a public registry; a private one of Amazon ECR is allowed (SUSE's guide to SLES with Amazon ECS, section 5)";

/** `restricted`: images of SLES itself. `free`: SUSE's Base Container Images, which anybody may pass on. */
export type Licence = "restricted" | "free" | "unknown";

/** What is known of an image when its licence is asked for. */
export interface LicensedImage {
    /** Where it comes from. */
    readonly reference?: Pick<ImageReference, "registry" | "path">;
    /** The package that brings it to a host. */
    readonly packageName?: string;
    /** Labels of its configuration. */
    readonly labels?: Readonly<Record<string, string>>;
}

/** Of SLES itself, by its path in a registry. */
const restrictedPath = /^suse\/(sles|sle\d)/;
/** SUSE's Base Container Images (https://documentation.suse.com/container/all/html/Container-guide/cha-bci.html). */
const freePath = /^bci\//;

/**
 * What SUSE's builds say of the agreement that an image is under: `sle-bci` for Base Container Images, `sle-eula` for those with a
 * subscription, LTSS and applications among them (https://github.com/SUSE/BCI-tests/blob/main/tests/test_metadata.py).
 */
const eulaLabel = "com.suse.eula";
const freeEula = "sle-bci";

/**
 * The licence of an image, by all that is known of it: what one sign restricts, no other sets free. An image of SLES is known by
 * the package that brings it, its name, or its label.
 */
export function licenceOf({ reference, packageName, labels = {} }: LicensedImage): Licence {
    const eula = labels[eulaLabel];
    const isRestricted =
        (packageName !== undefined && isImagePackage(packageName)) ||
        (eula !== undefined && eula !== freeEula) ||
        (reference !== undefined && restrictedPath.test(reference.path));
    if (isRestricted) {
        return "restricted";
    }
    const isOfBci = reference?.registry === suseRegistry && freePath.test(reference.path);
    return eula === freeEula || isOfBci ? "free" : "unknown";
}

const suseRegistry = "registry.suse.com";

/**
 * Whether a package of SLES brings a container image: `sles12-docker-image` in the guide, `suse-sles12sp3-image` since
 * (the names that openQA installs, https://github.com/os-autoinst/os-autoinst-distri-opensuse).
 */
export function isImagePackage(name: string): boolean {
    return /-docker-image$/.test(name) || /^(suse-)?sles?\d.*-image$/.test(name);
}

/** Principals of a statement in a policy of AWS, however it is written. */
function principalsOf(principal: unknown): readonly string[] {
    if (typeof principal === "string") {
        return [principal];
    }
    if (typeof principal !== "object" || principal === null) {
        return [];
    }
    return Object.values(principal).flatMap((one: unknown) =>
        Array.isArray(one) ? one.map(String) : [String(one)],
    );
}

const statement = z.object({
    Effect: z.string(),
    Principal: z.unknown().optional(),
    NotPrincipal: z.unknown().optional(),
    Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const policySchema = z.object({ Statement: z.union([statement, z.array(statement)]).optional() });

/**
 * Whether a repository's policy lets everybody pull: then it is as public as any other registry. What cannot be read counts as
 * open. A statement with conditions is no door for everybody where they name an organization, an account or a network.
 */
export function isOpenToEveryone(policy: string | undefined): boolean {
    if (policy === undefined) {
        return false;
    }
    let document: unknown;
    try {
        document = JSON.parse(policy);
    } catch {
        return true;
    }
    const { success, data } = policySchema.safeParse(document);
    return (
        !success ||
        [data.Statement ?? []]
            .flat()
            .some(
                ({ Effect, Principal, NotPrincipal, Condition }) =>
                    Effect === "Allow" &&
                    (NotPrincipal !== undefined || principalsOf(Principal).includes("*")) &&
                    !Object.entries(Condition ?? {}).some(
                        ([operator, keys]) =>
                            !/Not|IfExists/.test(operator) &&
                            Object.keys(keys).some((key) => closing.test(key)),
                    ),
            )
    );
}

/** Keys of conditions by which a statement for everybody is one for some. */
const closing =
    /^aws:(PrincipalOrgID|PrincipalOrgPaths|PrincipalAccount|PrincipalArn|SourceVpc|SourceVpce|SourceAccount|SourceArn|SourceIp)$/i;
