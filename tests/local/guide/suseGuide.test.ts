import { expect } from "chai";

import { hostZone, verdictOn } from "../cloud/hostHelpers";
import { useCloud } from "../cloud/testCloud";
import { openAwsCli } from "./awsCli";
import type { AwsCli } from "./awsCli";
import {
    findImage,
    findSubnet,
    hostOf,
    makeInstanceRole,
    makeSampleService,
    makeWizardsGroup,
    runInstance,
    untilRegistered,
} from "./guideSteps";

/**
 * SUSE's guide "Amazon EC2 Container Service", section by section, with the clients that it uses, `pint` and `aws`.
 * What it prints is run as it is printed, with its placeholders filled in. Where it says too little, AWS's page is
 * named. A person's hand on a host (`ssh`, `zypper`, `systemctl`) is not played.
 */
describe("SUSE's guide on the local cloud, by the AWS CLI", () => {
    const cloud = useCloud();
    const group = "--auto-scaling-group-name wizard";
    let aws: AwsCli;

    before(async () => {
        aws = await openAwsCli(cloud().info);
    });

    after(() => {
        aws.close();
    });

    /** Sections 1 to 3: a cluster of the wizard's host and one of our own. Gives our own instance's id. */
    async function clusterOfTwo(): Promise<string> {
        // Section 1: "We recommend retaining the default cluster name default."
        expect(await aws.ask("cluster.[clusterName,status]", "ecs create-cluster")).to.equal(
            "default\tACTIVE",
        );
        await makeInstanceRole(aws);
        const image = await findImage(cloud());
        const subnet = await findSubnet(aws);
        await makeWizardsGroup(aws, image, subnet);
        await untilRegistered(aws, 1);
        const instanceId = await runInstance(aws, image, subnet);
        // "the number should be at least 2 after you launch the SUSE Linux Enterprise Server ECS instance"
        await untilRegistered(aws, 2);
        return instanceId;
    }

    function members(): Promise<string> {
        const line = "autoscaling describe-auto-scaling-groups --auto-scaling-group-names wizard";
        return aws.ask("AutoScalingGroups[0].Instances[].InstanceId", line);
    }

    it("sections 1 to 3: a host of SUSE's image attaches itself to the cluster default", async () => {
        const instanceId = await clusterOfTwo();
        const host = await hostOf(aws, instanceId);
        expect(
            await aws.ask(
                "containerInstances[0].[ec2InstanceId,status,agentConnected]",
                `ecs describe-container-instances --container-instances ${host}`,
            ),
        ).to.equal(`${instanceId}\tACTIVE\tTrue`);
        // Section 1: "a new instance will be started by the autoscaling group if the running instance should be stopped
        // or terminated"
        const first = await members();
        await aws.run(`ec2 terminate-instances --instance-ids ${first}`);
        await untilRegistered(aws, 2);
        expect(await members())
            .to.match(/^i-\w+$/)
            .and.not.include(first);
        // Section 3, step 3: "You can add the running instance to the existing group, or simply remove the default group.
        // Removing the group [...] will also terminate the ECS Amazon AMI and you will be left with the running SUSE Linux
        // Enterprise Server ECS optimized instance".
        await aws.run(`autoscaling attach-instances ${group} --instance-ids ${instanceId}`);
        expect(await members()).to.include(instanceId);
        await aws.run(
            `autoscaling detach-instances ${group} --instance-ids ${instanceId} --should-decrement-desired-capacity`,
        );
        await aws.run(`autoscaling delete-auto-scaling-group ${group} --force-delete`);
        await untilRegistered(aws, 1);
        expect(await hostOf(aws, instanceId)).to.equal(host);
    });

    it("sections 3.1 and 4 to 6: another cluster's name, no route to S3, a registry, a volume", async () => {
        await makeInstanceRole(aws);
        const image = await findImage(cloud());
        // Section 3.1: "add an entry of the form ECS_CLUSTER=name" to /etc/ecs/ecs.config, here before the agent starts.
        await aws.run("ecs create-cluster --cluster-name name");
        const userData = "#cloud-config\nbootcmd:\n- echo ECS_CLUSTER=name >> /etc/ecs/ecs.config\n";
        const instanceId = await runInstance(aws, image, await findSubnet(aws), "--user-data", userData);
        await untilRegistered(aws, 1, "ecs describe-clusters --clusters name");
        // Section 4: "if you start an ECS instance that has no route to reach Amazon S3 the initialization will fail and
        // the container host instance will not be able to attach itself to your cluster"
        await aws.run("ecs create-cluster");
        const vpc = await aws.ask("Vpc.VpcId", "ec2 create-vpc --cidr-block 10.9.0.0/16");
        const subnet = await aws.ask(
            "Subnet.SubnetId",
            `ec2 create-subnet --vpc-id ${vpc} --cidr-block 10.9.0.0/24 --availability-zone ${hostZone}`,
        );
        await aws.run(`ec2 modify-subnet-attribute --subnet-id ${subnet} --map-public-ip-on-launch`);
        const isolated = await runInstance(aws, image, subnet);
        expect(await verdictOn(cloud(), isolated)).to.include({ phase: "failed", step: "download" });
        await untilRegistered(aws, 0);
        // "you can modify your network configuration to ensure a route to Amazon S3", and start the service anew
        const gateway = await aws.ask("InternetGateway.InternetGatewayId", "ec2 create-internet-gateway");
        await aws.run(`ec2 attach-internet-gateway --internet-gateway-id ${gateway} --vpc-id ${vpc}`);
        const table = await aws.ask(
            "RouteTables[0].RouteTableId",
            `ec2 describe-route-tables --filters Name=vpc-id,Values=${vpc}`,
        );
        await aws.run(
            `ec2 create-route --route-table-id ${table} --destination-cidr-block 0.0.0.0/0 --gateway-id ${gateway}`,
        );
        await aws.run(`ec2 reboot-instances --instance-ids ${isolated}`);
        await untilRegistered(aws, 1);
        // Section 5: "you can use the Amazon hosted private Container Registry"
        expect(
            await aws.ask("repository.repositoryUri", "ecr create-repository --repository-name sles"),
        ).to.match(/\.dkr\.ecr\.us-east-1\.amazonaws\.com\/sles$/);
        // Section 6: "place the image storage onto an external Elastic Block Store device"
        const zone = await aws.ask(
            "Reservations[0].Instances[0].Placement.AvailabilityZone",
            `ec2 describe-instances --instance-ids ${instanceId}`,
        );
        const volume = await aws.ask("VolumeId", `ec2 create-volume --size 100 --availability-zone ${zone}`);
        const attachment = `--volume-id ${volume} --instance-id ${instanceId} --device /dev/sdf`;
        expect(await aws.ask("InstanceId", `ec2 attach-volume ${attachment}`)).to.equal(instanceId);
    });

    it("section 7: cleans up in the guide's order, with the steps that the guide leaves to AWS's pages", async () => {
        const instanceId = await clusterOfTwo();
        await makeSampleService(aws, 2);
        const task = await aws.ask("tasks[0].taskArn", "ecs run-task --task-definition sample");
        const host = await hostOf(aws, instanceId);
        const started = await aws.ask(
            "tasks[0].[containerInstanceArn,lastStatus,taskArn]",
            `ecs start-task --task-definition sample --container-instances ${host}`,
        );
        expect(started).to.include(`${host}\tPENDING\t`);
        // "the tasks count of the tasks associated with the cluster must be zero": those that no service runs, too
        for (const arn of [task, started.split("\t")[2]]) {
            await aws.run(`ecs stop-task --task ${arn}`);
            await aws.run(`ecs wait tasks-stopped --tasks ${arn}`);
        }
        await aws.run("ecs update-service --service sample-webapp --desired-count 0");
        await aws.run("ecs delete-service --service sample-webapp");
        await aws.run("ecs wait services-inactive --services sample-webapp");
        // "Any running instances associated with the autoscaling group will be terminated when the autoscaling group is
        // deleted." AWS wants to be told so:
        // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteAutoScalingGroup.html
        const printed = `autoscaling delete-auto-scaling-group ${group}`;
        expect((await aws.refusal(printed)).code).to.equal("ResourceInUse");
        await aws.run(`${printed} --force-delete`);
        // "You must deregister all container instances from this cluster before you may delete it."
        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html
        const deletion = "ecs delete-cluster --cluster default";
        expect((await aws.refusal(deletion)).code).to.equal("ClusterContainsContainerInstancesException");
        await aws.run(`ecs deregister-container-instance --container-instance ${host}`);
        await aws.run(`ec2 terminate-instances --instance-ids ${instanceId}`);
        expect(await aws.ask("cluster.[clusterName,status]", deletion)).to.equal("default\tINACTIVE");
        expect(await aws.ask("length(clusterArns)", "ecs list-clusters")).to.equal("0");
    });

    // The names are those of AWS's API pages, and so are the rules. The words are those that AWS answers:
    // https://github.com/aws/aws-cli/issues/2078, https://github.com/gruntwork-io/cloud-nuke/issues/368
    it("section 7 the wrong way round: AWS refuses, and the order that works is still open", async () => {
        const instanceId = await clusterOfTwo();
        await makeSampleService(aws, 1);
        const deletion = "ecs delete-cluster --cluster default";
        expect(await aws.refusal(deletion)).to.deep.equal({
            code: "ClusterContainsServicesException",
            message: "The Cluster cannot be deleted while Services are active.",
        });
        // "you must update the service to a desired task count of zero": API_DeleteService
        expect(await aws.refusal("ecs delete-service --service sample-webapp")).to.deep.equal({
            code: "InvalidParameterException",
            message: "The service cannot be stopped while it is scaled above 0.",
        });
        const host = await hostOf(aws, instanceId);
        const task = await aws.ask(
            "tasks[0].taskArn",
            `ecs start-task --task-definition sample --container-instances ${host}`,
        );
        const deregistration = `ecs deregister-container-instance --container-instance ${host}`;
        expect(await aws.refusal(deregistration)).to.deep.equal({
            code: "InvalidParameterException",
            message: "Found running tasks on the instance.",
        });
        await aws.run("ecs update-service --service sample-webapp --desired-count 0");
        await aws.run("ecs delete-service --service sample-webapp");
        await aws.run("ecs wait services-inactive --services sample-webapp");
        const update = "ecs update-service --service sample-webapp --desired-count 1";
        expect((await aws.refusal(update)).code).to.equal("ServiceNotActiveException");
        expect(await aws.refusal(deletion)).to.deep.equal({
            code: "ClusterContainsTasksException",
            message: "The Cluster cannot be deleted while Tasks are active.",
        });
        await aws.run(`ecs stop-task --task ${task}`);
        await aws.run(`ecs wait tasks-stopped --tasks ${task}`);
        expect(await aws.refusal(deletion)).to.deep.equal({
            code: "ClusterContainsContainerInstancesException",
            message: "The Cluster cannot be deleted while Container Instances are active or draining.",
        });
        await aws.run(`autoscaling delete-auto-scaling-group ${group} --force-delete`);
        await aws.run(deregistration);
        expect(await aws.ask("cluster.status", deletion)).to.equal("INACTIVE");
    });
});
