import type { EC2, LaunchTemplate, LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import { ec2Arn } from "../aws/arn";
import { fromTagList, retagEc2, tagSpecifications } from "../aws/ec2Tags";
import { unlessGone } from "../aws/errors";
import { givenName } from "../schema/naming";
import { defineResource, type Tags } from "../schema/resourceType";
import { fromTemplateData, toTemplateData } from "./launchTemplateData";
import { launchTemplateInputs, notOfAVersion } from "./launchTemplateInputs";

async function find(ec2: EC2, id: string): Promise<LaunchTemplate | undefined> {
    const answer = await unlessGone(() => ec2.describeLaunchTemplates({ LaunchTemplateIds: [id] }));
    return answer?.LaunchTemplates?.[0];
}

async function latestVersion(ec2: EC2, id: string): Promise<LaunchTemplateVersion | undefined> {
    const answer = await ec2.describeLaunchTemplateVersions({ LaunchTemplateId: id, Versions: ["$Latest"] });
    return answer.LaunchTemplateVersions?.[0];
}

/** The tags of the template. Asked for by themselves: moto keeps telling those it was made with. */
async function tagsOf(ec2: EC2, id: string): Promise<Tags> {
    return fromTagList((await ec2.describeTags({ Filters: [{ Name: "resource-id", Values: [id] }] })).Tags);
}

/** `aws:ec2/launchTemplate:LaunchTemplate`; every change is a new version. */
export const launchTemplate = defineResource({
    token: "aws:ec2/launchTemplate:LaunchTemplate",
    inputs: launchTemplateInputs,
    outputs: ["arn", "latestVersion", "tagsAll"],
    autoName: { property: "name", maxLength: 255 },

    unknownAfterUpdate: (changed) => {
        const isNewVersion = [...changed].some(
            (property) => ![...notOfAVersion, "tagsAll"].includes(property),
        );
        return isNewVersion
            ? ["latestVersion", ...(changed.has("defaultVersion") ? [] : ["defaultVersion"])]
            : [];
    },

    async create(call, inputs) {
        const ec2 = await call.aws.ec2();
        const made = await ec2.createLaunchTemplate({
            LaunchTemplateData: toTemplateData(inputs),
            LaunchTemplateName: givenName(inputs),
            VersionDescription: inputs.description,
            ...tagSpecifications("launch-template", call.tags),
        });
        return made.LaunchTemplate?.LaunchTemplateId ?? "";
    },

    async read(call, id) {
        const ec2 = await call.aws.ec2();
        const found = await find(ec2, id);
        if (found === undefined) {
            return undefined;
        }
        const latest = await latestVersion(ec2, id);
        return {
            ...fromTemplateData(latest?.LaunchTemplateData ?? {}),
            arn: ec2Arn(call.region, await call.aws.accountId(), `launch-template/${id}`),
            defaultVersion: found.DefaultVersionNumber,
            description: latest?.VersionDescription,
            latestVersion: found.LatestVersionNumber,
            name: found.LaunchTemplateName,
            tags: await tagsOf(ec2, id),
        };
    },

    async update(call, id, change) {
        const ec2 = await call.aws.ec2();
        const { inputs } = change;
        let version = (await find(ec2, id))?.LatestVersionNumber;
        const ofAVersion = Object.keys(launchTemplateInputs).filter((name) => !notOfAVersion.includes(name));
        if (change.has(...(ofAVersion as (keyof typeof launchTemplateInputs)[]))) {
            const made = await ec2.createLaunchTemplateVersion({
                LaunchTemplateData: toTemplateData(inputs),
                LaunchTemplateId: id,
                VersionDescription: inputs.description,
            });
            version = made.LaunchTemplateVersion?.VersionNumber;
        }
        const wanted =
            inputs.updateDefaultVersion === true
                ? version
                : change.has("defaultVersion") && inputs.defaultVersion;
        if (typeof wanted === "number") {
            await ec2.modifyLaunchTemplate({ DefaultVersion: String(wanted), LaunchTemplateId: id });
        }
    },

    retag: retagEc2,

    async delete(call, id) {
        const ec2 = await call.aws.ec2();
        await unlessGone(() => ec2.deleteLaunchTemplate({ LaunchTemplateId: id }));
    },
});
