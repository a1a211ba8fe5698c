import type { Architecture } from "../instanceTypes";
import { placeOf } from "../location";

/** The only package that AWS publishes the Service Connect agent in (aws/amazon-ecs-ami, install-service-connect-appnet.sh). */
export const serviceConnectPackage = "ecs-service-connect-agent";

/** The names that Amazon Linux has for architectures. */
const basearch = { x86_64: "x86_64", arm64: "aarch64" } as const satisfies Record<Architecture, string>;

/** Where Amazon Linux 2023 is in Amazon S3 of a region. */
export function amazonLinuxHost(region: string): string {
    return `al2023-repos-${region}-de612dc2.s3.dualstack.${region}.${placeOf(region).domain}`;
}

/**
 * The list of mirrors of Amazon Linux 2023 in Amazon S3 of a region, as its own instances have it in
 * /etc/yum.repos.d/amazonlinux.repo (Amazon Linux 2023 user guide, "Deterministic upgrades").
 */
export function amazonLinuxMirrors(region: string, architecture: Architecture): string {
    return `https://${amazonLinuxHost(region)}/core/mirrors/latest/${basearch[architecture]}/mirror.list`;
}
