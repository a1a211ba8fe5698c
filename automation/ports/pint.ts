import type { PackageChange } from "../../components/model/images/readPackagePage";
import type { ImageState, PintRecord } from "../../components/model/images/pintRecord";
import type { SuseServer } from "../../components/model/suseServers";

/** An image of SUSE's as its public cloud information service (pint) knows it. */
export interface PintImage extends PintRecord {
    /** All of it as pint wrote it, for those who want it in pint's own shape. */
    readonly record: Readonly<Record<string, unknown>>;
}

export interface PintQuery {
    readonly region: string;
    /** @default - images of every state */
    readonly state?: ImageState;
    /**
     * The caller goes on without an answer: pint is asked once and for seconds only, and not at all within ten minutes
     * of a failure. @default false
     */
    readonly forAdvice?: boolean;
}

export type ServersQuery = Pick<PintQuery, "region" | "forAdvice">;

interface PintImages {
    /** In pint's order, newest first. */
    readonly images: readonly PintImage[];
    /** One line for each record that was kept out, or that is odd in a field. */
    readonly remarks: readonly string[];
}

/** What is known, and from when; never an error, as most callers only want advice. */
export type PintResult =
    | (PintImages & { readonly kind: "fresh" })
    | (PintImages & {
          readonly kind: "cached";
          readonly ageSeconds: number;
          /** Why there is no newer answer, as a sentence about pint. */
          readonly reason: string;
      })
    | {
          readonly kind: "unavailable";
          readonly reason: string;
          /** pint does answer: it has no such region. */
          readonly unknownRegion: boolean;
      };

export type { PackageChange };

/** What is known of SUSE's servers for a region; never an error. */
export type PintServers =
    | {
          readonly kind: "fresh" | "cached";
          readonly servers: readonly SuseServer[];
          /** Why there is no newer answer. */
          readonly reason?: string;
      }
    | { readonly kind: "unavailable"; readonly reason: string };

/** SUSE's public cloud information service. */
export interface Pint {
    images(query: PintQuery): Promise<PintResult>;
    /** SUSE's region servers, and its update servers for a region. */
    servers(query: ServersQuery): Promise<PintServers>;
    /**
     * Reads a page of SUSE's on the packages of an image that changed. Undefined when there is no such page, or none that
     * can be read; never an error, as people can open the page themselves.
     */
    packageChanges(page: string): Promise<readonly PackageChange[] | undefined>;
}

/** Open to everybody, without an account. Source: SUSE-Enceladus/public-cloud-info-service, pint_server/app.py. */
const susesOwn = "https://susepubliccloudinfo.suse.com";

/** Where pint is; `SLES_ECS_PINT_URL` leads to another service than SUSE's. */
export function pintAddress(env: Readonly<Record<string, string | undefined>>): string {
    return withoutSecret(env["SLES_ECS_PINT_URL"] || susesOwn).replace(/\/+$/, "");
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
