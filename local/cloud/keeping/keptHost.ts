import type { HostFacts } from "../../hosts/decide/hostFacts";

/** What of a host outlives a loss of its power. */
export interface KeptHost {
    readonly region: string;
    readonly instanceId: string;
    /** Its instance runs, and would boot again. */
    readonly isOn: boolean;
    readonly boots: number;
    readonly firstBoot: Pick<HostFacts, "userData" | "imageName"> | undefined;
    readonly registeredCluster: string | undefined;
    readonly movedTo: string | undefined;
    readonly installed: readonly string[];
    readonly containerPackages: ReadonlySet<string>;
    readonly wasManaged: boolean;
    readonly console: string;
    readonly journal: string;
}
