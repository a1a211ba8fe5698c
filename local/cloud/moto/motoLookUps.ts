import type { AutoScaling } from "@aws-sdk/client-auto-scaling";
import type { EC2, Subnet } from "@aws-sdk/client-ec2";
import type { Cluster } from "@aws-sdk/client-ecs";
import type { IAM } from "@aws-sdk/client-iam";
import { Batch } from "../../provider/aws/batch";
import { byId, Ec2LookUps, mapById } from "../../provider/aws/ec2LookUps";

/** moto's services in one region. */
export interface MotoServices {
    readonly ec2: EC2;
    readonly autoScaling: AutoScaling;
    readonly iam: IAM;
    readonly describeClusters: (clusters: readonly string[]) => Promise<readonly Cluster[]>;
}

/** What moto has, looked up for many at once, as many hosts boot and are launched at the same time. */
export class MotoLookUps extends Ec2LookUps {
    readonly subnets: Batch<string, Subnet>;
    /** By name or ARN. */
    readonly clusters: Batch<string, Cluster>;
    /** Names of Auto Scaling groups by their members. */
    readonly groupNames: Batch<string, string>;
    /** Whether there are instance profiles of these names or ARNs. */
    readonly profiles: Batch<string, true>;

    constructor({ ec2, autoScaling, iam, describeClusters }: MotoServices) {
        super(ec2);
        this.subnets = new Batch(async (ids) => {
            const { Subnets = [] } = await ec2.describeSubnets(byId("subnet-id", ids));
            return mapById(Subnets, ({ SubnetId }) => SubnetId);
        });
        this.clusters = new Batch(async (namesOrArns) => {
            const clusters = await describeClusters(namesOrArns);
            return new Map(
                clusters.flatMap((one) => [
                    [one.clusterName ?? "", one],
                    [one.clusterArn ?? "", one],
                ]),
            );
        });
        this.groupNames = new Batch(async (ids) => {
            const { AutoScalingInstances: members = [] } = await autoScaling.describeAutoScalingInstances({
                InstanceIds: [...ids],
            });
            return new Map(
                members.map(({ InstanceId = "", AutoScalingGroupName = "" }) => [
                    InstanceId,
                    AutoScalingGroupName,
                ]),
            );
        });
        this.profiles = new Batch(async () => {
            const { InstanceProfiles: profiles = [] } = await iam.listInstanceProfiles({});
            return new Map(
                profiles.flatMap(({ InstanceProfileName: name = "", Arn: arn = "" }) => [
                    [name, true],
                    [arn, true],
                ]),
            );
        });
    }
}
