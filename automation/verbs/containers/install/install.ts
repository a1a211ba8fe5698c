import { isImagePackage } from "../../../../components/model/containers/licence";
import {
    installPackageCommand,
    installPackageSeconds,
} from "../../../../components/model/hostCommands/containerPackages";
import type { CommonOptions } from "../../../command/command";
import { findManagedHosts } from "../../../containers/onManagedHosts";
import { withProgress } from "../../../environment/progressPhases";
import { openUp } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { nameOfHost } from "../../../hosts/describeHost";
import { runOnHosts } from "../../../hosts/runScript";
import { withLock, type LockRequest } from "../../../lock/withLock";
import type { Context } from "../../../ports/context";

export interface InstallRequest
    extends Pick<CommonOptions, "projectDirectory">, Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    readonly package: string;
}

export interface InstallResult {
    readonly environment: string;
    readonly package: string;
    readonly hosts: readonly { readonly instanceId: string; readonly said: string }[];
    /** Hosts that could not be asked. */
    readonly unreached: readonly string[];
}

/** @throws AppError USAGE for what is no package with a container image */
export function requireImagePackage(name: string): void {
    if (!/^[a-z0-9][\w.+-]*$/.test(name) || !isImagePackage(name)) {
        throw new AppError("USAGE", {
            message: `package: got ${name}, expected a package with a container image, such as sles12-docker-image`,
        });
    }
}

/**
 * Installs a package with a container image on every host that Systems Manager reaches. Idempotent.
 * @throws AppError USAGE, HOST_NOT_REACHED, LOCKED before anything is changed; HOST_COMMAND_FAILED with what each host has said
 */
export async function installContainer(request: InstallRequest, context: Context): Promise<InstallResult> {
    const { package: name } = request;
    requireImagePackage(name);
    const open = () => openUp(context, request);
    return withLock({ ...request, verb: "containers install" }, context, open, async (target) => {
        const { reached, others } = await findManagedHosts(target);
        for (const host of others) {
            context.io.stderr(`host ${nameOfHost(host)}: left alone, as SSM does not reach it\n`);
        }
        const script = {
            text: installPackageCommand(name),
            comment: "sles-ecs containers install",
            timeoutSeconds: installPackageSeconds,
        };
        const results = await withProgress(context, async (progress) => {
            progress.phase("checking lock and passphrase");
            await target.stack.requireWorkable("containers install", progress);
            progress.phase(`installing ${name}`);
            const ids = reached.map(({ instanceId }) => instanceId);
            return runOnHosts(target, ids, script, { waitSeconds: installPackageSeconds }, progress);
        });
        return {
            environment: target.environment,
            package: name,
            hosts: results.map(({ instanceId, output }) => ({ instanceId, said: output.trim() })),
            unreached: others.map(({ instanceId }) => instanceId),
        };
    });
}
