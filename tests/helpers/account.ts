import type { MachineImage, RouteTable, Subnet } from "../../components/model/checks/reads";
import type { ImageLock } from "../../components/model/images/imageLock";
import type { FakeAwsState } from "./fakeAws";

/** What an environment is locked to by its first `up`. */
export const chosenImage: ImageLock = {
    id: "ami-0123456789abcdef0",
    name: "suse-sles-15-sp7-v20260910-ecs-hvm-ssd-x86_64",
    date: "20260910",
    region: "us-east-1",
};

/** An image as EC2 has it. */
export function inEc2({ id, name }: Pick<ImageLock, "id" | "name">): MachineImage {
    return { id, name, ownerAlias: "amazon", rootVolumeGiB: 10 };
}

export const publicTable: RouteTable = {
    id: "rtb-main",
    vpcId: "vpc-1",
    main: true,
    subnetIds: [],
    routes: [
        { destination: "172.31.0.0/16", target: "local", state: "active" },
        { destination: "0.0.0.0/0", target: "igw-1", state: "active" },
    ],
};

/** An account without environments, in which the default settings work. */
export function goodAccount(region: string, images: FakeAwsState["images"]): Partial<FakeAwsState> {
    const [a, b] = [`${region}a`, `${region}b`];
    const defaultSubnets: Subnet[] = [
        { id: "subnet-0000000a", vpcId: "vpc-1", zone: a, mapPublicIpOnLaunch: true },
        { id: "subnet-0000000b", vpcId: "vpc-1", zone: b, mapPublicIpOnLaunch: true },
    ];
    return {
        region,
        images,
        defaultVpc: { id: "vpc-1" },
        subnets: [
            ...defaultSubnets,
            { id: "subnet-000000ff", vpcId: "vpc-2", zone: a, mapPublicIpOnLaunch: true },
        ],
        defaultSubnets,
        securityGroups: [
            { id: "sg-00000001", vpcId: "vpc-1" },
            { id: "sg-000000ff", vpcId: "vpc-2" },
        ],
        routeTables: [publicTable, { ...publicTable, id: "rtb-2", vpcId: "vpc-2" }],
        zonesOffering: [a, b],
        keyPairs: ["work"],
        instanceProfiles: { ecsInstanceRole: {} },
    };
}
