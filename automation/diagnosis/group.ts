import type { Diagnosis } from "../../components/model/diagnosis/cause";
import { diagnoseGroup } from "../../components/model/diagnosis/causes/group";
import type { Target } from "../environment/target";
import type { ScalingGroup } from "../ports/scalingServices";

/** Why a group does not launch the hosts that it wants; undefined where it only has to be waited for. */
export async function examineGroup(
    { aws, environment }: Pick<Target, "aws" | "environment">,
    group: ScalingGroup,
): Promise<Diagnosis | undefined> {
    const failedLaunch = await aws.autoScaling.failedLaunch(group.name);
    return diagnoseGroup({ ...group, failedLaunch }, environment);
}
