import type { ImageSources } from "../../automation/preflight/awsReads";
import { runPreflight } from "../../automation/preflight/preflight";
import { goodAccount, publicTable } from "./account";
import type { RouteTable, VpcEndpoint } from "../../components/model/checks/reads";
import { parseSettings } from "../../components/model/settings";
import { pintListing } from "./fakePint";
import { fakeClock } from "./io";
import { createFakeAws, owner, type FakeAws, type FakeAwsState } from "./fakeAws";

export const image = {
    id: "ami-1",
    name: "suse-sles-15-sp7-v20260922-ecs-hvm-ssd-x86_64",
    ownerAlias: "amazon",
    rootVolumeGiB: 10,
};
export const closedTable: RouteTable = {
    ...publicTable,
    id: "rtb-closed",
    main: false,
    subnetIds: ["subnet-0000000b"],
    routes: publicTable.routes.slice(0, 1),
};
export const gateway: VpcEndpoint & { readonly vpcId: string } = {
    vpcId: "vpc-1",
    id: "vpce-1",
    serviceName: "com.amazonaws.eu-central-1.s3",
    type: "Gateway",
    state: "available",
    routeTableIds: ["rtb-closed"],
};

/** The other subnet goes out through a NAT gateway, which stands in the first one. */
export const behindNat: Partial<FakeAwsState> = {
    routeTables: [
        publicTable,
        {
            ...closedTable,
            routes: [...closedTable.routes, { destination: "0.0.0.0/0", target: "nat-1", state: "active" }],
        },
    ],
    natGateways: [{ id: "nat-1", state: "available", connectivity: "public", subnetId: "subnet-0000000a" }],
};

/** What the agent needs of Amazon ECS where there is no way to the Internet. */
export const ecsEndpoints = ["ecs", "ecs-agent", "ecs-telemetry"].map((service) => ({
    ...gateway,
    id: `vpce-${service}`,
    serviceName: `com.amazonaws.eu-central-1.${service}`,
    type: "Interface",
    routeTableIds: [],
    privateDns: true,
}));

/** What differs from the good account and the default settings. */
export interface PreflightCase {
    readonly settings?: object;
    readonly aws?: Partial<FakeAwsState>;
    readonly stackIsEmpty?: boolean;
    readonly clusterArn?: string;
    readonly sources?: Partial<ImageSources>;
}

/** Runs the checks against the good account with some things changed; answers with the report or the error. */
export async function preflight({
    settings = {},
    aws = {},
    stackIsEmpty = true,
    clusterArn,
    sources = {},
}: PreflightCase): Promise<{ readonly result: unknown; readonly fake: FakeAws }> {
    const fake = createFakeAws({ ...goodAccount("eu-central-1", [image]), ...aws });
    const parsed = parseSettings(settings, "alice").settings;
    if (parsed === undefined) {
        throw new Error(
            `the test's own settings are wrong: ${JSON.stringify(parseSettings(settings, "alice"))}`,
        );
    }
    const result = await runPreflight(
        fake.aws,
        { clock: fakeClock(), loadPint: () => Promise.resolve(pintListing(fake.state.images)), ...sources },
        {
            // An empty state has no id either.
            ...owner,
            ...(stackIsEmpty ? { stackId: undefined } : {}),
            settings: parsed,
            stateIsEmpty: stackIsEmpty,
            clusterArn,
        },
    ).catch((error: unknown) => error);
    return { result, fake };
}

/** Settings of a network that exists. */
export const existing = (subnetIds: string[], securityGroupIds: string[] = ["sg-00000001"]): object => ({
    network: { mode: "existing", subnetIds, securityGroupIds },
});
