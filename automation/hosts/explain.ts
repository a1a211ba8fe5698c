import { command, line, type CommandLine, type Line } from "../../components/model/commandLine";
import { causeTitles, type Diagnosis } from "../../components/model/diagnosis/cause";
import { diagnose } from "../../components/model/diagnosis/diagnose";
import { gatherEvidence, type Asked as EvidenceQuestion } from "../diagnosis/gather";
import { examineGroup } from "../diagnosis/group";
import type { Target } from "../environment/target";
import type { ScalingGroup } from "../ports/scalingServices";
import type { HostVerdict, WantedHost } from "./judge";

/** A host that is not ready, and why. */
export interface Explained {
    readonly verdict: HostVerdict;
    readonly diagnosis: Diagnosis;
}

/** Names the cause of each host that is not ready. Reads much, and is therefore only asked once the time is over. */
export async function explain(
    target: Target,
    wanted: WantedHost & Pick<EvidenceQuestion, "settings">,
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

/** A group that launches none of its hosts, and why. */
export interface ExplainedGroup {
    readonly name: string;
    readonly diagnosis: Diagnosis;
}

/** Names the cause for which a group launches no host, where there is one. */
export async function explainGroup(
    target: Target,
    group: ScalingGroup | undefined,
): Promise<readonly ExplainedGroup[]> {
    const diagnosis = group && (await examineGroup(target, group));
    return group === undefined || diagnosis === undefined ? [] : [{ name: group.name, diagnosis }];
}

/** The same for a group, by its name. */
export function groupText({ name, diagnosis }: ExplainedGroup): string {
    return `${name}: ${textOf(diagnosis) ?? diagnosis.evidence.join("; ")}`;
}

/** The cause with what shows it, on one line. */
export function causeText({ verdict, diagnosis }: Explained): string {
    return textOf(diagnosis) ?? `${verdict.reached}; ${diagnosis.evidence.join("; ")}`;
}

function textOf({ cause, evidence }: Diagnosis): string | undefined {
    return cause && `${causeTitles[cause]} (${cause}): ${evidence.join("; ")}`;
}

/**
 * What mends the only host that is not ready; of several the doctor tells for each.
 * @param next what goes on then. @default - whatever the remedy does
 */
export function remedyFor(
    environment: string,
    explained: readonly Pick<Explained, "diagnosis">[],
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
