import type { PintQuery } from "../ports/pint";

/** Open to everybody, without an account. Source: SUSE-Enceladus/public-cloud-info-service, pint_server/app.py. */
const susesOwn = "https://susepubliccloudinfo.suse.com";

/** Where pint lists the images that are asked for; `SLES_ECS_PINT_URL` leads to another service than SUSE's. */
export function imagesAddress(
    env: Readonly<Record<string, string | undefined>>,
    { region, state }: Pick<PintQuery, "region" | "state">,
): string {
    const base = (env["SLES_ECS_PINT_URL"] || susesOwn).replace(/\/+$/, "");
    return `${base}/v1/amazon/${encodeURIComponent(region)}/images${state === undefined ? "" : `/${state}`}.json`;
}
