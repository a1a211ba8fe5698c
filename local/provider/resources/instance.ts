import type { EC2, VolumeType } from "@aws-sdk/client-ec2";
import { hasMessage, unlessGone } from "../aws/errors";
import { findInstance, startInstance, stopInstance, waitForInstance } from "../aws/instances";
import type { OperationContext } from "../aws/operationContext";
import { retagEc2 } from "../aws/tags";
import { retryWhile } from "../aws/wait";
import { toAws } from "../schema/awsNames";
import { tagChange } from "../schema/difference";
import { asBlock } from "../schema/property";
import { defineResource, type Change } from "../schema/resourceType";
import { encodeUserData, fromInstance, instanceInputs, metadataFields, toRequest } from "./instanceData";

const deleteLimitSeconds = 1200;
/** As long as the official provider waits for a new instance profile to reach EC2. */
const profileLimitSeconds = 120;

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

async function changeRootVolume(
    context: OperationContext,
    id: string,
    { inputs: { rootBlockDevice: wanted }, old: { rootBlockDevice: old } }: InstanceChange,
): Promise<void> {
    const { aws } = context;
    const found = await findInstance(aws, id);
    const root = found?.BlockDeviceMappings?.find((device) => device.DeviceName === found.RootDeviceName);
    const volumeId = root?.Ebs?.VolumeId;
    if (volumeId === undefined || wanted === undefined) {
        return;
    }
    if (wanted.tags !== undefined) {
        await retagEc2(context, volumeId, tagChange(old?.tags, wanted.tags));
    }
    if (old?.volumeSize !== wanted.volumeSize || old?.volumeType !== wanted.volumeType) {
        await aws.ec2.modifyVolume({
            Size: wanted.volumeSize,
            VolumeId: volumeId,
            VolumeType: wanted.volumeType as VolumeType | undefined,
        });
    }
}

/** What EC2 only takes from an instance that is stopped. */
async function changeWhileStopped(
    context: OperationContext,
    id: string,
    change: InstanceChange,
): Promise<void> {
    const { ec2 } = context.aws;
    await stopInstance(context, id);
    if (change.has("instanceType")) {
        const InstanceType = { Value: change.inputs.instanceType };
        await ec2.modifyInstanceAttribute({ InstanceId: id, InstanceType });
    }
    if (change.has("userData", "userDataBase64")) {
        const Value = Buffer.from(encodeUserData(change.inputs) ?? "", "base64");
        await ec2.modifyInstanceAttribute({ InstanceId: id, UserData: { Value } });
    }
    await startInstance(context, id);
}

/** Changes a running instance, stopping it only for what cannot be changed otherwise. */
async function update(context: OperationContext, id: string, change: InstanceChange): Promise<void> {
    const { ec2 } = context.aws;
    const wanted = change.inputs;
    if (change.has("vpcSecurityGroupIds")) {
        const Groups = [...(wanted.vpcSecurityGroupIds ?? [])];
        await ec2.modifyInstanceAttribute({ InstanceId: id, Groups });
    }
    if (change.has("sourceDestCheck")) {
        const SourceDestCheck = { Value: wanted.sourceDestCheck };
        await ec2.modifyInstanceAttribute({ InstanceId: id, SourceDestCheck });
    }
    if (change.has("iamInstanceProfile")) {
        await changeProfile(ec2, id, wanted.iamInstanceProfile);
    }
    if (change.has("metadataOptions")) {
        await ec2.modifyInstanceMetadataOptions({
            ...toAws(metadataFields, wanted.metadataOptions ?? {}),
            InstanceId: id,
        });
    }
    if (change.has("rootBlockDevice")) {
        await changeRootVolume(context, id, change);
    }
    if (change.has("instanceType", "userData", "userDataBase64")) {
        await changeWhileStopped(context, id, change);
    }
}

/** `aws:ec2/instance:Instance` */
export const instance = defineResource({
    token: "aws:ec2/instance:Instance",
    inputs: instanceInputs,

    replacesWhen(property, old, wanted) {
        if (property === "userData" || property === "userDataBase64") {
            return wanted["userDataReplaceOnChange"] === true;
        }
        // Of the root device, only what EBS cannot change in place replaces the instance.
        const [before, after] = [asBlock(old["rootBlockDevice"]), asBlock(wanted["rootBlockDevice"])];
        return (
            property === "rootBlockDevice" &&
            after["encrypted"] !== undefined &&
            after["encrypted"] !== before["encrypted"]
        );
    },

    /** A profile made a moment ago may not have reached EC2 yet. */
    async create(context, wanted) {
        const request = await toRequest(context, wanted);
        let id: string | undefined;
        await retryWhile(
            context,
            { what: "EC2 to know the instance profile", limitSeconds: profileLimitSeconds },
            hasMessage("InvalidParameterValue", /instance profile/i),
            async () => {
                id = (await context.aws.ec2.runInstances(request)).Instances?.[0]?.InstanceId;
            },
        );
        return id ?? "";
    },

    async settle(context, id, _wanted, after) {
        if (after === "create") {
            await waitForInstance(context, id, ["running"]);
        }
    },

    async read(context, id) {
        const found = await findInstance(context.aws, id);
        return found && fromInstance(context.aws, id, found);
    },

    update,
    retag: retagEc2,

    async delete(context, id) {
        await unlessGone(() => context.aws.ec2.terminateInstances({ InstanceIds: [id] }));
        await waitForInstance(context, id, ["terminated"], deleteLimitSeconds);
    },
});
