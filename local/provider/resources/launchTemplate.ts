import type { EC2, LaunchTemplate, RequestLaunchTemplateData } from "@aws-sdk/client-ec2";
import { unlessGone } from "../aws/errors";
import { fromTagList, retagEc2, tagSpecifications, toTagList } from "../aws/tags";
import { fromAws, toAws } from "../schema/awsNames";
import {
    flag,
    integer,
    list,
    object,
    region,
    required,
    set,
    tags,
    text,
    textFlag,
    type Tags,
    type Values,
} from "../schema/property";
import { defineResource, type Observed } from "../schema/resourceType";
import { metadataFields } from "./instanceData";

const inputs = {
    blockDeviceMappings: list(
        object({
            deviceName: text(),
            ebs: object({
                deleteOnTermination: textFlag(),
                encrypted: textFlag(),
                iops: integer({ computed: true }),
                kmsKeyId: text(),
                throughput: integer({ computed: true }),
                volumeSize: integer({ computed: true }),
                volumeType: text({ computed: true }),
            }),
        }),
    ),
    iamInstanceProfile: object({ name: text() }),
    imageId: text(),
    instanceType: text(),
    keyName: text(),
    metadataOptions: object(metadataFields, { computed: true }),
    name: required(text({ replaces: true, aws: false })),
    region: region(),
    tagSpecifications: list(object({ resourceType: text(), tags: tags() }), { aws: false }),
    tags: tags(),
    updateDefaultVersion: flag({ remembered: true }),
    userData: text(),
    vpcSecurityGroupIds: set(text(), { aws: "SecurityGroupIds" }),
};

/** Of the template, not of what it launches. */
const notOfAVersion = ["tags", "tagsAll", "updateDefaultVersion"];

function toVersion(wanted: Values<typeof inputs>): RequestLaunchTemplateData {
    return {
        ...toAws(inputs, wanted),
        TagSpecifications: wanted.tagSpecifications?.map((specification) => ({
            ResourceType: specification.resourceType as "instance" | undefined,
            Tags: toTagList(specification.tags ?? {}),
        })),
    };
}

async function find(ec2: EC2, id: string): Promise<LaunchTemplate | undefined> {
    const answer = await unlessGone(() => ec2.describeLaunchTemplates({ LaunchTemplateIds: [id] }));
    return answer?.LaunchTemplates?.[0];
}

async function latestVersion(ec2: EC2, id: string): Promise<Observed> {
    const answer = await ec2.describeLaunchTemplateVersions({ LaunchTemplateId: id, Versions: ["$Latest"] });
    const data = answer.LaunchTemplateVersions?.[0]?.LaunchTemplateData ?? {};
    return {
        ...fromAws(inputs, data),
        tagSpecifications: (data.TagSpecifications ?? [])
            // moto puts the tags of the template itself among those of what it launches.
            .filter((specification) => specification.ResourceType !== "launch-template")
            .map((specification) => ({
                resourceType: specification.ResourceType,
                tags: fromTagList(specification.Tags),
            })),
    };
}

/** The tags of the template. Asked for by themselves: moto keeps telling those it was made with. */
async function tagsOf(ec2: EC2, id: string): Promise<Tags> {
    return fromTagList((await ec2.describeTags({ Filters: [{ Name: "resource-id", Values: [id] }] })).Tags);
}

/** `aws:ec2/launchTemplate:LaunchTemplate`; every change is a new version. */
export const launchTemplate = defineResource({
    token: "aws:ec2/launchTemplate:LaunchTemplate",
    inputs,
    outputs: ["latestVersion"],
    autoNameMaxLength: 255,
    unknownAfterUpdate: (changed) =>
        [...changed].some((property) => !notOfAVersion.includes(property)) ? ["latestVersion"] : [],

    async create(context, wanted) {
        const made = await context.aws.ec2.createLaunchTemplate({
            LaunchTemplateData: toVersion(wanted),
            LaunchTemplateName: wanted.name,
            TagSpecifications: tagSpecifications("launch-template", context.tags),
        });
        return made.LaunchTemplate?.LaunchTemplateId ?? "";
    },

    async read(context, id) {
        const { ec2 } = context.aws;
        const found = await find(ec2, id);
        return (
            found && {
                ...(await latestVersion(ec2, id)),
                latestVersion: found.LatestVersionNumber,
                name: found.LaunchTemplateName,
                tags: await tagsOf(ec2, id),
            }
        );
    },

    async update(context, id, change) {
        const { ec2 } = context.aws;
        let version = (await find(ec2, id))?.LatestVersionNumber;
        if (Object.keys(change.changed).some((property) => !notOfAVersion.includes(property))) {
            const made = await ec2.createLaunchTemplateVersion({
                LaunchTemplateData: toVersion(change.inputs),
                LaunchTemplateId: id,
            });
            version = made.LaunchTemplateVersion?.VersionNumber;
        }
        if (change.inputs.updateDefaultVersion === true && version !== undefined) {
            await ec2.modifyLaunchTemplate({ DefaultVersion: String(version), LaunchTemplateId: id });
        }
    },

    retag: retagEc2,

    async delete(context, id) {
        await unlessGone(() => context.aws.ec2.deleteLaunchTemplate({ LaunchTemplateId: id }));
    },
});
