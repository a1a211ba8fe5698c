/**
 * SUSE's states of an image: refreshed at least every three months; critical fixes only; replaced, and not for new
 * hosts; gone. Source: documentation.suse.com/sle-public-cloud, "Image life cycle".
 */
export type PintState = "active" | "inactive" | "deprecated" | "deleted";

/** An image of SUSE's as its public cloud information service (pint) knows it. Dates are `YYYYMMDD`. */
export interface PintImage {
    readonly name: string;
    readonly id: string;
    readonly region: string;
    readonly state: PintState;
    readonly publishedOn: string;
    readonly deprecatedOn?: string;
    readonly deletedOn?: string;
    readonly replacementName?: string;
    readonly replacementId?: string;
    /** Page that tells what changed in the image. */
    readonly changeInfo?: string;
    /** All of it as pint wrote it, for those who want it in pint's own shape. */
    readonly record: Readonly<Record<string, unknown>>;
}

export interface PintQuery {
    readonly region: string;
    /** @default - images of every state */
    readonly state?: PintState;
    /** A kept answer that is no older is taken without asking. @default - pint is asked */
    readonly maxAgeSeconds?: number;
}

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
          /** Why there is no newer answer; missing where none was asked for. */
          readonly reason?: string;
      })
    | {
          readonly kind: "unavailable";
          readonly reason: string;
          /** pint does answer: it has no such region. */
          readonly unknownRegion: boolean;
      };

/** SUSE's public cloud information service. */
export interface Pint {
    images(query: PintQuery): Promise<PintResult>;
}
