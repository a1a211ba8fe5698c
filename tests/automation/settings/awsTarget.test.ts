import { expect } from "chai";

import { requireSamePlace } from "../../../automation/preflight/findings";
import { survey } from "../../../automation/teardown/survey";
import { awsTarget } from "../../../automation/settings/environmentSettings";
import { AppError } from "../../../automation/errors/appError";
import { targetIn } from "../../helpers/awsObjects";
import { createFakeAws } from "../../helpers/fakeAws";
import { preflight } from "../../helpers/preflightCase";
import { said } from "../../helpers/said";

function thrownBy(act: () => unknown): unknown {
    try {
        return act();
    } catch (error) {
        return error;
    }
}

describe("awsTarget", () => {
    it("takes region and profile, and lets options pass that lead nowhere else", () => {
        const config = {
            "aws:region": "eu-west-1",
            "aws:profile": "team",
            "aws:defaultTags": { tags: { team: "web" } },
            "aws:allowedAccountIds": ["123456789012"],
            "aws:skipMetadataApiCheck": true,
            "aws:assumeRoles": null,
            "sles-ecs:hosts": { count: 2 },
        };
        expect(awsTarget(config)).to.deep.equal({ region: "eu-west-1", profile: "team" });
        expect(said(awsTarget({ "aws:region": "" }))).to.deep.equal({});
    });

    const secret = { secure: "v1:abc:def" };
    const options: readonly (readonly [key: string, value: unknown])[] = [
        ["aws:assumeRoles", [{ roleArn: "arn:aws:iam::210987654321:role/deploy" }]],
        ["aws:assumeRole", { roleArn: "arn:aws:iam::210987654321:role/deploy" }],
        ["aws:assumeRoleWithWebIdentity", { roleArn: "arn:aws:iam::210987654321:role/deploy" }],
        ["aws:accessKey", secret],
        ["aws:secretKey", secret],
        ["aws:token", secret],
        ["aws:endpoints", [{ ec2: "http://127.0.0.1:5000" }]],
        ["aws:sharedConfigFiles", ["/etc/aws/config"]],
        ["aws:sharedCredentialsFiles", ["/etc/aws/credentials"]],
        ["aws:region", secret],
        ["aws:profile", secret],
    ];
    for (const [key, value] of options) {
        it(`refuses ${key} as ${JSON.stringify(value)}, by which the engine alone would go`, () => {
            const error = thrownBy(() => awsTarget({ [key]: value }));
            expect(error).to.be.instanceOf(AppError);
            expect(error).to.include({ code: "AWS_CONFIG_UNSUPPORTED", exitCode: 2 });
            expect((error as AppError).message)
                .to.contain(key)
                .and.not.contain("v1:abc:def");
            expect((error as AppError).hint).to.match(/AWS_PROFILE|pulumi config set aws:/);
        });
    }
});

describe("an environment in another account or region than the caller", () => {
    const caller = {
        accountId: "123456789012",
        arn: "arn:aws:iam::123456789012:user/alice",
        region: "eu-central-1",
    };
    const arn = (region: string, account: string): string => `arn:aws:ecs:${region}:${account}:cluster/alice`;

    it("is let pass where nothing differs, or nothing is known", () => {
        requireSamePlace(caller, arn("eu-central-1", "123456789012"));
        requireSamePlace(caller, undefined);
        requireSamePlace(caller, "alice");
    });

    it("is refused with both places named, and what to set", () => {
        const account = thrownBy(() => requireSamePlace(caller, arn("eu-central-1", "210987654321")));
        expect(account).to.include({ code: "AWS_ACCOUNT_MISMATCH", exitCode: 2 });
        expect(account).to.include({
            message:
                "the environment's cluster is in account 210987654321, region eu-central-1, but AWS is asked as " +
                "arn:aws:iam::123456789012:user/alice of account 123456789012 in region eu-central-1; nothing has been changed",
            hint: "export AWS_PROFILE=<a profile of account 210987654321>",
        });
        const region = thrownBy(() => requireSamePlace(caller, arn("us-east-1", "123456789012")));
        expect(region).to.include({
            code: "AWS_ACCOUNT_MISMATCH",
            hint: "export AWS_REGION=us-east-1, or set aws:region in the settings file to it",
        });
    });

    const elsewhere = arn("eu-central-1", "210987654321");

    it("is refused by the survey that every destroy begins with, before ECS or EC2 are asked", async () => {
        const fake = createFakeAws();
        const error: unknown = await survey(
            {
                ...targetIn(fake, { clusterArn: elsewhere }),
                adopted: false,
            },
            { note: () => undefined },
        ).catch((reason: unknown) => reason);
        expect(error).to.have.property("code", "AWS_ACCOUNT_MISMATCH");
        expect(fake.reads).to.deep.equal(["identity.caller"]);
    });

    it("is refused by the preflight, whatever else is wrong there", async () => {
        const { result } = await preflight({
            stackIsEmpty: false,
            clusterArn: elsewhere,
            aws: { images: [] },
        });
        expect(result).to.have.property("code", "AWS_ACCOUNT_MISMATCH");
    });
});
