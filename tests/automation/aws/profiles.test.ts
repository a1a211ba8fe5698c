import path from "node:path";

import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";
import { toAppError } from "../../../automation/aws/errors";
import { failureOf, withProcessEnv } from "../../helpers/awsFailures";
import { makeFolder, removeFolders } from "../../helpers/project";

describe("profiles of AWS's configuration files", () => {
    afterEach(removeFolders);

    const config = [
        "[profile base]",
        "aws_access_key_id = AKIAEXAMPLE",
        "aws_secret_access_key = secret",
        "[profile guarded]",
        "role_arn = arn:aws:iam::123456789012:role/admin",
        "source_profile = base",
        "mfa_serial = arn:aws:iam::123456789012:mfa/ann",
        "[profile corp]",
        "sso_session = corp",
        "sso_account_id = 123456789012",
        "sso_role_name = admin",
        "[sso-session corp]",
        "sso_start_url = https://corp.example.com/start",
        "sso_region = us-east-1",
    ].join("\n");

    for (const [profile, code, hint] of [
        ["corp", "AWS_SSO_LOGIN_NEEDED", "aws sso login --profile corp"],
        [
            "guarded",
            "AWS_MFA_NEEDED",
            'eval "$(aws configure export-credentials --profile guarded --format env)", then unset AWS_PROFILE',
        ],
        ["bas", "AWS_CREDENTIALS_MISSING", "aws configure list-profiles"],
    ] as const) {
        it(`have each their own next step: ${code}`, async () => {
            const folder = makeFolder({ config, credentials: "" });
            const files = {
                AWS_CONFIG_FILE: path.join(folder, "config"),
                AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
                AWS_EC2_METADATA_DISABLED: "true",
            };
            await withProcessEnv(files, async () => {
                const aws = connectAws({ env: files, region: "us-east-1", profile });
                const error = await failureOf(aws.identity.caller());
                expect(error).to.include({ code, hint });
                expect(error.message).to.contain(`the profile ${profile}`);
            });
        });
    }

    it("are told by the one that was meant, of either file, where there is none of the name", async () => {
        const folder = makeFolder({
            config: "[profile prod]\nregion = eu-west-1\n[profile corp]\nregion = eu-west-1\n",
            credentials: "[staging]\nregion = eu-west-1\n",
        });
        const files = {
            AWS_CONFIG_FILE: path.join(folder, "config"),
            AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
            AWS_EC2_METADATA_DISABLED: "true",
        };
        const messageOf = async (changes: { profile?: string; env?: Record<string, string> }) => {
            const env = { ...files, ...changes.env };
            const { profile } = changes;
            const error = await failureOf(
                connectAws({ env, region: "us-east-1", profile }).identity.caller(),
            );
            expect(error).to.include({
                code: "AWS_CREDENTIALS_MISSING",
                hint: "aws configure list-profiles",
            });
            return error.message;
        };
        await withProcessEnv(files, async () => {
            expect(await messageOf({ profile: "prodd" })).to.equal(
                "the profile prodd is not in the AWS configuration files; did you mean prod?",
            );
            expect(await messageOf({ env: { AWS_PROFILE: "stagin" } })).to.match(/did you mean staging\?$/);
            expect(await messageOf({ profile: "zzz" })).to.equal(
                "the profile zzz is not in the AWS configuration files; there are prod, corp, staging",
            );
            // It is there, and has no credentials.
            expect(await messageOf({ profile: "prod" })).to.match(
                /^no AWS credentials for the profile prod: /,
            );
        });
    });
});

describe("a region that is not there", () => {
    const unresolved = Object.assign(new Error("getaddrinfo ENOTFOUND sts.eu-cental-1.amazonaws.com"), {
        code: "ENOTFOUND",
    });
    const inRegion = (region: string, endpoint?: string) =>
        toAppError(unresolved, { action: "sts:GetCallerIdentity", endpoint, region });

    it("is what nobody answers for, with the one that was meant", () => {
        expect(inRegion("eu-cental-1")).to.include({
            code: "AWS_UNREACHABLE",
            message:
                "cannot reach AWS for sts:GetCallerIdentity: nothing answers in eu-cental-1, which is no region of AWS that is known here; did you mean eu-central-1?",
            hint: "export AWS_REGION=eu-central-1",
        });
    });

    it("is not blamed where it is there, or where calls go elsewhere", () => {
        for (const error of [inRegion("eu-central-1"), inRegion("eu-cental-1", "http://127.0.0.1:1")]) {
            expect(error.message).to.match(/^cannot reach .*: getaddrinfo ENOTFOUND/);
        }
    });
});
