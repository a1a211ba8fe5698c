import { command, line } from "../../../../components/model/commandLine";
import { licenceOf } from "../../../../components/model/containers/licence";
import { tagPattern } from "../../../../components/model/containers/imageReference";
import {
    listContainerPackagesCommand,
    listContainerPackagesSeconds,
    readContainerPackages,
} from "../../../../components/model/hostCommands/containerPackages";
import {
    pushContainerCommand,
    pushContainerSeconds,
    readPushed,
} from "../../../../components/model/hostCommands/pushContainer";
import type { CommonOptions } from "../../../command/command";
import { findManagedHosts } from "../../../containers/onManagedHosts";
import { chooseRepository, repositoriesOf, requireRepository } from "../../../containers/ownRepositories";
import { withProgress } from "../../../environment/progressPhases";
import { openUp, type OpenTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { runOnHosts } from "../../../hosts/runScript";
import { withLock, type LockRequest } from "../../../lock/withLock";
import type { Context } from "../../../ports/context";
import type { Progress } from "../../../ports/io";
import { requireImagePackage } from "../install/install";

export interface PushRequest
    extends Pick<CommonOptions, "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    readonly package: string;
    /** @default - the repository that is called as the package, or the only one */
    readonly to: string | undefined;
    /** @default - version and release of the package */
    readonly tag: string | undefined;
}

export interface PushResult {
    readonly environment: string;
    readonly package: string;
    /** The host that has pushed. */
    readonly instanceId: string;
    /** As the host calls the image. */
    readonly image: string;
    /** Address without a tag. */
    readonly repository: string;
    readonly tag: string;
    /** The same on the host and in ECR. */
    readonly digest: string;
    /** It was there before, under this tag. */
    readonly wasThere: boolean;
}

/**
 * Has a host that has the package push its image, by its own short-lived rights, and asks ECR for the digest.
 * @throws AppError USAGE, PUBLIC_REGISTRY_REFUSED, PUSH_NOT_ALLOWED, PACKAGE_NOT_ON_HOSTS and others before anything is pushed;
 * IMAGE_TAG_TAKEN, HOST_COMMAND_FAILED, PUSH_NOT_PROVEN
 */
export async function pushContainer(request: PushRequest, context: Context): Promise<PushResult> {
    requireImagePackage(request.package);
    if (request.tag !== undefined && !tagPattern.test(request.tag)) {
        throw new AppError("USAGE", { message: `--tag: got ${request.tag}, expected a tag such as 12.5` });
    }
    const open = async () => {
        const target = await openUp(context, request);
        const repositories = await repositoriesOf(target);
        const name = request.package.replace(/-docker-image$|-image$/, "");
        return {
            ...target,
            repository: chooseRepository(request.environment, repositories, request.to, name),
        };
    };
    return withLock({ ...request, verb: "containers push" }, context, open, (target) =>
        withProgress(context, (progress) => push(target, request, progress)),
    );
}

async function push(
    target: OpenTarget & { readonly repository: string },
    { package: packageName, tag }: PushRequest,
    progress: Progress,
): Promise<PushResult> {
    const { aws, environment, repository: name } = target;
    progress.phase("looking at repository and hosts");
    const { url } = await requireRepository(target, name, licenceOf({ packageName }));
    await requireMayPush(target, name);
    const instanceId = await findHostWith(target, packageName, progress);
    progress.phase("checking lock and passphrase");
    await target.stack.requireWorkable("containers push", progress);
    progress.phase(`${instanceId} pushes ${packageName}`);
    const region = await aws.identity.region();
    const script = {
        text: pushContainerCommand({ packageName, repository: url, region, tag }),
        comment: "sles-ecs containers push",
        timeoutSeconds: pushContainerSeconds,
    };
    const [answer] = await runOnHosts(
        target,
        [instanceId],
        script,
        { waitSeconds: pushContainerSeconds },
        progress,
    ).catch((error: unknown) => {
        throw isTagTaken(error) ? tagTaken(name, tag) : error;
    });
    const pushed = readPushed(answer?.output ?? "");
    const now = pushed && (await aws.ecr.digestOf(name, pushed.tag));
    if (pushed === undefined || now !== pushed.digest) {
        throw new AppError("PUSH_NOT_PROVEN", {
            message: `${name} has the digest ${now ?? "of nothing"}, and host ${instanceId} has pushed ${pushed?.digest ?? "something that it does not name"}`,
            hint: command("containers", "list", environment),
        });
    }
    return { environment, package: packageName, instanceId, repository: url, ...pushed };
}

function isTagTaken(error: unknown): boolean {
    return (
        error instanceof AppError &&
        error.code === "HOST_COMMAND_FAILED" &&
        /tag.*already exists|immutable/.test(error.details.map(String).join())
    );
}

function tagTaken(repository: string, tag: string | undefined): AppError {
    return new AppError("IMAGE_TAG_TAKEN", {
        message: `${tag === undefined ? "the tag of the package's version" : `the tag ${tag}`} is another image's in ${repository}, and tags there never change hands`,
    });
}

/** @throws AppError PUSH_NOT_ALLOWED */
async function requireMayPush({ aws, environment }: OpenTarget, name: string): Promise<void> {
    if ((await aws.ecr.policy(name))?.includes("ecr:PutImage") !== true) {
        throw new AppError("PUSH_NOT_ALLOWED", {
            message: `hosts of ${environment} may not push to ${name}: containerRegistry.pushFromHosts is not set`,
            hint: line`${command("up", environment, "--set", "containerRegistry.pushFromHosts=true")}; or push from this machine: ${command("containers", "copy", environment, { placeholder: "image" })}`,
        });
    }
}

/** @throws AppError PACKAGE_NOT_ON_HOSTS */
async function findHostWith(target: OpenTarget, packageName: string, progress: Progress): Promise<string> {
    const { reached } = await findManagedHosts(target);
    const script = {
        text: listContainerPackagesCommand,
        comment: "sles-ecs containers push",
        timeoutSeconds: listContainerPackagesSeconds,
    };
    const answers = await runOnHosts(
        target,
        reached.map(({ instanceId }) => instanceId),
        script,
        { waitSeconds: listContainerPackagesSeconds },
        progress,
    );
    const has = answers.find(({ output }) =>
        readContainerPackages(output).some(({ name, installed }) => installed && name === packageName),
    );
    if (has === undefined) {
        throw new AppError("PACKAGE_NOT_ON_HOSTS", {
            message: `no host of ${target.environment} that SSM reaches has ${packageName}`,
            hint: command("containers", "install", target.environment, packageName),
        });
    }
    return has.instanceId;
}
