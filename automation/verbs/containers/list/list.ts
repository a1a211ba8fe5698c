import {
    listContainerPackagesCommand,
    listContainerPackagesSeconds,
    readContainerPackages,
    type ContainerPackage,
} from "../../../../components/model/hostCommands/containerPackages";
import { isImagePackage } from "../../../../components/model/containers/licence";
import type { CommonOptions } from "../../../command/command";
import { findManagedHosts } from "../../../containers/onManagedHosts";
import { repositoriesOf } from "../../../containers/ownRepositories";
import { withProgress } from "../../../environment/progressPhases";
import { openUpToRead } from "../../../environment/reading";
import type { OpenTarget } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { runOnHosts } from "../../../hosts/runScript";
import type { Context } from "../../../ports/context";
import type { RepositoryImage } from "../../../ports/ecrService";

export interface ListRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface ListResult {
    readonly environment: string;
    /** What one host can install; undefined where none could be asked. */
    readonly packages?: {
        readonly instanceId: string;
        readonly found: readonly ContainerPackage[];
    };
    /** Why no host was asked. */
    readonly unasked?: string;
    readonly repositories: readonly {
        readonly name: string;
        readonly images: readonly RepositoryImage[];
    }[];
}

/** Container images that hosts can install, asked of one of them, and those that are in the repositories. Changes nothing. */
export async function listContainers(request: ListRequest, context: Context): Promise<ListResult> {
    const target = await openUpToRead(context, request);
    return withProgress(context, async (progress) => {
        progress.phase("asking a host and the repositories");
        const [packages, repositories] = await Promise.all([
            askHost(target, progress).catch(asReason),
            listRepositories(target),
        ]);
        const { environment } = target;
        return typeof packages === "string"
            ? { environment, unasked: packages, repositories }
            : { environment, packages, repositories };
    });
}

async function askHost(
    target: OpenTarget,
    progress: Parameters<typeof runOnHosts>[4],
): Promise<NonNullable<ListResult["packages"]>> {
    const { reached } = await findManagedHosts(target);
    const ids = reached.slice(0, 1).map(({ instanceId }) => instanceId);
    const script = {
        text: listContainerPackagesCommand,
        comment: "sles-ecs containers list",
        timeoutSeconds: listContainerPackagesSeconds,
    };
    const wait = { waitSeconds: listContainerPackagesSeconds };
    const [answer] = await runOnHosts(target, ids, script, wait, progress);
    const found = readContainerPackages(answer?.output ?? "").filter(({ name }) => isImagePackage(name));
    return { instanceId: answer?.instanceId ?? "", found };
}

function asReason(error: unknown): string {
    if (error instanceof AppError && ["HOST_NOT_REACHED", "HOST_COMMAND_FAILED"].includes(error.code)) {
        return [error.message, ...error.details.filter((one) => typeof one === "string")].join("; ");
    }
    throw error;
}

async function listRepositories(target: OpenTarget): Promise<ListResult["repositories"]> {
    const { repositoryUrls } = await target.stack.outputs();
    if (repositoryUrls === undefined) {
        return [];
    }
    const repositories = await repositoriesOf(target);
    return Promise.all(
        [...repositories.values()].map(async ({ name }) => ({
            name,
            images: await target.aws.ecr.images(name),
        })),
    );
}
