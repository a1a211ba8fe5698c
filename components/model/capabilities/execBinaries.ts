import type { Architecture } from "../instanceTypes";
import { placeOf } from "../location";

/**
 * What AWS's own ECS image had on 2026-08-21 (aws/amazon-ecs-ami, variables.pkr.hcl: exec_ssm_version). AWS signs the archive
 * with a key that it renews each year, which user data has no room for; so the version is fixed, and comes by HTTPS.
 */
export const ssmAgentVersion = "3.3.4624.0";

/** The names that AWS's bucket has for architectures. */
const platforms = { x86_64: "linux_amd64", arm64: "linux_arm64" } as const satisfies Record<
    Architecture,
    string
>;

/** Name of the bucket that AWS publishes the SSM agent in, in each region. */
export function ssmAgentBucket(region: string): string {
    return `amazon-ssm-${region}`;
}

/**
 * Where the static binaries for ECS Exec are
 * (https://github.com/aws/amazon-ecs-ami/blob/main/scripts/install-exec-dependencies.sh).
 */
export function execBinariesUrl(version: string, region: string, architecture: Architecture): string {
    const { domain } = placeOf(region);
    const host = `${ssmAgentBucket(region)}.s3.${region}.${domain}`;
    return `https://${host}/${version}/${platforms[architecture]}/amazon-ssm-agent-binaries.tar.gz`;
}
