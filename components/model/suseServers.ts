/**
 * A server of SUSE's update infrastructure. Hosts ask a region server which update servers are theirs, and get packages from
 * these (https://opensource.suse.com/premium-support/helper).
 */
export interface SuseServer {
    readonly kind: "region" | "update";
    readonly ip: string;
    /** Missing for region servers, whose addresses the images have with them. */
    readonly name?: string;
    /** The region that it stands in, or serves. */
    readonly region: string;
}
