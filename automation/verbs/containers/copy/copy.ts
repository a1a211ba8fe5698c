import { command, type CommandLine } from "../../../../components/model/commandLine";
import { licenceOf, type Licence } from "../../../../components/model/containers/licence";
import { readImageReference, tagPattern } from "../../../../components/model/containers/imageReference";
import { architectureOf } from "../../../../components/model/instanceTypes";
import type { CommonOptions } from "../../../command/command";
import { chooseRepository, repositoriesOf, requireRepository } from "../../../containers/ownRepositories";
import { pushImage, type Pushed } from "../../../containers/pushImage";
import { withProgress } from "../../../environment/progressPhases";
import { openEnvironment, requireUp } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { withLock, type LockRequest } from "../../../lock/withLock";
import type { Context } from "../../../ports/context";
import type { ImageSource } from "../../../ports/imageSource";

export interface CopyRequest
    extends Pick<CommonOptions, "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    /** Name of an image in a registry. */
    readonly image: string;
    /** @default - the repository that is called as the image, or the only one */
    readonly to: string | undefined;
    /** @default - that of the image */
    readonly tag: string | undefined;
}

export interface CopyResult extends Pushed {
    readonly environment: string;
    readonly image: string;
    readonly licence: Licence;
    /** Address without a tag. */
    readonly repository: string;
    readonly tag: string;
}

/**
 * Copies an image from a registry into a repository of an environment, for the architecture of its hosts. Idempotent; interrupted, it
 * goes on where it was.
 * @throws AppError USAGE, PUBLIC_REGISTRY_REFUSED and others before anything is sent
 */
export async function copyImage(request: CopyRequest, context: Context): Promise<CopyResult> {
    const from = readImageReference(request.image);
    if (typeof from === "string") {
        throw new AppError("USAGE", { message: `image: got ${request.image}, expected ${from}` });
    }
    const tag = request.tag ?? from.tag;
    if (tag === undefined || !tagPattern.test(tag)) {
        throw new AppError("USAGE", {
            message: `--tag: got ${tag ?? "none, and the image is named by its digest alone"}, expected a tag such as 15.7`,
        });
    }
    const open = async () => {
        const target = await openEnvironment(context, request, { reading: { unread: ["hostImage"] } });
        requireUp(target.stack);
        const repositories = await repositoriesOf(target);
        const image = from.path.split("/").at(-1) ?? "";
        const name = chooseRepository(request.environment, repositories, request.to, image);
        return { ...target, repository: name };
    };
    return withLock({ ...request, verb: "containers copy" }, context, open, async (target) => {
        const source = leading(await context.loadImageSource(), request);
        return withProgress(context, async (progress) => {
            progress.phase(`looking at ${request.image}`);
            const image = await source.find(from, architectureOf(target.settings.hosts.instanceType));
            const licence = licenceOf({ reference: from, labels: image.labels });
            const { name, url } = await requireRepository(target, target.repository, licence);
            progress.phase("checking lock and passphrase");
            await target.stack.requireWorkable("containers copy", progress);
            const pushed = await pushImage(target, name, { source, image, from, tag }, progress);
            const { environment } = target;
            return { environment, image: request.image, licence, repository: url, tag, ...pushed };
        });
    });
}

/** The same images; what a registry refuses leads on to a command for this environment. */
function leading(source: ImageSource, { environment, image, to, tag }: CopyRequest): ImageSource {
    const next: Partial<Record<AppError["code"], CommandLine>> = {
        IMAGE_NOT_IN_REGISTRY: command("containers", "list", environment),
        REGISTRY_FAILED: command(
            ...["containers", "copy", environment, image],
            to !== undefined && ["--to", to],
            tag !== undefined && ["--tag", tag],
        ),
    };
    const rethrow = (error: unknown): never => {
        if (!(error instanceof AppError) || next[error.code] === undefined) {
            throw error;
        }
        const { code, message, details } = error;
        throw new AppError(code, { message, details, cause: error, hint: next[code] });
    };
    return {
        find: (reference, architecture) => source.find(reference, architecture).catch(rethrow),
        fetch: (reference, blob) => source.fetch(reference, blob).catch(rethrow),
    };
}
