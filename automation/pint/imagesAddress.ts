import type { ImageState } from "../../components/model/images/pintRecord";

type Env = Readonly<Record<string, string | undefined>>;

/** Open to everybody, without an account. Source: SUSE-Enceladus/public-cloud-info-service, pint_server/app.py. */
const susesOwn = "https://susepubliccloudinfo.suse.com";

/** Where pint is; `SLES_ECS_PINT_URL` leads to another service than SUSE's. */
export function pintAddress(env: Env): string {
    return withoutSecret(env["SLES_ECS_PINT_URL"] || susesOwn).replace(/\/+$/, "");
}

/** Where pint lists the images that are asked for. */
export function imagesAddress(env: Env, region: string, state: ImageState | undefined): string {
    const images = state === undefined ? "images.json" : `images/${state}.json`;
    return `${pintAddress(env)}/v1/amazon/${encodeURIComponent(region)}/${images}`;
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
