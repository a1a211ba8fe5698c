import { paginateDescribeVolumes, type Volume } from "@aws-sdk/client-ec2";
import type { OperationContext } from "../aws/operationContext";
import { fromTagList } from "../aws/tags";
import { defineFunction } from "../schema/functionType";
import { region, tags, type Values } from "../schema/property";
import { filters, theOnly, toFilters } from "./filters";

const search = { filters: filters(), region: region(), tags: tags() };

async function findVolumes(context: OperationContext, wanted: Values<typeof search>): Promise<Volume[]> {
    const Filters = toFilters(wanted.filters, {}, wanted.tags);
    const found: Volume[] = [];
    for await (const { Volumes = [] } of paginateDescribeVolumes({ client: context.aws.ec2 }, { Filters })) {
        found.push(...Volumes);
    }
    return found;
}

/** `aws.ebs.getEbsVolumes` */
export const getEbsVolumes = defineFunction({
    token: "aws:ebs/getEbsVolumes:getEbsVolumes",
    inputs: search,
    async run(context, wanted) {
        return { id: context.region, ids: (await findVolumes(context, wanted)).map((one) => one.VolumeId) };
    },
});

/** `aws.ebs.getVolume` */
export const getVolume = defineFunction({
    token: "aws:ebs/getVolume:getVolume",
    inputs: search,
    async run(context, wanted) {
        const found = theOnly(
            await findVolumes(context, wanted),
            "EC2 EBS Volume",
            "use additional constraints to reduce matches to a single EC2 EBS Volume",
        );
        return {
            availabilityZone: found.AvailabilityZone,
            encrypted: found.Encrypted ?? false,
            id: found.VolumeId,
            kmsKeyId: found.KmsKeyId ?? "",
            size: found.Size,
            tags: fromTagList(found.Tags),
            volumeId: found.VolumeId,
        };
    },
});
