import type { EC2, Filter, Image, Instance, Volume } from "@aws-sdk/client-ec2";
import { Batch } from "./batch";

/** An instance, and the account that it belongs to. */
export type OwnedInstance = Instance & { readonly accountId: string };

/**
 * What EC2 has of these ids, many of them in one call, as the engine asks for all hosts of a program at the same time.
 * By a filter, which leaves out what does not exist where a list of ids would fail for all.
 */
export class Ec2LookUps {
    readonly images: Batch<string, Image>;
    readonly instances: Batch<string, OwnedInstance>;
    readonly volumes: Batch<string, Volume>;

    constructor(ec2: EC2) {
        this.images = new Batch(async (ids) => {
            const { Images = [] } = await ec2.describeImages(byId("image-id", ids));
            return mapById(Images, ({ ImageId }) => ImageId);
        });
        this.instances = new Batch(async (ids) => {
            const { Reservations = [] } = await ec2.describeInstances(byId("instance-id", ids));
            return mapById(
                Reservations.flatMap(({ Instances = [], OwnerId: accountId = "" }) =>
                    Instances.map((instance) => ({ ...instance, accountId })),
                ),
                ({ InstanceId }) => InstanceId,
            );
        });
        this.volumes = new Batch(async (ids) => {
            const { Volumes = [] } = await ec2.describeVolumes(byId("volume-id", ids));
            return mapById(Volumes, ({ VolumeId }) => VolumeId);
        });
    }
}

export function byId(name: string, ids: readonly string[]): { Filters: Filter[] } {
    return { Filters: [{ Name: name, Values: [...ids] }] };
}

export function mapById<Item>(
    items: readonly Item[],
    idOf: (item: Item) => string | undefined,
): Map<string, Item> {
    return new Map(items.map((item) => [idOf(item) ?? "", item]));
}
