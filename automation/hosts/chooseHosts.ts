import { command } from "../../components/model/commandLine";
import { hostNumberIn, ownershipIn, tagKeys } from "../../components/model/tags";
import type { Target } from "../environment/target";
import { AppError } from "../errors/appError";
import type { ErrorCode } from "../errors/errorCatalogue";
import type { Host } from "../ports/aws";
import type { Instance } from "../ports/awsServices";
import { nameOfHost } from "./describeHost";
import { findHosts, isGone, type Hosts } from "./find";

/** As many as people read. */
const mostListed = 12;

type Chosen = Host | { readonly code: ErrorCode; readonly problem: string };

/**
 * The hosts that a person has named by number, instance id, or the beginning of one; each once, in the order given.
 * @throws AppError HOST_NOT_FOUND, HOST_GONE, HOST_OF_OTHERS or HOST_AMBIGUOUS; all problems at once
 */
export async function chooseHosts(target: Target, names: readonly string[]): Promise<readonly Host[]> {
    const found = await findHosts(target);
    const strange = names.filter((name) => /^i-\w+$/.test(name) && ownFitting(found, name).length === 0);
    const others = strange.length === 0 ? [] : await target.aws.ec2.instancesById(strange);
    const chosen = names.map((name) => choose(target, found, others, name));
    const problems = chosen.flatMap((one) => ("problem" in one ? [one] : []));
    const [first] = problems;
    if (first !== undefined) {
        throw new AppError(first.code, {
            message:
                problems.length === 1
                    ? first.problem
                    : `${problems.length} of the hosts that were named cannot be meant; nothing was changed`,
            details: problems.length === 1 ? [] : problems.map(({ problem, code }) => `${problem} (${code})`),
            hint: command("hosts", "list", target.environment),
        });
    }
    return [...new Set(chosen as readonly Host[])];
}

/** One host, by its name. @throws AppError as `chooseHosts` */
export async function chooseHost(target: Target, name: string): Promise<Host> {
    const [host] = await chooseHosts(target, [name]);
    if (host === undefined) {
        throw new Error(`no host was chosen for ${name}`);
    }
    return host;
}

function choose({ environment }: Target, found: Hosts, others: readonly Instance[], name: string): Chosen {
    const fitting = ownFitting(found, name);
    const living = fitting.filter((host) => !isGone(host));
    const exact = living.find(({ instanceId }) => instanceId === name);
    if (exact !== undefined || living.length === 1) {
        return exact ?? (living[0] as Host);
    }
    if (living.length > 1) {
        return {
            code: "HOST_AMBIGUOUS",
            problem: `${name} may be any of ${living.length} hosts of ${environment}: ${listed(living)}`,
        };
    }
    const gone = fitting.at(-1);
    if (gone !== undefined) {
        return { code: "HOST_GONE", problem: describeGone(name, gone) };
    }
    const stray = found.strays.find(({ instanceId }) => instanceId === name);
    if (stray !== undefined) {
        return {
            code: "HOST_NOT_FOUND",
            problem: `${name} carries the tags of ${environment}, and its state does not know it: the next up takes it away`,
        };
    }
    const other = others.find(({ instanceId }) => instanceId === name);
    return other === undefined ? unknown(environment, found, name) : strange(environment, other);
}

/** Own hosts that a name may mean, those that are gone among them. */
function ownFitting({ hosts }: Hosts, name: string): readonly Host[] {
    return /^\d+$/.test(name)
        ? hosts.filter((host) => hostNumberIn(host.tags) === Number(name))
        : /^i-\w/.test(name)
          ? hosts.filter(({ instanceId }) => instanceId.startsWith(name))
          : [];
}

function describeGone(name: string, { instanceId, state, stateReason }: Host): string {
    const which = name === instanceId ? `host ${name}` : `host ${name} (${instanceId})`;
    return `${which} is ${state}${stateReason === undefined ? "" : `: ${stateReason}`}`;
}

function strange(environment: string, { instanceId, state, tags }: Instance): Chosen {
    const owner = ownershipIn(tags);
    if (owner === undefined) {
        return {
            code: "HOST_OF_OTHERS",
            problem: `instance ${instanceId} is no host of ${environment}: it has no tag ${tagKeys.stack}`,
        };
    }
    const whose = `${owner.environment} (${owner.stack})`;
    return isGone({ state })
        ? { code: "HOST_GONE", problem: `instance ${instanceId} is ${state}, and was a host of ${whose}` }
        : {
              code: "HOST_OF_OTHERS",
              problem: `instance ${instanceId} is a host of ${whose}, not of ${environment}`,
          };
}

function unknown(environment: string, { hosts }: Hosts, name: string): Chosen {
    const living = hosts.filter((host) => !isGone(host));
    const expected = living.length === 0 ? "it has no hosts" : `expected one of ${listed(living)}`;
    return { code: "HOST_NOT_FOUND", problem: `${environment} has no host ${name}: ${expected}` };
}

function listed(hosts: readonly Host[]): string {
    const names = hosts.slice(0, mostListed).map(nameOfHost).join(", ");
    return hosts.length > mostListed ? `${names} and ${hosts.length - mostListed} more` : names;
}
