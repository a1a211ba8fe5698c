import { checkNetwork, type NetworkAnswer } from "../../../../components/model/checks/network";
import { findReach, proxiesOf, type SubnetWays } from "../../../../components/model/checks/reach";
import type { Reads, SecurityGroup, Subnet } from "../../../../components/model/checks/reads";
import { locationOf } from "../../../../components/model/location";
import { endpointsGroupEnd } from "../../../../components/model/names";
import type { CommonOptions } from "../../../command/command";
import { openToRead, type SettingsDoubt } from "../../../environment/reading";
import { requireKnown, type SettledTarget } from "../../../environment/target";
import { awsReads } from "../../../preflight/awsReads";
import { warningsOf } from "../../../preflight/findings";
import type { Context } from "../../../ports/context";
import type { Outputs } from "../../../ports/engine";

export interface NetworkRequest extends Pick<CommonOptions, "projectDirectory"> {
    readonly environment: string;
}

export interface ShownNetwork extends SettingsDoubt {
    readonly environment: string;
    readonly region: string;
    /** None where the network is yet to be created. */
    readonly subnets: readonly SubnetWays[];
    /** What the caller may not read, one sentence each; the ways were worked out without it. */
    readonly unread: readonly string[];
}

/** How hosts of an environment reach what they need, or what is in their way. Changes nothing. */
export async function showNetwork(request: NetworkRequest, context: Context): Promise<ShownNetwork> {
    const target = await openToRead(context, request);
    await requireKnown(target);
    const reads = awsReads(target.aws, target);
    const caller = await reads.caller();
    const { subnets, groups } = await findHosts(target, reads);
    const answer = await findReach(reads, {
        location: locationOf(caller),
        subnets,
        groups,
        ...proxiesOf(target.settings),
    });
    return {
        environment: request.environment,
        settingsInvalid: target.settingsInvalid,
        region: caller.region,
        subnets: answer.subnets,
        unread: answer.unread.map(({ message }) => message),
    };
}

/** Whether hosts of every subnet could join their cluster, as far as can be seen. */
export function canJoin({ subnets }: Pick<ShownNetwork, "subnets">): boolean {
    return subnets.every(({ ways: { s3, ecs } }) => s3.verdict !== "closed" && ecs.verdict !== "closed");
}

interface HostPlaces {
    readonly subnets: readonly Subnet[];
    readonly groups?: readonly SecurityGroup[];
}

const groupType = "aws:ec2/securityGroup:SecurityGroup";

/** Where hosts stand; where there are none yet, where they would. */
async function findHosts(target: SettledTarget, reads: Reads): Promise<HostPlaces> {
    const { stack, settings } = target;
    if (settings.network.mode === "existing") {
        return fromSettings(target, reads);
    }
    const [outputs, resources] = await Promise.all([stack.empty ? {} : stack.outputs(), stack.resources()]);
    const subnetIds = subnetsIn(outputs);
    if (subnetIds.length === 0) {
        return settings.network.mode === "create" ? { subnets: [] } : fromSettings(target, reads);
    }
    const groupIds = resources
        .filter(({ type, name }) => type === groupType && !name.endsWith(endpointsGroupEnd))
        .map(({ id }) => id);
    const [subnets, groups] = await Promise.all([
        reads.subnets(subnetIds),
        groupIds.length === 0 ? undefined : reads.securityGroups(groupIds),
    ]);
    return { subnets, groups };
}

/** @throws AppError SUBNET_NOT_FOUND and its like, as `up` would */
async function fromSettings({ settings, owner }: SettledTarget, reads: Reads): Promise<NetworkAnswer> {
    const offering = Promise.resolve([]);
    const answer = await checkNetwork(reads, settings.network, { owner, offering, wantsPackages: false });
    warningsOf(answer.findings);
    return answer;
}

/** Outputs have no types: what is no text is left out. */
function subnetsIn({ subnetIds }: Outputs): readonly string[] {
    return Array.isArray(subnetIds) ? subnetIds.filter((id): id is string => typeof id === "string") : [];
}
