import { command } from "../../components/model/commandLine";
import type { Evidence } from "../../components/model/evidence";
import type { CommonOptions } from "../command/command";
import { requireConsent } from "../environment/consent";
import { withProgress } from "../environment/progressPhases";
import { takeLock } from "../lock/environmentLock";
import { oneLine } from "../output/oneLine";
import type { Context } from "../ports/context";
import type { StateResource } from "../ports/engine";
import type { Progress } from "../ports/io";
import type { Found } from "../inventory/found";
import { removeHoldingStrays } from "../inventory/remove";
import { emptyCluster } from "../emptying/emptyCluster";
import { gatherEvidence } from "./evidence";
import { findInTheWay } from "./inTheWay";
import { orphanRemoval } from "./orphanRemoval";
import { destroyPlan } from "./plan";
import { DestroyRecord } from "./record";
import { survey as surveyCluster, templatesIn } from "./survey";
import type { DestroyTarget } from "../emptying/cleanUp";

export interface RemoveOrphanRequest extends Pick<CommonOptions, "yes"> {
    /** How long tasks may take to stop. */
    readonly timeoutSeconds: number;
    /** File that the record is written to. @default - none */
    readonly evidence?: string;
    readonly region: string;
    /** What whoever consents is told of whose it is, a line each. */
    readonly about: readonly string[];
    readonly question: string;
    /** Looks again, after the consent and before the first change, whether it may go. Throws where it may not. */
    readonly requireProof: () => Promise<void>;
}

/**
 * Shows what removing an environment comes to that no state knows, and asks. What is to be kept stays.
 * @returns removes it by its id alone: its cluster emptied, hosts first, with evidence, as a destroy does
 * @throws AppError CONSENT_NEEDED or DECLINED
 */
export async function askForOrphan(
    unwatched: DestroyTarget,
    request: RemoveOrphanRequest,
    context: Context,
): Promise<() => Promise<Evidence>> {
    const { environment, owner, clusterName } = unwatched;
    const record = await DestroyRecord.open(context, { verb: "orphans", file: request.evidence });
    const target = {
        ...unwatched,
        aws: record.watch(unwatched.aws),
        again: orphanRemoval({ ...owner, region: request.region }),
    };
    const { survey, inTheWay } = await withProgress(context, async (progress) => {
        progress.phase(`looking at what is there of ${environment}`);
        const found = await surveyCluster(target, progress);
        return { survey: found, inTheWay: await findInTheWay(target, asInState(found.strays), found) };
    });
    const plan = destroyPlan(environment, [], survey, clusterName, inTheWay);
    context.io.stderr([...request.about.map(oneLine), ...plan].map((line) => `${line}\n`).join(""));
    await requireConsent(context, request, request.question, target.again);
    const found = { record, survey, inTheWay, resources: [] };
    return async () => {
        const { stack: qualifiedName, stackId } = owner;
        const unlock = command("unlock", environment, stackId !== undefined && ["--id", stackId], [
            "--region",
            request.region,
        ]);
        const locked = { aws: unwatched.aws, environment, stack: { qualifiedName, stackId }, unlock };
        // The lock is in the account, so that whoever works with it from another backend is seen.
        const giveBack = await takeLock(locked, "orphans", context);
        try {
            await request.requireProof();
            return await withProgress(context, (progress) =>
                record.keep(target, found, () => removeAll(target, found, request, progress)),
            );
        } finally {
            await giveBack();
        }
    };
}

async function removeAll(
    target: DestroyTarget,
    found: Pick<Parameters<typeof gatherEvidence>[1], "record" | "survey" | "inTheWay">,
    { timeoutSeconds }: RemoveOrphanRequest,
    progress: Progress,
): Promise<Evidence> {
    progress.phase("emptying the cluster");
    const templateIds = templatesIn(target, found.survey.strays);
    const removedFromCluster = await emptyCluster(target, { timeoutSeconds, templateIds }, progress);
    const strays = await removeHoldingStrays(target, found.survey.strays, progress);
    progress.phase("removing the rest, and proving that nothing is left");
    const removal = {
        ...found,
        deletedByEngine: [],
        removedFromCluster: [...removedFromCluster, ...strays],
    };
    return gatherEvidence(target, removal, progress);
}

/** EC2's types as a state would have them. */
const stateTypes: Readonly<Record<string, string>> = {
    "ec2:vpc": "aws:ec2/vpc:Vpc",
    "ec2:subnet": "aws:ec2/subnet:Subnet",
    "ec2:internet-gateway": "aws:ec2/internetGateway:InternetGateway",
    "ec2:natgateway": "aws:ec2/natGateway:NatGateway",
    "ec2:elastic-ip": "aws:ec2/eip:Eip",
    "ec2:route-table": "aws:ec2/routeTable:RouteTable",
    "ec2:vpc-endpoint": "aws:ec2/vpcEndpoint:VpcEndpoint",
    "ec2:security-group": "aws:ec2/securityGroup:SecurityGroup",
};

/** What others may hold on to, as a state would have it. */
function asInState(strays: readonly Found[]): readonly StateResource[] {
    return strays.flatMap(({ type, name, id }) => {
        const stateType = stateTypes[type];
        return stateType === undefined ? [] : [{ type: stateType, name, id }];
    });
}
