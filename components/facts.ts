import type * as pulumi from "@pulumi/pulumi";
import { calendarDate } from "./model/images/imageDate";
import type { Findings } from "./model/checks/finding";
import type { FoundHostImage } from "./model/checks/foundHostImage";
import { runChecks, type Facts } from "./model/checks/runChecks";
import type { Caller } from "./model/checks/reads";
import type { NetworkFacts } from "./model/checks/network";
import { besideUnknown } from "./model/checks/unknownParts";
import { locationOf, type Location } from "./model/location";
import type { ResolvedSettings } from "./model/settings";
import type { Ownership } from "./model/tags";
import { pulumiReads } from "./reads/pulumiReads";
import { requireFacts, type SettingsHome } from "./refusal";
import type { SettingsOutputs } from "./settingsOutputs";

/** What AWS says, asked before anything is made. */
export interface CheckedFacts extends Pick<Facts, "adoptedCluster" | "lease"> {
    readonly location: Location;
    /** Who runs the program. */
    readonly caller: Caller;
    readonly hostImage: FoundHostImage;
    readonly network: NetworkFacts;
    /** Zones of the network that offer the hosts' instance type. */
    readonly offeredZones: ReadonlySet<string>;
    /** By the number of a fixed host that runs, the index of its subnet in the network. */
    readonly keptSubnets: ReadonlyMap<number, number>;
    /** By the number of a fixed host, the docker volume that was kept and that it takes up again. */
    readonly keptVolumes: NonNullable<Facts["keptVolumes"]>;
    /** Names of the environment's repositories that are there already, and are taken up. */
    readonly repositories: NonNullable<Facts["repositories"]>;
    /** What people should know before anything is made. */
    readonly warnings: Findings;
}

/** What whoever asks knows beside the settings. */
interface Known {
    /** That the settings came from; what of them is not known yet is not looked at. */
    readonly outputs?: SettingsOutputs;
    readonly settingsHome: SettingsHome;
    /** The same checks have been made a moment ago, with what SUSE says of the image. */
    readonly areMade: boolean;
}

/**
 * Runs the checks, and takes from them everything that decides the shape of an environment. Reads only.
 * @throws RunError with everything that a person can mend
 */
export async function checkFacts(
    settings: ResolvedSettings,
    owner: Ownership,
    options: pulumi.InvokeOptions,
    { outputs, areMade, settingsHome }: Known,
): Promise<CheckedFacts> {
    const today = calendarDate(new Date());
    const question = { ...owner, settings, today, remindOfLock: true };
    const asking = pulumiReads(options);
    const reads = areMade ? { ...asking, agentVersion: undefined } : asking;
    const { caller, facts, ...report } = await runChecks(
        outputs === undefined || outputs.unknown.length === 0
            ? reads
            : besideUnknown(reads, settings, (text) => outputs.isUnknown(text)),
        question,
    );
    const findings = outputs?.redactAll(report.findings) ?? report.findings;
    const { adoptedCluster, lease } = facts;
    const found = requireFacts(findings, complete(facts, settings), settingsHome);
    const told = { caller, lease, warnings: findings };
    return { location: locationOf(caller), adoptedCluster, ...found, ...told };
}

type Complete = Pick<
    CheckedFacts,
    "hostImage" | "network" | "offeredZones" | "keptSubnets" | "keptVolumes" | "repositories"
>;

/** Everything without which there is no program; undefined where something of it is not known. */
function complete(facts: Facts, settings: ResolvedSettings): Complete | undefined {
    const { adoptedCluster, hostImage, network, offeredZones, keptSubnets, keptVolumes, repositories } =
        facts;
    const isUncertain =
        (settings.adoptCluster && adoptedCluster === undefined) ||
        (settings.dockerStorage.mode === "volume" && keptVolumes === undefined) ||
        (settings.containerRegistry !== undefined && repositories === undefined);
    return hostImage === undefined ||
        network === undefined ||
        offeredZones === undefined ||
        keptSubnets === undefined ||
        isUncertain
        ? undefined
        : {
              ...{ hostImage, network, offeredZones, keptSubnets },
              keptVolumes: keptVolumes ?? new Map<number, never>(),
              repositories: repositories ?? new Set<string>(),
          };
}
