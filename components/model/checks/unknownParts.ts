import type { ResolvedSettings } from "../settings";
import type { Reads, RouteTable, SecurityGroup, Subnet } from "./reads";

/**
 * Reads for settings of which a preview does not know everything yet: whatever is unknown is told to be there and in order, so that
 * the checks say nothing of it, and everything else is asked as always. What is made up holds the text of the stand-in.
 * @param isUnknown whether a text is, or holds, a stand-in
 */
export function besideUnknown(
    reads: Reads,
    settings: Pick<ResolvedSettings, "network" | "adoptCluster">,
    isUnknown: (text: string) => boolean,
): Reads {
    /** Asks for those that are known, and adds the others. */
    const withUnknown = async <T>(
        ids: readonly string[],
        ask: (known: readonly string[]) => Promise<readonly T[]>,
        makeUp: (id: string) => Promise<T>,
    ): Promise<readonly T[]> => {
        const known = ids.filter((id) => !isUnknown(id));
        const made = await Promise.all(ids.filter(isUnknown).map(makeUp));
        return [...(known.length === 0 ? [] : await ask(known)), ...made];
    };
    const place = unknownNetwork(reads, settings, isUnknown);
    const unless = <T>(text: string, made: T, ask: () => Promise<T>): Promise<T> =>
        isUnknown(text) ? Promise.resolve(made) : ask();
    const natGateways = reads.natGateways?.bind(reads);
    const networkAcls = reads.networkAcls?.bind(reads);
    return {
        ...reads,
        cluster: (name) => unless(name, clusterCalled(name, settings), () => reads.cluster(name)),
        subnets: (ids) => withUnknown(ids, (known) => reads.subnets(known), place.subnet),
        securityGroups: (ids) => withUnknown(ids, (known) => reads.securityGroups(known), place.group),
        routeTables: async (vpcId) => [
            ...(await unless(vpcId, [], () => reads.routeTables(vpcId))),
            ...place.routes(vpcId),
        ],
        vpcEndpoints: (vpcId) => unless(vpcId, [], () => reads.vpcEndpoints(vpcId)),
        natGateways: natGateways && ((vpcId) => unless(vpcId, [], () => natGateways(vpcId))),
        networkAcls: networkAcls && ((vpcId) => unless(vpcId, [], () => networkAcls(vpcId))),
        zonesOffering: async (instanceType) => {
            const zones = await reads.zonesOffering(instanceType);
            return zones.length === 0 ? zones : [...zones, ...place.zones];
        },
        repository: (name) => unless(name, undefined, () => reads.repository(name)),
        keyPairExists: (name) => unless(name, true, () => reads.keyPairExists(name)),
        encryptionKey: (id) => unless(id, { arn: id, state: "Enabled" }, () => reads.encryptionKey(id)),
        instanceProfile: (name) =>
            unless(name, { roleArn: `the role of ${name}` }, () => reads.instanceProfile(name)),
        verdictsOnRole: (roleArn, question) =>
            unless(roleArn, new Map(question.actions.map((action) => [action, "allowed"])), () =>
                reads.verdictsOnRole(roleArn, question),
            ),
    };
}

function clusterCalled(name: string, { adoptCluster }: Pick<ResolvedSettings, "adoptCluster">) {
    return adoptCluster
        ? {
              name,
              arn: `the ARN of ${name}`,
              status: "ACTIVE",
              registeredHosts: 0,
              runningTasks: 0,
              pendingTasks: 0,
              tags: {},
          }
        : undefined;
}

/** Subnets with a way to the Internet, each in a zone of its own, and groups, all in the VPC of the known ones. */
function unknownNetwork(
    reads: Reads,
    { network }: Pick<ResolvedSettings, "network">,
    isUnknown: (text: string) => boolean,
) {
    const subnetIds = network.mode === "existing" ? network.subnetIds.filter(isUnknown) : [];
    const zoneOf = (subnetId: string): string => `the zone of ${subnetId}`;
    let vpc: Promise<string | undefined> | undefined;
    const vpcId = async (id: string): Promise<string> =>
        (await (vpc ??= knownVpc(reads, network, isUnknown))) ?? `the VPC of ${subnetIds[0] ?? id}`;
    return {
        zones: subnetIds.map(zoneOf),
        subnet: async (id: string): Promise<Subnet> => ({
            id,
            vpcId: await vpcId(id),
            zone: zoneOf(id),
            mapPublicIpOnLaunch: true,
        }),
        group: async (id: string): Promise<SecurityGroup> => ({ id, vpcId: await vpcId(id) }),
        routes: (ofVpc: string): readonly RouteTable[] =>
            subnetIds.length === 0
                ? []
                : [
                      {
                          id: "an unknown route table",
                          vpcId: ofVpc,
                          main: false,
                          subnetIds,
                          routes: [{ destination: "0.0.0.0/0", target: "igw-unknown", state: "active" }],
                      },
                  ],
    };
}

async function knownVpc(
    reads: Reads,
    network: ResolvedSettings["network"],
    isUnknown: (text: string) => boolean,
): Promise<string | undefined> {
    if (network.mode === "default") {
        return (await reads.defaultVpc())?.id;
    }
    if (network.mode === "create") {
        return undefined;
    }
    const known = (ids: readonly string[]) => ids.filter((id) => !isUnknown(id));
    const [subnetIds, groupIds] = [known(network.subnetIds), known(network.securityGroupIds)];
    const [subnet] = subnetIds.length === 0 ? [] : await reads.subnets(subnetIds);
    const [group] = groupIds.length === 0 ? [] : await reads.securityGroups(groupIds);
    return subnet?.vpcId ?? group?.vpcId;
}
