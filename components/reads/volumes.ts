import * as ebs from "@pulumi/aws/ebs";
import type * as pulumi from "@pulumi/pulumi";
import type { StandingVolume } from "../model/checks/reads";
import { tagKeys, type Ownership } from "../model/tags";
import { answerOf } from "./answers";

/** Volumes of fixed hosts of environments that are called so: a list has their ids only, and each is described once. */
export async function findHostVolumes(
    owner: Ownership,
    options: pulumi.InvokeOptions,
): Promise<readonly StandingVolume[]> {
    const tags = { [tagKeys.stack]: owner.stack, [tagKeys.environment]: owner.environment };
    const inStates = async (values: string[]) => {
        const filters = [
            { name: "status", values },
            { name: "tag-key", values: [tagKeys.host] },
        ];
        return (await answerOf(ebs.getEbsVolumes({ tags, filters }, options))).ids;
    };
    // The description does not tell whether a host holds the volume.
    const [free, held] = await Promise.all([inStates(["available"]), inStates(["creating", "in-use"])]);
    return Promise.all([
        ...free.map((id) => describeVolume(id, true, options)),
        ...held.map((id) => describeVolume(id, false, options)),
    ]);
}

async function describeVolume(
    id: string,
    isFree: boolean,
    options: pulumi.InvokeOptions,
): Promise<StandingVolume> {
    const filters = [{ name: "volume-id", values: [id] }];
    const volume = await answerOf(ebs.getVolume({ filters }, options));
    return {
        id,
        sizeGiB: volume.size,
        zone: volume.availabilityZone,
        isEncrypted: volume.encrypted,
        kmsKeyId: volume.kmsKeyId || undefined,
        isFree,
        tags: volume.tags,
    };
}
