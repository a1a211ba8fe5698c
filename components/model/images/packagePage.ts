import type { PintRecord } from "./pintRecord";
import type { PackageChange } from "./readPackagePage";

/**
 * SUSE publishes the pages of an image at an address made of its name, which pint tells as well
 * (https://www.suse.com/c/public-cloud-image-change-information/).
 */
export function packagePageOf({ name, changeInfo }: Pick<PintRecord, "name" | "changeInfo">): string {
    const pages = changeInfo ?? `https://publiccloudimagechangeinfo.suse.com/amazon/${name}`;
    return `${pages.replace(/\/+$/, "")}/package_version_changes.html`;
}

/** The package whose version is that of the agent which it downloads (amazon-ecs-agent, ecs-init/config). */
export const agentPackage = "amazon-ecs-init";

/** Version of the agent by such a page, such as `1.95.0`, without SUSE's own part of it; undefined where the page does not tell. */
export function agentVersionIn(changes: readonly PackageChange[] = []): string | undefined {
    const version = changes.find(({ name }) => name === agentPackage)?.to;
    return version === undefined ? undefined : /^\d+\.\d+\.\d+/.exec(version)?.[0];
}
