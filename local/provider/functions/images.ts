import type { Image } from "@aws-sdk/client-ec2";
import type { OperationContext } from "../aws/operationContext";
import { defineFunction } from "../schema/functionType";
import { flag, list, region, text, type Values } from "../schema/property";
import { filters, toFilters } from "./filters";

const search = { filters: filters(), includeDeprecated: flag(), owners: list(text()), region: region() };

/** Images that match, newest first. */
async function findImages(context: OperationContext, wanted: Values<typeof search>): Promise<Image[]> {
    const answer = await context.aws.ec2.describeImages({
        Filters: toFilters(wanted.filters),
        IncludeDeprecated: wanted.includeDeprecated,
        Owners: wanted.owners && [...wanted.owners],
    });
    return (answer.Images ?? []).sort((a, b) => (b.CreationDate ?? "").localeCompare(a.CreationDate ?? ""));
}

/** `aws.ec2.getAmi` */
export const getAmi = defineFunction({
    token: "aws:ec2/getAmi:getAmi",
    inputs: { ...search, mostRecent: flag() },
    async run(context, inputs) {
        const images = await findImages(context, inputs);
        const [newest] = images;
        if (newest === undefined) {
            throw new Error("your query returned no results: change your search criteria and try again");
        }
        if (images.length > 1 && inputs.mostRecent !== true) {
            throw new Error(
                `your query returned ${images.length} results: try a more specific search, or set mostRecent to true`,
            );
        }
        return {
            // The package gives numbers as text by EC2's own names.
            blockDeviceMappings: (newest.BlockDeviceMappings ?? []).map(({ DeviceName, Ebs }) => ({
                deviceName: DeviceName ?? "",
                ebs: { volume_size: String(Ebs?.VolumeSize ?? 0) },
            })),
            deprecationTime: newest.DeprecationTime ?? "",
            id: newest.ImageId,
            imageOwnerAlias: newest.ImageOwnerAlias ?? "",
            name: newest.Name ?? "",
            rootDeviceName: newest.RootDeviceName ?? "",
        };
    },
});

/** `aws.ec2.getAmiIds` */
export const getAmiIds = defineFunction({
    token: "aws:ec2/getAmiIds:getAmiIds",
    inputs: search,
    async run(context, inputs) {
        const ids = (await findImages(context, inputs)).map((image) => image.ImageId ?? "");
        return { id: ids.join(","), ids };
    },
});
