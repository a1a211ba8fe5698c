/** A running local cloud. */
export interface LocalCloudInfo {
    /** Where its files are. */
    readonly directory: string;
    /** `http://127.0.0.1:PORT` */
    readonly endpoint: string;
    /** Process id of the daemon. */
    readonly pid: number;
    /** Ports of the Pulumi providers that run in the daemon. */
    readonly providerPorts?: { readonly aws: number };
    /** ISO 8601 */
    readonly startedAt: string;
}
