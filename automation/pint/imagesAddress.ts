import type { PintQuery } from "../ports/pint";

/** Open to everybody, without an account. Source: SUSE-Enceladus/public-cloud-info-service, pint_server/app.py. */
const susesOwn = "https://susepubliccloudinfo.suse.com";

/** Where pint lists the images that are asked for; `SLES_ECS_PINT_URL` leads to another service than SUSE's. */
export function imagesAddress(
    env: Readonly<Record<string, string | undefined>>,
    { region, state }: Pick<PintQuery, "region" | "state">,
): string {
    const base = withoutSecret(env["SLES_ECS_PINT_URL"] || susesOwn).replace(/\/+$/, "");
    return `${base}/v1/amazon/${encodeURIComponent(region)}/images${state === undefined ? "" : `/${state}`}.json`;
}

/** Addresses stand in messages and files, so no user name or password of theirs is used. */
function withoutSecret(address: string): string {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (url === undefined || (url.username === "" && url.password === "")) {
        return address;
    }
    url.username = "";
    url.password = "";
    return url.href;
}
