import type { Handler } from "../cloud";
import { describeAutoScalingGroups, describeScalingActivities } from "./describe";
import { createAutoScalingGroup, deleteAutoScalingGroup, updateAutoScalingGroup } from "./groupLife";
import { attachInstances, detachInstances, setDesiredCapacity, terminateInstance } from "./members";

/** Actions of Amazon EC2 Auto Scaling that the front has a hand in, by name. The others are moto's. */
export const autoScalingHandlers: Readonly<Record<string, Handler>> = {
    AttachInstances: attachInstances,
    CreateAutoScalingGroup: createAutoScalingGroup,
    DeleteAutoScalingGroup: deleteAutoScalingGroup,
    DescribeAutoScalingGroups: describeAutoScalingGroups,
    DescribeScalingActivities: describeScalingActivities,
    DetachInstances: detachInstances,
    SetDesiredCapacity: setDesiredCapacity,
    TerminateInstanceInAutoScalingGroup: terminateInstance,
    UpdateAutoScalingGroup: updateAutoScalingGroup,
};
