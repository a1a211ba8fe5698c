import { expect } from "chai";

import type { LaunchTemplateData } from "../../../automation/ports/scalingServices";
import { said, withAnswers } from "./lostAnswers";

/** What a launch template says whose image EC2 gives as this; with what EC2 was asked. */
async function read(imageId: string | undefined): Promise<LaunchTemplateData & { form: URLSearchParams }> {
    let form = new URLSearchParams();
    let data: LaunchTemplateData | undefined;
    const image = imageId === undefined ? "" : `<imageId>${imageId}</imageId>`;
    const userData = Buffer.from("#!/bin/sh\n").toString("base64");
    const version = `<item><launchTemplateData>${image}<userData>${userData}</userData></launchTemplateData></item>`;
    await withAnswers(
        {
            DescribeLaunchTemplateVersions: [
                said(
                    `<DescribeLaunchTemplateVersionsResponse><launchTemplateVersionSet>${version}</launchTemplateVersionSet></DescribeLaunchTemplateVersionsResponse>`,
                ),
            ],
        },
        async ({ ec2 }) => {
            data = await ec2.launchTemplate({ id: "lt-1", version: "$Latest" });
        },
        (_, body) => {
            form = new URLSearchParams(body);
        },
    );
    return { ...(data ?? { userData: new Uint8Array() }), form };
}

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ResponseLaunchTemplateData.html, ImageId
describe("the image of a launch template", () => {
    it("is asked for as what a parameter stands for", async () => {
        const { form, imageId, imageParameter, userData } = await read("ami-0123456789abcdef0");
        expect(form.get("ResolveAlias")).to.equal("true");
        expect(form.get("LaunchTemplateId")).to.equal("lt-1");
        expect(form.get("LaunchTemplateVersion.1")).to.equal("$Latest");
        expect([imageId, imageParameter]).to.deep.equal(["ami-0123456789abcdef0", undefined]);
        expect(Buffer.from(userData).toString()).to.equal("#!/bin/sh\n");
    });

    it("is none, but a parameter, where EC2 has not resolved it", async () => {
        const { imageId, imageParameter } = await read("resolve:ssm:/golden/sles");
        expect([imageId, imageParameter]).to.deep.equal([undefined, "resolve:ssm:/golden/sles"]);
    });

    it("is none where the template names none", async () => {
        const { imageId, imageParameter } = await read(undefined);
        expect([imageId, imageParameter]).to.deep.equal([undefined, undefined]);
    });
});
