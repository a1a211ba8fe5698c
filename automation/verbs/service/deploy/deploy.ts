import { command, type CommandLine } from "../../../../components/model/commandLine";
import {
    isProblems,
    readServiceRequest,
    type ServicePlan,
    type ServiceRequest,
} from "../../../../components/model/services/serviceRequest";
import type { CommonOptions } from "../../../command/command";
import { requireConsent } from "../../../environment/consent";
import { withProgress } from "../../../environment/progressPhases";
import { dynamicPortsOf } from "../../../environment/dynamicPorts";
import { openUp } from "../../../environment/target";
import { AppError } from "../../../errors/appError";
import { withLock, type LockRequest } from "../../../lock/withLock";
import { secondsBetween } from "../../../output/durations";
import type { Context } from "../../../ports/context";
import { addressesOf } from "../../../services/addresses";
import { applyDeploy } from "../../../services/applyDeploy";
import { planDeploy, type DeployPlan } from "../../../services/deployPlan";
import { listProblems } from "../../../services/problems";
import { primaryOf } from "../../../services/deployments";
import { waitUntilSteady } from "../../../services/untilSteady";

export interface DeployRequest
    extends
        ServiceRequest,
        Pick<CommonOptions, "projectDirectory" | "yes">,
        Pick<LockRequest, "waitForLockSeconds"> {
    readonly environment: string;
    readonly timeoutSeconds: number;
}

export interface DeployResult {
    readonly environment: string;
    readonly clusterName: string;
    readonly service: string;
    readonly image: string;
    readonly count: number;
    /** Whether anything had to be changed. */
    readonly changed: boolean;
    /** Where it answers; none without a port. */
    readonly addresses: readonly string[];
    readonly exec: boolean;
    readonly seconds: number;
}

/**
 * Makes a service, or changes it, and waits until it is steady. Idempotent; may be ended anywhere and given again.
 * @throws AppError SERVICE_INVALID, SERVICE_OF_OTHERS, SERVICE_LEAVING, NO_STACK_ID, CONSENT_NEEDED, DECLINED or LOCKED before anything
 * is changed; SERVICE_FAILED, SERVICE_NOT_STEADY
 */
export async function deployService(request: DeployRequest, context: Context): Promise<DeployResult> {
    const startedAt = context.clock.now();
    const asked = readServiceRequest(request);
    if (isProblems(asked)) {
        throw new AppError("SERVICE_INVALID", {
            message: "what was said of the service is wrong; nothing was changed",
            details: listProblems(asked),
            hint: command("service", "deploy", "--help"),
        });
    }
    const open = () => openUp(context, request);
    return withLock({ ...request, verb: "service deploy" }, context, open, async (target) => {
        const plan = await planDeploy(target, asked, dynamicPortsOf(target));
        const warnings = listProblems(plan.warnings).map((one) => `warning: ${context.show(one)}`);
        const { wanted } = plan;
        const isChanged = plan.changes.length > 0;
        const again = commandOf(request, asked);
        const { environment, clusterName } = target;
        [...warnings, ...describe(environment, plan)].forEach((one) => context.io.stderr(`${one}\n`));
        if (isChanged) {
            await requireConsent(context, request, `Deploy ${wanted.name} to ${environment}?`, again);
        }
        await withProgress(context, async (progress) => {
            let deploymentId = primaryOf(plan.standing?.progress)?.id;
            if (isChanged) {
                progress.phase("checking lock and passphrase");
                await target.stack.requireWorkable("service deploy", progress);
                progress.phase(`deploying ${wanted.name}`);
                ({ deploymentId } = await applyDeploy(target, plan, progress));
            }
            progress.phase(`waiting for ${wanted.name}`);
            const { count, name: service } = wanted;
            const { timeoutSeconds } = request;
            const wait = { service, count, timeoutSeconds, deploymentId, wasRead: !isChanged, again };
            await waitUntilSteady(target, wait, progress);
        });
        return {
            ...{ environment, clusterName, service: wanted.name, image: wanted.image, count: wanted.count },
            changed: isChanged,
            addresses: wanted.port === undefined ? [] : await addressesOf(target, wanted.name),
            exec: wanted.exec,
            seconds: secondsBetween(startedAt, context.clock.now()),
        };
    });
}

function describe(environment: string, { wanted, changes }: DeployPlan): readonly string[] {
    return changes.length === 0
        ? [`service ${wanted.name} of ${environment} is as it should be: nothing to change`]
        : [`service deploy on ${environment}:`, ...changes.map((one) => `  ${one}`)];
}

/** Secrets are ARNs, but values of variables may be anything: they are left for the person to put in. */
function commandOf(request: DeployRequest, wanted: ServicePlan): CommandLine {
    const { environment, sample, yes } = request;
    const {
        name,
        image,
        count,
        exec,
        port,
        environment: variables,
        secrets,
        executionRole,
        taskRole,
    } = wanted;
    return command(
        ...["service", "deploy", environment],
        sample && "--sample",
        request.image !== undefined && ["--image", image],
        ...["--name", name],
        count !== undefined && ["--count", String(count)],
        ...["--cpu", String(wanted.cpuUnits), "--memory", String(wanted.memoryMiB)],
        port !== undefined && [
            "--port",
            [port.host, port.container].filter((one) => one !== undefined).join(":"),
        ],
        ...Object.keys(variables).map((key) => ["--env", { placeholder: `${key}=value` }]),
        ...Object.entries(secrets).map(([key, arn]) => ["--secret", `${key}=${arn}`]),
        executionRole !== undefined && ["--execution-role", executionRole],
        taskRole !== undefined && ["--task-role", taskRole],
        ...request.command.map((word) => [`--command=${word}`]),
        wanted.balancer !== undefined && "--public",
        wanted.balancer === "internal" && "--internal-only",
        ...wanted.openGroups.map((id) => ["--open-group", id]),
        exec !== undefined && (exec ? "--exec" : "--no-exec"),
        yes && "--yes",
    );
}
