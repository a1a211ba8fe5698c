import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as sles from "../../../components";

const config = new pulumi.Config();

// A network of the program's own, which a later run gives one more subnet, before the others.
const vpc = new aws.ec2.Vpc("office", { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true });
const gateway = new aws.ec2.InternetGateway("office", { vpcId: vpc.id });
const routes = new aws.ec2.RouteTable("office", { vpcId: vpc.id });
const wayOut = new aws.ec2.Route("office", {
    routeTableId: routes.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
});
const zones = config.getBoolean("moreSubnets") === true ? ["c", "a", "b"] : ["a", "b"];
const subnets = zones.map((letter) => {
    const zone = `us-east-1${letter}`;
    const cidrBlock = `10.20.${letter.charCodeAt(0)}.0/24`;
    const place = { vpcId: vpc.id, cidrBlock, availabilityZone: zone, mapPublicIpOnLaunch: true };
    const { id } = new aws.ec2.Subnet(`office-${letter}`, place);
    const way = new aws.ec2.RouteTableAssociation(`office-${letter}`, {
        subnetId: id,
        routeTableId: routes.id,
    });
    return { id, zone, way };
});
const group = new aws.ec2.SecurityGroup("office-hosts", {
    vpcId: vpc.id,
    description: "Hosts of the office",
});
const wayOfHosts = new aws.vpc.SecurityGroupEgressRule("office-hosts-out", {
    securityGroupId: group.id,
    ipProtocol: "-1",
    cidrIpv4: "0.0.0.0/0",
});

/** Fixed hosts with docker volumes, in that network. */
async function makeWeb(): Promise<object> {
    const web = await sles.createEnvironment("web", { environment: "web", tags: { network: vpc.id } });
    const kind = {
        hosts: { count: config.getNumber("count") ?? 2 },
        dockerStorage: { mode: "volume", sizeGiB: 10 } as const,
    };
    const cluster = new sles.EcsCluster("web", { ...web, clusterName: "shop" });
    const role = new sles.InstanceRole("web-role", {
        ...web,
        clusterArn: cluster.clusterArn,
        instanceRole: { ssm: true },
    });
    const args = {
        ...web,
        ...(await sles.findHostPlaces({ ...web, ...kind, subnets })),
        ...kind,
        subnets,
        hostImage: await sles.findHostImage({ ...web, ...kind }),
        clusterName: cluster.clusterName,
        instanceProfileName: role.instanceProfileName,
        securityGroupIds: [group.id],
        agent: { attributes: { team: "shop" } },
        prerequisites: [role, wayOut, wayOfHosts, ...subnets.map(({ way }) => way)],
    };
    const { instanceIds, dockerVolumeIds } = new sles.FixedHosts("web-hosts", args);
    if (config.getBoolean("twice") === true) {
        new sles.FixedHosts("web-more", args);
    }
    return { instanceIds, dockerVolumeIds, roleName: role.roleName };
}

/** A group with every default, in the default VPC. */
async function makeJobs(): Promise<object> {
    const jobs = await sles.createEnvironment("jobs", { environment: "jobs" });
    const cluster = new sles.EcsCluster("jobs", { ...jobs });
    const role = new sles.InstanceRole("jobs-role", { ...jobs, clusterArn: cluster.clusterArn });
    const network = new sles.Network("jobs-network", { ...jobs, network: await sles.findNetwork(jobs) });
    const { autoScalingGroupName } = new sles.AutoScalingHosts("jobs-hosts", {
        ...jobs,
        hostImage: await sles.findHostImage(jobs),
        clusterName: cluster.clusterName,
        instanceProfileName: role.instanceProfileName,
        subnets: network.subnets,
        securityGroupIds: network.securityGroupIds,
        prerequisites: [role, network],
    });
    return { autoScalingGroupName };
}

export = async (): Promise<object> => ({ ...(await makeWeb()), ...(await makeJobs()) });
