import * as ec2 from "@pulumi/aws/ec2";
import type * as pulumi from "@pulumi/pulumi";
import type { MachineImage, Reads } from "../model/checks/reads";
import { answerOf } from "./answers";

/** SUSE's images carry this owner alias in every partition, while the account differs. */
const suse = ["amazon"];
/** Whose an image may be that a person takes for SUSE's. */
const anyone = [...suse, "self", "aws-marketplace"];

/** Images: a list has their ids only, and each is described once. */
export function imageReads(options: pulumi.InvokeOptions): Pick<Reads, "images" | "imagesById"> {
    const described = new Map<string, Promise<MachineImage>>();
    const describe = (id: string, owners: string[]): Promise<MachineImage> => {
        const image = described.get(id) ?? describeImage(id, owners, options);
        described.set(id, image);
        return image;
    };
    const find = async (owners: string[], name: string, values: readonly string[]) => {
        const filters = [{ name, values: [...values] }];
        const { ids } = await answerOf(ec2.getAmiIds({ owners, filters, includeDeprecated: true }, options));
        return Promise.all(ids.map((id) => describe(id, owners)));
    };
    return {
        images: (nameFilter) => find(suse, "name", [nameFilter]),
        imagesById: (ids) => find(anyone, "image-id", ids),
    };
}

async function describeImage(
    id: string,
    owners: string[],
    options: pulumi.InvokeOptions,
): Promise<MachineImage> {
    const filters = [{ name: "image-id", values: [id] }];
    const { name, rootDeviceName, imageOwnerAlias, deprecationTime, blockDeviceMappings } = await answerOf(
        ec2.getAmi({ owners, filters, includeDeprecated: true }, options),
    );
    const root = blockDeviceMappings.find(({ deviceName }) => deviceName === rootDeviceName);
    return {
        id,
        name,
        rootDeviceName,
        ownerAlias: imageOwnerAlias || undefined,
        deprecatedAt: deprecationTime || undefined,
        rootVolumeGiB: Number(root?.ebs["volume_size"]) || undefined,
    };
}
