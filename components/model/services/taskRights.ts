import type { Verdict } from "../checks/reads";
import type { EcrReference } from "../containers/ecrReference";
import { hostCall, type HostCall } from "../iam/hostCalls";
import { pullActions, tokenAction } from "../iam/registryPolicies";
import { placeOf } from "../location";
import type { NextStep } from "../nextStep";
import type { Problem } from "../problem";

/** Something that is done for a task with a role: the execution role, or else that of the host it runs on. */
export interface TaskRight {
    /** The option that asks for it; empty where every task wants it. */
    readonly path: string;
    readonly purpose: string;
    readonly calls: readonly HostCall[];
    /** What lets the environment's own hosts do it. */
    readonly remedy: string;
}

/** What docker's driver awslogs calls: it makes a stream for each container (docker's manual, "Amazon CloudWatch Logs logging driver"). */
export function logRight(group: string, clusterArn: string): TaskRight {
    const about = { logOpts: { "awslogs-group": group } };
    return {
        path: "",
        purpose: `write to log group ${group}`,
        calls: ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) =>
            hostCall(action, clusterArn, about),
        ),
        remedy: "instanceRole.policy leastPrivilege or awsManaged does",
    };
}

/** What a pull from a private registry of Amazon ECR calls. */
export function pullRight({ accountId, region, repository }: EcrReference): TaskRight {
    const arn = `arn:${placeOf(region).partition}:ecr:${region}:${accountId}:repository/${repository}`;
    return {
        path: "--image",
        purpose: `pull from repository ${repository}`,
        calls: [
            { action: tokenAction, resource: "*" },
            ...pullActions.map((action) => ({ action, resource: arn })),
        ],
        remedy: "containerRegistry does for its own repositories, instanceRole.policy awsManaged for all",
    };
}

/** Who does something for tasks. */
export interface Doer {
    /** Such as `role web of hosts i-0123 and i-4567`. */
    readonly name: string;
    /** It is what `--execution-role` names. */
    readonly isExecutionRole: boolean;
}

/** What a role's policies leave in the way of a task; a condition that nobody but the doer meets is a warning. */
export function judgeRight(
    { path, purpose, calls, remedy }: TaskRight,
    { name, isExecutionRole }: Doer,
    verdictOn: (call: HostCall) => Verdict,
): readonly Problem[] {
    const are = (verdict: Verdict): string =>
        calls
            .filter((call) => verdictOn(call) === verdict)
            .map(({ action, resource }) => (resource === "*" ? action : `${action} on ${resource}`))
            .join(", ");
    const [denied, unknown] = [are("denied"), are("unknown")];
    const at = isExecutionRole ? "--execution-role" : path;
    if (denied !== "") {
        const message = `no task could ${purpose}: ${name} may not ${denied}`;
        const hint: NextStep = isExecutionRole
            ? "let the role do that"
            : `${remedy}; or name an --execution-role that may, which takes the hosts' place`;
        return [{ path: at, message, hint, severity: "error" }];
    }
    const message = `whether ${name} may ${unknown} depends on conditions that only its own calls meet: without it no task could ${purpose}`;
    return unknown === "" ? [] : [{ path: at, message, severity: "warning" }];
}
