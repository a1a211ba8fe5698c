import { gatherEvidence } from "../../../automation/teardown/evidence";
import type { Evidence, EvidenceItem } from "../../../components/model/evidence";
import { noAdditions } from "../../../automation/emptying/additions";
import type { ClusterSurvey } from "../../../automation/teardown/survey";
import { AppError } from "../../../automation/errors/appError";
import type { Ownership } from "../../../components/model/tags";
import { targetIn } from "../../helpers/awsObjects";
import type { FakeAws, FakeAwsState } from "../../helpers/fakeAws";
import { createFakeClock, recordProgress, type RecordedProgress } from "../../helpers/fakeTime";

interface Options {
    readonly survey?: Partial<ClusterSurvey>;
    readonly deletedByEngine?: readonly EvidenceItem[];
    readonly adopted?: boolean;
    readonly owner?: Ownership;
    readonly onSleep?: (seconds: number, state: FakeAwsState) => void;
}

/** Gathers the evidence of a destroy of alice. */
export async function gather(
    fake: FakeAws,
    options: Options = {},
): Promise<{ evidence: Evidence; recorded: RecordedProgress; seconds: number }> {
    const recorded = recordProgress();
    const clock = createFakeClock((seconds) => options.onSleep?.(seconds, fake.state));
    const evidence: Evidence = await gatherEvidence(
        {
            ...targetIn(fake, { clock, ...(options.owner && { owner: options.owner }) }),
            adopted: options.adopted ?? false,
        },
        {
            survey: {
                clusterIsOwn: false,
                hosts: [],
                strays: [],
                services: [],
                tasks: [],
                standaloneTasks: [],
                volumes: [],
                repositories: [],
                additions: noAdditions,
                loans: { groups: [], providers: [] },
                ...options.survey,
            },
            inTheWay: { holders: [], spared: [] },
            record: { verb: "destroy", startedAt: new Date("2026-11-23T09:59:00Z"), before: [], steps: [] },
            removedFromCluster: [{ type: "ecs:service", name: "web", id: "arn:web" }],
            deletedByEngine: options.deletedByEngine ?? [],
        },
        recorded.progress,
    );
    return { evidence, recorded, seconds: clock.seconds };
}

const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed" });
/** AWS lets nothing go to this caller. */
export const refusals = Object.fromEntries(
    [
        "ec2.remove",
        "ecs.removeCluster",
        "ecs.removeCapacityProvider",
        "autoScaling.remove",
        "iam.removeRole",
        "iam.removeInstanceProfile",
    ].map((call) => [call, denied]),
);
