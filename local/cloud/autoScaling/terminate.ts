import type { Cloud } from "../cloud";

/** Terminates instances, which leave their group with that. */
export async function terminateMembers(cloud: Cloud, region: string, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) {
        ids.forEach((id) => cloud.lifecycleActions.delete(id));
        await liftProtection(cloud, region, ids);
        await cloud.moto.ec2(region).terminateInstances({ InstanceIds: [...ids] });
        cloud.hosts.terminated(ids);
    }
}

/**
 * EC2's protections against termination do not bind Auto Scaling; scale-in protection of its own does.
 * Sources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.html and
 * ec2-stop-protection.html beside it
 */
export async function liftProtection(
    { moto }: Pick<Cloud, "moto">,
    region: string,
    ids: readonly string[],
): Promise<void> {
    const ec2 = moto.ec2(region);
    for (const InstanceId of ids) {
        await ec2.modifyInstanceAttribute({ InstanceId, DisableApiTermination: { Value: false } });
        await ec2.modifyInstanceAttribute({ InstanceId, DisableApiStop: { Value: false } });
    }
}
