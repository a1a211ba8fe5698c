import { command, line, type CommandLine, type Line } from "../../components/model/commandLine";
import { causeTitles, type Diagnosis } from "../../components/model/diagnosis/cause";
import { diagnose } from "../../components/model/diagnosis/diagnose";
import { gatherEvidence } from "../diagnosis/gather";
import type { Target } from "../environment/target";
import type { HostVerdict, WantedHost } from "./judge";

/** A host that is not ready, and why. */
export interface Explained {
    readonly verdict: HostVerdict;
    readonly diagnosis: Diagnosis;
}

/** Names the cause of each host that is not ready. Reads much, and is therefore only asked once the time is over. */
export async function explain(
    target: Target,
    wanted: WantedHost,
    verdicts: readonly HostVerdict[],
): Promise<readonly Explained[]> {
    const ill = verdicts.filter(({ ready }) => !ready);
    if (ill.length === 0) {
        return [];
    }
    const evidence = await gatherEvidence(
        { ...target, ...wanted },
        ill.map(({ host }) => host),
    );
    return ill.flatMap((verdict, index) => {
        const found = evidence[index];
        return found === undefined ? [] : { verdict, diagnosis: diagnose(found, target.environment) };
    });
}

/** The cause with what shows it, on one line. */
export function causeText({ verdict, diagnosis: { cause, evidence } }: Explained): string {
    const shown = evidence.join("; ");
    return cause === undefined
        ? `${verdict.reached}; ${shown}`
        : `${causeTitles[cause]} (${cause}): ${shown}`;
}

/**
 * What mends the only host that is not ready; of several the doctor tells for each.
 * @param next what goes on then. @default - whatever the remedy does
 */
export function remedyFor(
    environment: string,
    explained: readonly Explained[],
    next: CommandLine | undefined,
): Line | undefined {
    const remedies = explained.map(({ diagnosis }) => diagnosis.remedy);
    if (remedies.every((one) => one === undefined)) {
        return undefined;
    }
    const [only] = remedies;
    const first = remedies.length === 1 && only !== undefined ? only : command("doctor", environment);
    return next === undefined ? first : line`${first}, then: ${next}`;
}
