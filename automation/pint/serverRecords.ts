import { isIPv4 } from "node:net";

import type { SuseServer } from "../../components/model/suseServers";

/**
 * Reads pint's records of servers, such as `{"ip": "52.28.214.37", "name": "smt-ec2.susecloud.net", "region": "eu-central-1",
 * "type": "smt"}`. A type is that of the server, and maybe for what product: `regionserver-sap` is for other images than those of
 * hosts (SUSE-Enceladus/public-cloud-info-service, pint_server/app.py). What is no such record is left out.
 */
export function readServers(records: readonly unknown[]): readonly SuseServer[] {
    return records.flatMap((raw) => {
        const record = (typeof raw === "object" && raw !== null ? raw : {}) as Readonly<
            Record<string, unknown>
        >;
        const { ip, region } = record;
        const kind = kindOf(record["type"]);
        const isUsable = kind !== undefined && typeof ip === "string" && isIPv4(ip);
        return isUsable && isName(region) ? [{ kind, ip, region, ...nameOf(record["name"]) }] : [];
    });
}

function kindOf(type: unknown): SuseServer["kind"] | undefined {
    const [server, product] = typeof type === "string" ? type.split("-") : [];
    const ofHosts = product === undefined || product === "sles";
    return !ofHosts
        ? undefined
        : server === "smt"
          ? "update"
          : server === "regionserver"
            ? "region"
            : undefined;
}

function nameOf(name: unknown): { readonly name?: string } {
    return isName(name) && name !== "None" ? { name } : {};
}

function isName(value: unknown): value is string {
    return typeof value === "string" && /^[\w.-]{1,253}$/.test(value);
}
