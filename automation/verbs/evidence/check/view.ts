import { command, type CommandLine } from "../../../../components/model/commandLine";
import type { EvidenceItem } from "../../../../components/model/evidence";
import type { OutputFormat } from "../../../command/options";
import { AppError } from "../../../errors/appError";
import { oneLine } from "../../../output/oneLine";
import { renderJson } from "../../../output/json";
import type { CheckedEvidence } from "./check";
import { removeByHand } from "../../../inventory/lentItems";
import { orphanRemoval } from "../../../teardown/orphanRemoval";
import { describeUnseen } from "../../../inventory/unreadable";

/** What AWS says to a record. */
export function showChecked(checked: CheckedEvidence, output: OutputFormat): string {
    if (output === "json") {
        return renderJson(checked);
    }
    const { environment, asked, kept, givenBack, accountId, region } = checked;
    const verdict = holds(checked) ? "is still gone" : "is not as its record says";
    return [
        ...kept.map((item) => `still kept: ${describe(item)}`),
        ...givenBack.map((item) => `still given back: ${describe(item)}`),
        `${environment} ${verdict}: AWS was asked for ${asked} ids and for its tags, in account ${accountId}, region ${region}`,
        "",
    ].join("\n");
}

/** The command that goes on with what came to no end, by what began it. */
function goOn({ verb, environment, stackId, region }: CheckedEvidence, file: string): CommandLine {
    return verb === "orphans"
        ? orphanRemoval({ stackId, region }, file)
        : command("destroy", environment, "--evidence", file);
}

/**
 * @param file of the record, with which a removal that came to no end goes on
 * @throws AppError EVIDENCE_REFUTED where the record does not hold, or may not
 */
export function requireStillGone(checked: CheckedEvidence, file: string): void {
    const { environment, verdict, there, stillLent, keptGone, unseen } = checked;
    if (holds(checked)) {
        return;
    }
    const counts = [
        there.length > 0 ? `${there.length} there that should be gone` : [],
        unseen.length > 0 ? `${unseen.length} that could not be looked for` : [],
        keptGone.length > 0 ? `${keptGone.length} gone that were kept` : [],
    ].flat();
    throw new AppError("EVIDENCE_REFUTED", {
        message: `AWS says otherwise of ${environment}: ${counts.join(", ")}`,
        details: [
            ...there.map((item) => `there: ${describe(item)}`),
            ...unseen.map(describeUnseen),
            ...keptGone.map(({ type, name, id }) => `was kept, and is gone: ${type} ${name} (${id})`),
        ],
        hint:
            there.length > 0
                ? verdict === "gone"
                    ? removeByHand(there, stillLent)
                    : goOn(checked, file)
                : unseen.length > 0
                  ? "get the permissions that are named above, then run the same command again"
                  : undefined,
    });
}

function holds({ there, keptGone, unseen }: CheckedEvidence): boolean {
    return there.length + keptGone.length + unseen.length === 0;
}

function describe({ type, name, id, reason }: EvidenceItem): string {
    return oneLine(`${type} ${name} (${id})${reason === undefined ? "" : `: ${reason}`}`);
}
