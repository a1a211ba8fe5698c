import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

import { expect } from "chai";

import { connectAws } from "../../../automation/aws/connect";
import { toAppError } from "../../../automation/aws/errors";
import type { Aws } from "../../../automation/ports/awsServices";
import { failureOf, withProcessEnv } from "../../helpers/awsFailures";
import { makeFolder, removeFolders } from "../../helpers/project";

const keys = {
    AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_REGION: "eu-central-1",
};

/** An endpoint that gives every call the same answer. */
async function withEndpoint(
    status: number,
    headers: Record<string, string>,
    body: string,
    work: (url: string, requests: string[]) => Promise<void>,
): Promise<void> {
    const requests: string[] = [];
    const server = http.createServer((request, response) => {
        requests.push(String(request.headers["x-amz-target"] ?? request.url));
        response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
        await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests);
    } finally {
        await new Promise((resolve) => server.close(resolve));
    }
}

function connect(env: Record<string, string>): Aws {
    return connectAws({ env: { ...keys, AWS_MAX_ATTEMPTS: "1", ...env } });
}

const json = { "content-type": "application/x-amz-json-1.1" };

describe("errors of AWS", () => {
    it("takes it for a failure that ECS did not set the status of a host, which ECS only mentions", async () => {
        const body = '{"containerInstances":[],"failures":[{"arn":"arn:ci-1","reason":"MISSING"}]}';
        await withEndpoint(200, json, body, async (url) => {
            const { ecs } = connect({ AWS_ENDPOINT_URL: url });
            const error = await failureOf(ecs.drain("alice", ["arn:ci-1"]));
            expect(error).to.include({
                code: "AWS_FAILED",
                message: "ECS did not set arn:ci-1 to DRAINING: MISSING",
            });
        });
    });

    const answers: readonly (readonly [string, number, string, string, RegExp])[] = [
        [
            "a missing permission, naming the call",
            400,
            '{"__type":"AccessDeniedException","message":"User: ann is not authorized."}',
            "AWS_ACCESS_DENIED",
            /^not allowed to call ecs:DescribeClusters: User: ann is not authorized$/,
        ],
        [
            "an expired token",
            400,
            '{"__type":"ExpiredTokenException","message":"The security token included in the request is expired"}',
            "AWS_CREDENTIALS_EXPIRED",
            /^the AWS credentials have expired/,
        ],
        [
            "credentials that AWS does not know",
            400,
            '{"__type":"UnrecognizedClientException","message":"The security token included in the request is invalid."}',
            "AWS_CREDENTIALS",
            /refuses the credentials: UnrecognizedClientException/,
        ],
        [
            "throttling",
            400,
            '{"__type":"ThrottlingException","message":"Rate exceeded"}',
            "AWS_THROTTLED",
            /slows us down: ecs:DescribeClusters/,
        ],
        [
            "anything else, with AWS's own words",
            400,
            '{"__type":"InvalidParameterException","message":"Identifiers contain invalid characters."}',
            "AWS_FAILED",
            /^ecs:DescribeClusters failed: InvalidParameterException, Identifiers contain invalid characters$/,
        ],
    ];
    for (const [what, status, body, code, message] of answers) {
        it(`tell of ${what}`, async () => {
            await withEndpoint(status, json, body, async (url) => {
                const aws = connect({ AWS_ENDPOINT_URL: url });
                const error = await failureOf(aws.ecs.cluster("alice"));
                expect(error.code).to.equal(code);
                expect(error.message).to.match(message);
                expect(error.exitCode).to.equal(1);
            });
        });
    }

    it("tell of EC2's own way to say that a permission is missing", async () => {
        const body =
            "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>";
        await withEndpoint(403, { "content-type": "text/xml" }, body, async (url) => {
            const aws = connect({ AWS_ENDPOINT_URL: url });
            const error = await failureOf(aws.ec2.consoleOutput("i-1"));
            expect(error.code).to.equal("AWS_ACCESS_DENIED");
            expect(error.message).to.contain("ec2:GetConsoleOutput");
        });
    });

    it("tell of an endpoint where nobody answers, naming its address", async () => {
        const aws = connect({ AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
        const error = await failureOf(aws.identity.caller());
        expect(error.code).to.equal("AWS_UNREACHABLE");
        expect(error.message).to.match(
            /^cannot reach http:\/\/127\.0\.0\.1:9 for sts:GetCallerIdentity: .*ECONNREFUSED/,
        );
    });

    it("tell of a name that does not resolve", async () => {
        const aws = connect({ AWS_ENDPOINT_URL: "http://nowhere.invalid" });
        const error = await failureOf(aws.identity.caller());
        expect(error.code).to.equal("AWS_UNREACHABLE");
        expect(error.message).to.contain("http://nowhere.invalid");
    });

    it("tell of missing credentials and of a missing region", () => {
        const call = { action: "sts:GetCallerIdentity", endpoint: undefined };
        const missing = Object.assign(new Error("Could not load credentials from any providers"), {
            name: "CredentialsProviderError",
        });
        expect(toAppError(missing, call).code).to.equal("AWS_CREDENTIALS_MISSING");
        expect(toAppError(new Error("Region is missing"), call)).to.include({
            code: "AWS_REGION_MISSING",
            exitCode: 2,
        });
    });
});

describe("the session with AWS", () => {
    it("has no profile where the name is empty, as a shell leaves it", async () => {
        await withEndpoint(200, json, '{"clusterArns":[]}', async (url, requests) => {
            const env = { ...keys, AWS_PROFILE: "", AWS_ENDPOINT_URL: url };
            expect(await connectAws({ env, profile: "" }).ecs.clusterNames()).to.deep.equal([]);
            expect(requests).to.have.lengthOf(1);
        });
    });

    it("finds the region in AWS's own file where neither settings nor environment name one", async () => {
        const file = path.join(makeFolder({ config: "[profile blue]\nregion = eu-north-1\n" }), "config");
        await withProcessEnv({ AWS_CONFIG_FILE: file, AWS_REGION: undefined }, async () => {
            expect(await connectAws({ env: {}, profile: "blue" }).identity.region()).to.equal("eu-north-1");
            const error = await failureOf(connectAws({ env: {}, profile: "red" }).identity.region());
            expect(error).to.include({
                code: "AWS_REGION_MISSING",
                message: "the profile red is not in the AWS configuration files; there are blue",
            });
        }).finally(removeFolders);
    });

    it("asks a service at its own endpoint when the environment names one", async () => {
        await withEndpoint(200, json, '{"clusters":[]}', async (url, requests) => {
            const aws = connect({ AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_ENDPOINT_URL_ECS: url });
            expect(await aws.ecs.cluster("alice")).to.equal(undefined);
            expect(requests).to.deep.equal(["AmazonEC2ContainerServiceV20141113.DescribeClusters"]);
        });
    });

    it("tries again when it is throttled, as often as AWS_MAX_ATTEMPTS says", async () => {
        const body = '{"__type":"ThrottlingException","message":"Rate exceeded"}';
        await withEndpoint(400, json, body, async (url, requests) => {
            const aws = connect({ AWS_ENDPOINT_URL: url, AWS_MAX_ATTEMPTS: "2" });
            await failureOf(aws.ecs.cluster("alice"));
            expect(requests).to.have.lengthOf(2);
        });
    });

    it("takes a cluster that does not exist for an empty one", async () => {
        const body = '{"__type":"ClusterNotFoundException","message":"Cluster not found."}';
        await withEndpoint(400, json, body, async (url) => {
            const aws = connect({ AWS_ENDPOINT_URL: url });
            expect(await aws.ecs.containerInstances("alice")).to.deep.equal([]);
            expect(await aws.ecs.services("alice")).to.deep.equal([]);
            expect(await aws.ecs.tasks("alice")).to.deep.equal([]);
            await aws.ecs.deleteService("alice", "web");
        });
    });
});
