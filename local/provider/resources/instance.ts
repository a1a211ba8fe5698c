import { retagEc2 } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { findInstance, waitForInstance } from "../aws/instances";
import { asBlock, type Json } from "../schema/property";
import { defineResource, type InputProblem } from "../schema/resourceType";
import { instanceInputs } from "./instanceInputs";
import { launch } from "./instanceLaunch";
import { instanceState } from "./instanceState";
import { updateInstance } from "./instanceUpdate";

const deleteLimitSeconds = 1200;

function needed(property: string, value: Json | undefined): readonly InputProblem[] {
    return value === undefined
        ? [
              {
                  property,
                  reason: `missing property "${property}" of an instance: the local provider has no launch templates here`,
              },
          ]
        : [];
}

/** `aws:ec2/instance:Instance` */
export const instance = defineResource({
    token: "aws:ec2/instance:Instance",
    inputs: instanceInputs,
    outputs: [
        "arn",
        "instanceLifecycle",
        "instanceState",
        "outpostArn",
        "passwordData",
        "primaryNetworkInterfaceId",
        "privateDns",
        "publicDns",
        "publicIp",
        "spotInstanceRequestId",
        "tagsAll",
    ],
    check: (inputs) => [
        ...needed("ami", inputs["ami"]),
        ...needed("instanceType", inputs["instanceType"]),
        ...(inputs["userData"] !== undefined && inputs["userDataBase64"] !== undefined
            ? [
                  {
                      property: "userDataBase64",
                      reason: "got userData and userDataBase64, expected one of them",
                  },
              ]
            : []),
    ],

    replacesWhen(property, old, wanted) {
        if (property === "userData" || property === "userDataBase64") {
            return wanted["userDataReplaceOnChange"] === true;
        }
        // Of the root device, only what EBS cannot change in place replaces the instance.
        const [before, after] = [asBlock(old["rootBlockDevice"]), asBlock(wanted["rootBlockDevice"])];
        return (
            property === "rootBlockDevice" &&
            ["encrypted", "kmsKeyId"].some(
                (name) => after[name] !== undefined && after[name] !== before[name],
            )
        );
    },
    unknownAfterUpdate: (changed) =>
        changed.has("instanceType") || changed.has("userData") || changed.has("userDataBase64")
            ? ["publicIp", "publicDns"]
            : [],

    create: launch,

    async settle(call, id, _inputs, after) {
        if (after === "create") {
            await waitForInstance(call, id, ["running"]);
        }
    },

    async read(call, id, known) {
        const found = await findInstance(await call.aws.ec2(), id);
        return found && instanceState(call, id, found, known);
    },

    update: updateInstance,
    retag: retagEc2,

    async delete(call, id, state) {
        const ec2 = await call.aws.ec2();
        if (state["forceDestroy"] === true && state["disableApiTermination"] === true) {
            await unlessGone(() =>
                ec2.modifyInstanceAttribute({ InstanceId: id, DisableApiTermination: { Value: false } }),
            );
        }
        await unlessGone(() => ec2.terminateInstances({ InstanceIds: [id] }));
        await waitForInstance(call, id, ["terminated"], deleteLimitSeconds);
    },
});
