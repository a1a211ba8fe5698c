import type { EC2, ModifyInstanceMetadataOptionsRequest, VolumeType } from "@aws-sdk/client-ec2";
import type { Call } from "../aws/call";
import { retagEc2 } from "../aws/ec2Tags";
import { findInstance, startInstance, stopInstance } from "../aws/instances";
import { tagChange } from "../schema/difference";
import type { Change } from "../schema/resourceType";
import { encodedUserData, type instanceInputs } from "./instanceInputs";

type InstanceChange = Change<typeof instanceInputs>;

async function changeProfile(ec2: EC2, id: string, name: string | undefined): Promise<void> {
    const answer = await ec2.describeIamInstanceProfileAssociations({
        Filters: [{ Name: "instance-id", Values: [id] }],
    });
    const association = answer.IamInstanceProfileAssociations?.[0]?.AssociationId;
    if (association === undefined) {
        await ec2.associateIamInstanceProfile({ InstanceId: id, IamInstanceProfile: { Name: name } });
    } else if (name === undefined || name === "") {
        await ec2.disassociateIamInstanceProfile({ AssociationId: association });
    } else {
        await ec2.replaceIamInstanceProfileAssociation({
            AssociationId: association,
            IamInstanceProfile: { Name: name },
        });
    }
}

async function changeRootVolume(call: Call, id: string, change: InstanceChange): Promise<void> {
    const ec2 = await call.aws.ec2();
    const instance = (await findInstance(ec2, id))?.instance;
    const root = instance?.BlockDeviceMappings?.find(
        (device) => device.DeviceName === instance.RootDeviceName,
    );
    const volumeId = root?.Ebs?.VolumeId;
    const { tags, ...wanted } = change.inputs.rootBlockDevice ?? {};
    const { tags: oldTags, ...old } = change.old.rootBlockDevice ?? {};
    if (volumeId !== undefined && tags !== undefined) {
        await retagEc2(call, volumeId, tagChange(oldTags, tags));
    }
    if (volumeId !== undefined && JSON.stringify(old) !== JSON.stringify(wanted)) {
        await ec2.modifyVolume({
            Iops: wanted.iops,
            Size: wanted.volumeSize,
            Throughput: wanted.throughput,
            VolumeId: volumeId,
            VolumeType: wanted.volumeType as VolumeType | undefined,
        });
    }
}

/** What EC2 only takes from an instance that is stopped. */
async function changeWhileStopped(call: Call, id: string, change: InstanceChange): Promise<void> {
    const ec2 = await call.aws.ec2();
    await stopInstance(call, id);
    if (change.has("instanceType")) {
        await ec2.modifyInstanceAttribute({
            InstanceId: id,
            InstanceType: { Value: change.inputs.instanceType },
        });
    }
    if (change.has("userData", "userDataBase64")) {
        const value = Buffer.from(encodedUserData(change.inputs) ?? "", "base64");
        await ec2.modifyInstanceAttribute({ InstanceId: id, UserData: { Value: value } });
    }
    await startInstance(call, id);
}

async function changeAttributes(ec2: EC2, id: string, change: InstanceChange): Promise<void> {
    const { inputs } = change;
    if (change.has("vpcSecurityGroupIds")) {
        await ec2.modifyInstanceAttribute({
            InstanceId: id,
            Groups: [...(inputs.vpcSecurityGroupIds ?? [])],
        });
    }
    if (change.has("disableApiTermination")) {
        const value = { Value: inputs.disableApiTermination === true };
        await ec2.modifyInstanceAttribute({ InstanceId: id, DisableApiTermination: value });
    }
    if (change.has("sourceDestCheck")) {
        await ec2.modifyInstanceAttribute({
            InstanceId: id,
            SourceDestCheck: { Value: inputs.sourceDestCheck },
        });
    }
    if (change.has("instanceInitiatedShutdownBehavior")) {
        const value = { Value: inputs.instanceInitiatedShutdownBehavior };
        await ec2.modifyInstanceAttribute({ InstanceId: id, InstanceInitiatedShutdownBehavior: value });
    }
}

/** Changes a running instance, stopping it only for what cannot be changed otherwise. */
export async function updateInstance(call: Call, id: string, change: InstanceChange): Promise<void> {
    const ec2 = await call.aws.ec2();
    const { inputs } = change;
    await changeAttributes(ec2, id, change);
    if (change.has("iamInstanceProfile")) {
        await changeProfile(ec2, id, inputs.iamInstanceProfile);
    }
    if (change.has("metadataOptions")) {
        const options = inputs.metadataOptions;
        await ec2.modifyInstanceMetadataOptions({
            HttpEndpoint: options?.httpEndpoint,
            HttpPutResponseHopLimit: options?.httpPutResponseHopLimit,
            HttpTokens: options?.httpTokens,
            InstanceId: id,
            InstanceMetadataTags: options?.instanceMetadataTags,
        } as ModifyInstanceMetadataOptionsRequest);
    }
    if (change.has("monitoring")) {
        await (inputs.monitoring === true
            ? ec2.monitorInstances({ InstanceIds: [id] })
            : ec2.unmonitorInstances({ InstanceIds: [id] }));
    }
    if (change.has("rootBlockDevice")) {
        await changeRootVolume(call, id, change);
    }
    if (change.has("instanceType", "userData", "userDataBase64")) {
        await changeWhileStopped(call, id, change);
    }
}
