import pLimit from "p-limit";

import { parseBootLog, type BootStep } from "../../../components/model/bootLog";
import type { Subnet } from "../../../components/model/checks/reads";
import { calendarDate } from "../../../components/model/images/imageDate";
import type { RunRecord } from "../../../components/model/runRecord";
import { proofOf, tagKeys } from "../../../components/model/tags";
import { estimate } from "../../costs/estimate";
import { readerTo } from "../../diagnosis/readerTo";
import type { ReadTarget } from "../../environment/reading";
import type { SettledTarget } from "../../environment/target";
import type { ImageStatus } from "../../images/imageStatus";
import { judgeEnvironment } from "../../images/judgeEnvironment";
import { findLease, type KnownLease } from "../../lease/lease";
import type { Estimate } from "../../output/costs";
import type { Task } from "../../ports/aws";
import type { Volume } from "../../ports/awsServices";
import type { Context } from "../../ports/context";
import { adviceOfPint } from "../../preflight/awsReads";
import { readKeptRuns } from "../../runs/keptRuns";
import { readEnvironment } from "../../settings/environmentSettings";
import type { EnvironmentStatus, StatusHost } from "./status";

/** What a picture shows beside the status; what could not be read is missing, and told in `remarks`. */
export interface MoreFacts {
    readonly accountId: string;
    readonly lease?: KnownLease;
    readonly subnets: readonly Subnet[];
    readonly volumes: readonly Volume[];
    readonly tasks: readonly Task[];
    /** By id of the instance. */
    readonly bootSteps: ReadonlyMap<string, readonly BootStep[]>;
    readonly image?: ImageStatus;
    readonly costs?: Estimate;
    /** Oldest first. */
    readonly runs: readonly RunRecord[];
    /** On the settings, and what could not be read. */
    readonly remarks: readonly string[];
}

/** Consoles come one by one, and EC2 lets their calls through by and by. */
const consolesAtOnce = 8;

/** Reads it all at one time. */
export async function readMore(
    target: ReadTarget,
    status: EnvironmentStatus,
    context: Pick<Context, "env" | "clock" | "loadPint" | "loadPrices">,
): Promise<MoreFacts> {
    const { aws, owner, environment, project } = target;
    const unread: string[] = [];
    const read = readerTo(unread);
    const subnetIds = [...new Set(status.hosts.map(({ subnetId }) => subnetId))];
    const runsOf = { projectDirectory: project.directory, environment, owner };
    const [caller, lease, subnets, volumes, tasks, bootSteps, image, runs, costs] = await Promise.all([
        aws.identity.caller(),
        read("its lease", findLease(target)),
        subnetIds.length === 0 ? [] : read("subnets", aws.ec2.subnets(subnetIds)),
        read("volumes", aws.ec2.volumes(proofOf(owner))),
        status.cluster === undefined ? [] : read("tasks", aws.ecs.tasks(status.clusterName)),
        readBootSteps(target, status.hosts, read),
        read("the host image", readImage(target, status, context)),
        readKeptRuns(context, runsOf),
        estimate(target, context),
    ]);
    return {
        accountId: caller.accountId,
        lease,
        subnets: subnets ?? [],
        volumes: (volumes ?? []).filter(({ tags }) => tags[tagKeys.storage] === "docker"),
        tasks: tasks ?? [],
        bootSteps,
        image,
        runs,
        costs,
        remarks: [
            ...(target.settingsInvalid === true
                ? ["the settings have problems: what is wanted is what the last update was given"]
                : []),
            ...unread.map((one) => `not read: ${one}`),
        ],
    };
}

async function readBootSteps(
    { aws }: Pick<SettledTarget, "aws">,
    hosts: readonly StatusHost[],
    read: ReturnType<typeof readerTo>,
): Promise<ReadonlyMap<string, readonly BootStep[]>> {
    const one = pLimit(consolesAtOnce);
    const running = hosts.filter(({ state }) => state === "running");
    const consoles = Promise.all(
        running.map(({ instanceId }) =>
            one(async () => [instanceId, parseBootLog(await aws.ec2.consoleOutput(instanceId))] as const),
        ),
    );
    return new Map(await read("consoles", consoles));
}

/** A file's settings are read once more, with the image that the status leaves unread. */
async function readImage(
    { aws, project, environment, ...target }: ReadTarget,
    { hosts, region }: EnvironmentStatus,
    context: Pick<Context, "clock" | "loadPint">,
): Promise<ImageStatus> {
    const { settings } = target.areKept ? target : await readEnvironment(project, environment);
    const { hostImage } = settings;
    const used = [
        ...new Set([...(hostImage.lock ? [hostImage.lock.id] : []), ...hosts.map(({ imageId }) => imageId)]),
    ];
    const [{ pint }, images, known] = await Promise.all([
        adviceOfPint(context, region),
        aws.ec2.images(hostImage.filter),
        used.length === 0 ? [] : aws.ec2.imagesById(used),
    ]);
    const today = calendarDate(context.clock.now());
    return judgeEnvironment({ environment, hostImage, region, today, images, used: known, hosts, pint });
}
