import { chooseHostImage } from "../../../components/model/images/chooseHostImage";
import { readHostImageName } from "../../../components/model/images/hostImageName";
import { calendarDate } from "../../../components/model/calendarDate";
import { lockOn, type ImageLock } from "../../../components/model/images/imageLock";
import { isNewer, type HostImage } from "../../../components/model/images/imageOrder";
import { lockAdvice } from "../../../components/model/images/lockAdvice";
import { judgeLock, type LockVerdict } from "../../../components/model/images/lockVerdict";
import type { CommonOptions } from "../../commands/command";
import type { AwsTarget, Context } from "../../context";
import { readEnvironment } from "../../environmentSettings";
import { AppError } from "../../errors";
import type { Aws } from "../../ports/awsServices";
import { openProject, settingsFileNames, type Project } from "../../project";
import { adviceOfPint } from "./pintRecords";

export type OutdatedRequest = Pick<CommonOptions, "projectDirectory">;

/** The lock of one environment, held against what there is today. */
export interface ImageStatus {
    readonly environment: string;
    /** Missing where the environment could not be looked at. */
    readonly region?: string;
    /** Missing where nothing is locked. */
    readonly lock?: ImageLock;
    /** The best image that the filter matches; missing where none does. */
    readonly newest?: ImageLock;
    readonly state:
        "current" | "outdated" | "notLocked" | "unknown" | Exclude<LockVerdict["kind"], "fine" | "unlisted">;
    /** What is the matter; missing where the state says it all. */
    readonly message?: string;
}

export interface OutdatedResult {
    readonly environments: readonly ImageStatus[];
}

type Connect = (target: AwsTarget) => Promise<Pick<Aws, "ec2" | "identity">>;

/** Whether an environment should do something about its host image, or could not be looked at. */
export function needsAttention({ state }: ImageStatus): boolean {
    return state !== "current" && state !== "notLocked";
}

/** Every environment's locked image beside the best one there is. Reads only; what fails for one leaves the others. */
export async function outdatedImages(
    { projectDirectory }: OutdatedRequest,
    context: Pick<Context, "directory" | "clock" | "loadAws" | "loadPint">,
): Promise<OutdatedResult> {
    const project = await openProject(context, projectDirectory);
    const names = await settingsFileNames(project);
    const environments = await Promise.all(names.map((name) => statusOf(project, name, context)));
    return { environments };
}

async function statusOf(
    project: Project,
    environment: string,
    context: Parameters<typeof outdatedImages>[1],
): Promise<ImageStatus> {
    try {
        return await compare(project, environment, context);
    } catch (error) {
        if (error instanceof AppError) {
            return { environment, state: "unknown", message: [error.message, ...error.details].join("; ") };
        }
        throw error;
    }
}

async function compare(
    project: Project,
    environment: string,
    context: Pick<Context, "clock" | "loadPint"> & { readonly loadAws: Connect },
): Promise<ImageStatus> {
    const { settings, target } = await readEnvironment(project, environment);
    const { filter, generation, lock, deletionNoticeDays: noticeDays, onDeletion } = settings.hostImage;
    const aws = await context.loadAws(target);
    const { region } = await aws.identity.caller();
    const [{ pint }, images, [image]] = await Promise.all([
        adviceOfPint(context, region),
        aws.ec2.images(filter),
        aws.ec2.imagesById(lock === undefined ? [] : [lock.id]),
    ]);
    const known = pint === undefined ? {} : { pint };
    const today = calendarDate(context.clock.now());
    const [best] = chooseHostImage(images, { generation, today, ...known }).fitting;
    const newest = best === undefined ? {} : { newest: lockOn(best, region) };
    if (lock === undefined) {
        return { environment, region, ...newest, state: "notLocked" };
    }
    const verdict = judgeLock(lock, { region, image, today, noticeDays, ...known });
    const advice = lockAdvice(lock, verdict, { environment, onDeletion, hasHosts: true });
    return {
        environment,
        region,
        lock,
        ...newest,
        state: stateOf(lock, verdict, best),
        ...(advice === undefined ? {} : { message: advice.message }),
    };
}

function stateOf(lock: ImageLock, { kind }: LockVerdict, best: HostImage | undefined): ImageStatus["state"] {
    if (kind !== "fine" && kind !== "unlisted") {
        return kind;
    }
    const locked = readHostImageName(lock.name);
    return best !== undefined && !("reason" in locked) && isNewer(best, locked) ? "outdated" : "current";
}
