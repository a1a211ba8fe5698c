import { joinLines } from "../../../../components/model/commandLine";
import { calendarDate } from "../../../../components/model/images/imageDate";
import { tagKeys } from "../../../../components/model/tags";
import type { CommonOptions } from "../../../command/command";
import type { Context } from "../../../ports/context";
import { readToRead, type SettingsDoubt, type SettingsToRead } from "../../../environment/reading";
import { AppError } from "../../../errors/appError";
import type { Instance } from "../../../ports/awsServices";
import { openProject, settingsFileNames, type Project } from "../../../settings/project";
import type { ImageStatus } from "../../../images/imageStatus";
import { judgeEnvironment } from "../../../images/judgeEnvironment";
import { isGone } from "../../../hosts/find";
import { oneLine } from "../../../output/oneLine";
import { adviceOfPint } from "../../../preflight/awsReads";

export type OutdatedRequest = Pick<CommonOptions, "projectDirectory">;

export interface OutdatedResult {
    readonly environments: readonly OutdatedOne[];
}

export type OutdatedOne = ImageStatus & SettingsDoubt;

type Needs = Pick<Context, "directory" | "clock" | "io" | "show" | "loadAws" | "loadEngine" | "loadPint">;

/**
 * Every environment's locked or running image beside the best one there is and beside what its hosts run. Reads only; what fails
 * for one leaves the others.
 */
export async function outdatedImages(
    { projectDirectory }: OutdatedRequest,
    context: Needs,
): Promise<OutdatedResult> {
    const project = await openProject(context, projectDirectory);
    const [files, kept] = await Promise.all([settingsFileNames(project), namesInState(project, context)]);
    const names = [...new Set([...files, ...kept])].sort();
    const read = await Promise.all(
        names.map((name) => unlessUnknown(name, readToRead(context, project, name))),
    );
    const readable = read.filter((one) => "settings" in one);
    const places = new Map<string, SettingsToRead[]>();
    for (const one of readable) {
        const place = JSON.stringify([one.place.region, one.place.profile]);
        places.set(place, [...(places.get(place) ?? []), one]);
    }
    const found = await Promise.all([...places.values()].map((some) => lookAt(some, project, context)));
    const statuses = [...read.filter((one) => "state" in one), ...found.flat()];
    return {
        environments: statuses.sort((a, b) => names.indexOf(a.environment) - names.indexOf(b.environment)),
    };
}

/** Environments whose settings the state may have alone. Where it cannot be asked, the others are looked at all the same. */
async function namesInState({ directory }: Project, context: Needs): Promise<readonly string[]> {
    try {
        const engine = await context.loadEngine({ projectDirectory: directory });
        const stacks = await engine.list();
        return stacks.flatMap(({ name, settings }) => (settings === undefined ? [] : name));
    } catch (error) {
        if (error instanceof AppError && error.code !== "INTERRUPTED") {
            const why = `warning: environments without a settings file are left out: ${context.show(error.message)}`;
            context.io.stderr(`${oneLine(why)}\n`);
            return [];
        }
        throw error;
    }
}

/** Looks at environments of one region and account; what is the same for all of them is asked for once. */
async function lookAt(
    environments: readonly SettingsToRead[],
    project: Project,
    context: Needs,
): Promise<readonly OutdatedOne[]> {
    const aws = context.loadAws(environments[0]?.place ?? {});
    const place = aws.then(async ({ identity, ec2 }) => {
        const { region } = await identity.caller();
        const locks = environments.flatMap(({ settings }) => settings.hostImage.lock?.id ?? []);
        const unlocked = environments.filter(({ settings }) => settings.hostImage.lock === undefined);
        const names = environments.map(({ name }) => name);
        const [{ pint }, locked, hosts] = await Promise.all([
            adviceOfPint(context, region),
            ec2.imagesById([...new Set(locks)]),
            ec2.instancesByTag(tagKeys.environment, names),
        ]);
        const running = unlocked.flatMap(({ name }) => hostsOf(hosts, project, name));
        const others = new Set(running.map(({ imageId }) => imageId));
        const used = others.size === 0 ? locked : [...locked, ...(await ec2.imagesById([...others]))];
        return { region, used, hosts, pint };
    });
    const today = calendarDate(context.clock.now());
    const status = async ({
        name: environment,
        settings: { hostImage },
        settingsInvalid,
    }: SettingsToRead): Promise<OutdatedOne> => {
        const [{ hosts, ...known }, images] = await Promise.all([
            place,
            aws.then(({ ec2 }) => ec2.images(hostImage.filter)),
        ]);
        const judged = judgeEnvironment({
            ...known,
            environment,
            hostImage,
            today,
            images,
            hosts: hostsOf(hosts, project, environment),
        });
        return { ...judged, settingsInvalid };
    };
    return Promise.all(environments.map((one) => unlessUnknown(one.name, status(one))));
}

/** The organization in the ownership tag is known to the state backend alone, which is not asked. */
function hostsOf(instances: readonly Instance[], project: Project, environment: string): readonly Instance[] {
    return instances.filter(
        (one) =>
            !isGone(one) &&
            one.tags[tagKeys.environment] === environment &&
            one.tags[tagKeys.stack]?.endsWith(`/${project.name}/${environment}`),
    );
}

async function unlessUnknown<T>(environment: string, answer: Promise<T>): Promise<T | ImageStatus> {
    try {
        return await answer;
    } catch (error) {
        if (error instanceof AppError) {
            const { code, hint: next } = error;
            const message = joinLines([error.message, ...error.details], "; ");
            return { environment, state: "unknown", message, code, next };
        }
        throw error;
    }
}
