import type { Context } from "../../ports/context";
import { copyImage, type CopyResult } from "./copy/copy";
import { installContainer, type InstallResult } from "./install/install";
import { listContainers, type ListResult as ContainersResult } from "./list/list";
import { pushContainer, type PushResult } from "./push/push";

/** Where an image goes. */
export interface PushOptions {
    /** @default - the repository that is called as the image, or the only one */
    readonly to?: string;
    /** @default - that of the image; version and release of a package */
    readonly tag?: string;
}

/** Container images of an environment. Nobody is asked. */
export interface ContainerVerbs {
    list(environment: string): Promise<ContainersResult>;
    /** Installs a package with a container image on all hosts. */
    install(environment: string, packageName: string): Promise<InstallResult>;
    /** Has a host push the image of a package. */
    push(environment: string, packageName: string, options?: PushOptions): Promise<PushResult>;
    /** Copies an image from a registry. */
    copy(environment: string, image: string, options?: PushOptions): Promise<CopyResult>;
}

/** These verbs over one context. */
export function containerVerbs(context: Context, waitForLockSeconds: number): ContainerVerbs {
    const projectDirectory = undefined;
    return {
        list: (environment) => listContainers({ environment, projectDirectory }, context),
        install: (environment, packageName) =>
            installContainer(
                { environment, package: packageName, projectDirectory, waitForLockSeconds },
                context,
            ),
        push: (environment, packageName, { to, tag } = {}) =>
            pushContainer(
                { environment, package: packageName, to, tag, projectDirectory, waitForLockSeconds },
                context,
            ),
        copy: (environment, image, { to, tag } = {}) =>
            copyImage({ environment, image, to, tag, projectDirectory, waitForLockSeconds }, context),
    };
}
