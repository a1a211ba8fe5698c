import { defaultTimeoutSeconds } from "../../ports/defaultTimeout";
import type { ImageState } from "../../../components/model/images/pintRecord";
import type { Context } from "../../ports/context";
import { listImages, type ImageList } from "./list/list";
import { lockImage, type LockImageResult } from "./lock/lock";
import { outdatedImages, type OutdatedResult } from "./outdated/outdated";
import { showImage, type ImageDetails } from "./show/show";
import { updateImage, type ImageUpdate } from "./update/update";

/** Which images are meant. */
export interface ImageListOptions {
    /** @default - that of the project, or of AWS's own files */
    readonly region?: string;
    /** What SUSE says of them. @default active */
    readonly state?: ImageState | "all";
    /** In the language of SUSE's client `pint`, such as `name~ecs`. @default - all */
    readonly filter?: string;
}

/** How the hosts of an environment change to another image. */
export interface ImageUpdateOptions {
    /** Name of the image. @default - the best one that `hostImage.filter` matches */
    readonly to?: string;
    /** Only tells what would be done. @default false */
    readonly plan?: boolean;
    /** Also changes to another generation of SLES. @default false */
    readonly allowGenerationChange?: boolean;
    /** Also replaces hosts whose tasks stop with them. @default false */
    readonly allowInterruption?: boolean;
    /** How many hosts of an Auto Scaling group go at once. @default 1 */
    readonly batch?: number;
    /** How long to wait for each new host. @default 600 */
    readonly timeoutSeconds?: number;
    /** How long to wait for the tasks of each host to move. @default 600 */
    readonly drainTimeoutSeconds?: number;
    /** How many resources are worked on at once. @default - PULUMI_PARALLEL, or 60 */
    readonly parallel?: number;
}

/** Host images: those that SUSE publishes, and those of environments. Nobody is asked. */
export interface ImageVerbs {
    list(options?: ImageListOptions): Promise<ImageList>;
    /** @param image name or id; @throws AppError IMAGE_UNKNOWN */
    show(image: string, options?: Pick<ImageListOptions, "region">): Promise<ImageDetails>;
    /** The image of every environment beside the newest one. */
    outdated(): Promise<OutdatedResult>;
    /**
     * Locks an environment to its image, in its settings file.
     * @param options.newest moves a lock that is there to the best image, false by default
     * @throws AppError SETTINGS_CONFLICT for an environment whose settings a program has given
     */
    lock(environment: string, options?: { readonly newest?: boolean }): Promise<LockImageResult>;
    /**
     * Moves the lock, and replaces the hosts in turn.
     * @throws AppError SETTINGS_CONFLICT for an environment whose settings a program has given
     * @example
     * const { packageChanges } = await environments.images.update("dev", { plan: true });
     */
    update(environment: string, options?: ImageUpdateOptions): Promise<ImageUpdate>;
}

/** These verbs over one context. */
export function imageVerbs(context: Context, waitForLockSeconds: number): ImageVerbs {
    const projectDirectory = undefined;
    return {
        list: ({ region, state = "active", filter } = {}) =>
            listImages({ projectDirectory, region, state, filter }, context),
        show: (image, { region } = {}) => showImage({ projectDirectory, image, region }, context),
        outdated: () => outdatedImages({ projectDirectory }, context),
        lock: (environment, { newest = false } = {}) =>
            lockImage({ environment, projectDirectory, newest }, context),
        update: (environment, options = {}) =>
            updateImage(
                {
                    ...{ environment, projectDirectory, waitForLockSeconds, yes: true },
                    ...{ to: options.to, plan: options.plan ?? false, parallel: options.parallel },
                    allowGenerationChange: options.allowGenerationChange ?? false,
                    allowInterruption: options.allowInterruption ?? false,
                    batch: options.batch ?? 1,
                    timeoutSeconds: options.timeoutSeconds ?? defaultTimeoutSeconds,
                    drainTimeoutSeconds: options.drainTimeoutSeconds ?? defaultTimeoutSeconds,
                },
                context,
            ),
    };
}
