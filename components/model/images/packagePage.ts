import type { PintRecord } from "./pintRecord";

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
