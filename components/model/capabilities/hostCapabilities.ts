import type { Architecture } from "../instanceTypes";
import type { ResolvedCapabilities } from "../settings/sections/capabilities";
import { capabilityNames, capabilityOf, type CapabilityName } from "./capabilities";
import { execBinariesUrl } from "./execBinaries";
import { amazonLinuxMirrors } from "./serviceConnectAgent";

/** Where SLES keeps the certificates that it trusts (SUSE, ca-certificates; the same path in SLES 12, 15 and 16). */
export const hostCaBundle = "/etc/ssl/ca-bundle.pem";

/** What a host is told of the capabilities that it is to offer: plain values. */
export interface HostCapabilities {
    readonly executeCommand?: {
        /** Of the SSM agent. */
        readonly version: string;
        readonly url: string;
        /** @default - not compared */
        readonly sha256?: string;
    };
    readonly efs?: Readonly<Record<string, never>>;
    /** Where the list of mirrors of Amazon Linux 2023 is. */
    readonly serviceConnect?: { readonly url: string };
    readonly containerBuilds?: Readonly<Record<string, never>>;
}

/** What hosts of an architecture in a region are told. */
export function hostCapabilities(
    { executeCommand, efs, serviceConnect, containerBuilds }: ResolvedCapabilities,
    region: string,
    architecture: Architecture,
): HostCapabilities {
    return {
        ...(executeCommand !== undefined && {
            executeCommand: {
                version: executeCommand.ssmAgentVersion,
                url: execBinariesUrl(executeCommand.ssmAgentVersion, region, architecture),
                ...(executeCommand.sha256 !== undefined && { sha256: executeCommand.sha256 }),
            },
        }),
        ...(efs !== undefined && { efs }),
        ...(serviceConnect !== undefined && {
            serviceConnect: { url: amazonLinuxMirrors(region, architecture) },
        }),
        ...(containerBuilds !== undefined && { containerBuilds }),
    };
}

/** Whether the bootstrap itself has something to do for them. */
export function hasHostPart(capabilities: HostCapabilities): boolean {
    return hostParts(capabilities).length > 0;
}

function hostParts({ executeCommand, serviceConnect }: HostCapabilities): readonly CapabilityName[] {
    return wantedNames({ executeCommand, serviceConnect });
}

/** The bootstrap's values: which capabilities are its own work, and what it has to know for each. */
export function capabilityValues(capabilities: HostCapabilities): Readonly<Record<string, string>> {
    const { executeCommand, serviceConnect } = capabilities;
    return {
        ...(hasHostPart(capabilities) && { CAPABILITIES: hostParts(capabilities).join(" ") }),
        ...(executeCommand !== undefined && {
            EXEC_VERSION: executeCommand.version,
            EXEC_URL: executeCommand.url,
            ...(executeCommand.sha256 !== undefined && { EXEC_SHA256: executeCommand.sha256 }),
        }),
        ...(serviceConnect !== undefined && { SERVICE_CONNECT_URL: serviceConnect.url }),
    };
}

/** The packages that a host installs: those of the settings, and those that capabilities need. */
export function packagesOf({
    packages = [],
    capabilities = {},
}: {
    readonly packages?: readonly string[];
    readonly capabilities?: Readonly<Partial<Record<CapabilityName, object>>>;
}): readonly string[] {
    const needed = wantedNames(capabilities).flatMap((name) => capabilityOf(name).packages ?? []);
    return [...new Set([...packages, ...needed])];
}

/** The units of systemd that capabilities have enabled beside the packages. */
export function unitsOf(
    capabilities: Readonly<Partial<Record<CapabilityName, object>>> = {},
): readonly string[] {
    return wantedNames(capabilities).flatMap((name) => capabilityOf(name).units ?? []);
}

/** The capabilities that are wanted, in the order of the table. */
export function wantedNames(
    capabilities: Readonly<Partial<Record<CapabilityName, object>>>,
): readonly CapabilityName[] {
    return capabilityNames.filter((name) => capabilities[name] !== undefined);
}
