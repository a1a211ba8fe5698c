import type { ResolvedSettings } from "../../components/model/settings";
import type { Subnet } from "../ports/aws";
import type { Aws } from "../ports/awsServices";
import { refusal, warning, type Findings } from "./finding";

/** EC2 must offer the instance type in one of the zones that the hosts may go to. */
export async function checkInstanceType(
    aws: { readonly ec2: Pick<Aws["ec2"], "zonesOffering"> },
    settings: Pick<ResolvedSettings, "hosts" | "network">,
    subnets: readonly Subnet[],
): Promise<Findings> {
    const { instanceType } = settings.hosts;
    const offering = await aws.ec2.zonesOffering(instanceType);
    const path = "hosts.instanceType";
    if (offering.length === 0) {
        const message = `EC2 does not offer ${instanceType} in this region`;
        return [refusal("INSTANCE_TYPE_NOT_OFFERED", path, message)];
    }
    const zones = [...new Set(subnets.map((subnet) => subnet.zone))].sort();
    const without = zones.filter((zone) => !offering.includes(zone));
    if (without.length === 0) {
        return [];
    }
    const message = `EC2 does not offer ${instanceType} in ${without.join(", ")}; it does in ${[...offering].sort().join(", ")}`;
    if (without.length === zones.length) {
        return [refusal("INSTANCE_TYPE_NOT_OFFERED", path, message)];
    }
    // Hosts pass over such zones. Of subnets that a person chose, that person may want to know.
    return settings.network.mode === "existing" ? [warning("INSTANCE_TYPE_NOT_OFFERED", path, message)] : [];
}

export async function checkInstanceProfile(
    aws: { readonly iam: Pick<Aws["iam"], "instanceProfileExists"> },
    role: ResolvedSettings["instanceRole"],
): Promise<Findings> {
    if (role.mode === "create" || (await aws.iam.instanceProfileExists(role.instanceProfileName))) {
        return [];
    }
    const message = `there is no instance profile ${role.instanceProfileName}`;
    return [refusal("INSTANCE_PROFILE_NOT_FOUND", "instanceRole.instanceProfileName", message)];
}

export async function checkKeyPair(
    aws: { readonly ec2: Pick<Aws["ec2"], "keyPairExists"> },
    keyName: string | undefined,
): Promise<Findings> {
    if (keyName === undefined || (await aws.ec2.keyPairExists(keyName))) {
        return [];
    }
    return [refusal("KEY_PAIR_NOT_FOUND", "hosts.keyName", `the region has no key pair ${keyName}`)];
}
