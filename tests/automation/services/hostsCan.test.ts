import { expect } from "chai";

import { hostProblems } from "../../../automation/services/hostsCan";
import { AppError } from "../../../automation/errors/appError";
import { placed } from "../../../components/model/problem";
import { instance, registered } from "../../helpers/awsObjects";
import { createFakeAws, type FakeAwsState } from "../../helpers/fakeAws";

const awslogs = "com.amazonaws.ecs.capability.logging-driver.awslogs";
const ofRole = "ecs.capability.execution-role-awslogs";
const offers = { attributes: { [awslogs]: "", [ofRole]: "" } };
const logs = { group: "/sles-ecs/alice-1/web", region: "eu-central-1" };
const image = "registry.suse.com/suse/nginx:1.27";
const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
const executionRole = "arn:aws:iam::123456789012:role/web";
const pulls = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
const noPulls = Object.fromEntries(pulls.map((action) => [action, "denied" as const]));

interface Case extends Partial<FakeAwsState> {
    readonly task?: { readonly image?: string; readonly executionRole?: string };
    readonly required?: readonly string[];
}

/** What is said, a line each. */
async function saidOf({ task, required, ...state }: Case): Promise<readonly string[]> {
    const { aws } = createFakeAws({
        instances: [1, 2].map((number) => instance(number, { instanceProfileName: "hosts" })),
        containerInstances: { alice: [registered(1, offers), registered(2, offers)] },
        instanceProfiles: { hosts: {} },
        ...state,
    });
    const found = await hostProblems({ aws, clusterName: "alice" }, { image, logs, ...task }, required);
    return found.map((one) => `${one.severity} ${placed(one)}`);
}

const allow = {
    ...{ Effect: "Allow", Action: pulls as string | readonly string[] },
    Principal: { AWS: "arn:aws:iam::123456789012:role/hosts" },
};

/** What is said where the hosts' own role may not pull, beside the policy of the repository. */
function saidBeside(policy: string | readonly object[], more: Case = {}): Promise<readonly string[]> {
    const text = typeof policy === "string" ? policy : JSON.stringify({ Statement: policy });
    return saidOf({
        ...{ verdicts: noPulls, task: { image: `${registry}/alice/web:1` } },
        repositories: { "alice/web": { images: [], tags: {}, policy: text } },
        ...more,
    } as unknown as Case);
}

describe("whether hosts can run what is deployed", () => {
    it("is nothing to speak of where they have the attributes and their role may do all", async () => {
        expect(await saidOf({ task: { image: `${registry}/alice/web:1` } })).to.deep.equal([]);
    });

    // Docker's manual, "Amazon CloudWatch Logs logging driver": the two actions, in streams of the group.
    it("names each call that their role may not make for the logs, with its hosts", async () => {
        const verdicts = { "logs:CreateLogStream": "denied", "logs:PutLogEvents": "denied" } as const;
        const [line = "", ...more] = await saidOf({ verdicts });
        expect(more).to.deep.equal([]);
        expect(line).to.match(
            /^error no task could write to log group \/sles-ecs\/alice-1\/web: role hosts of hosts i-1, i-2 may not /,
        );
        expect(line).to.contain("logs:CreateLogStream on arn:aws:logs:eu-central-1:123456789012:log-group:");
        expect(line).to.contain("logs:PutLogEvents on ");
    });

    it("asks for pulls of images of Amazon ECR alone, on their repository", async () => {
        const verdicts = noPulls;
        expect(await saidOf({ verdicts })).to.deep.equal([]);
        const [line = "", ...more] = await saidOf({ verdicts, task: { image: `${registry}/shop/web:1` } });
        expect(more).to.deep.equal([]);
        expect(line).to.contain("error --image: no task could pull from repository shop/web: ");
        expect(line).to.contain(
            "ecr:BatchGetImage on arn:aws:ecr:eu-central-1:123456789012:repository/shop/web",
        );
        expect(line).to.not.contain("ecr:GetAuthorizationToken");
    });

    // IAM user guide, "Policy evaluation logic": within an account, a resource's policy that names the role is enough.
    it("lets a pull be that the policy of the repository allows their role", async () => {
        expect(await saidBeside([allow])).to.deep.equal([]);
        expect(
            await saidBeside([{ ...allow, Principal: { AWS: "arn:aws:iam::123456789012:root" } }]),
        ).to.have.length(1);
    });

    // IAM user guide, "AWS JSON policy elements: Action": wildcards, and no regard to case.
    it("reads the actions of that policy as IAM does", async () => {
        for (const Action of [pulls.map((one) => one.toLowerCase()), ["ecr:Batch*", "ECR:Get*"], "*"]) {
            expect(await saidBeside([{ ...allow, Action }])).to.deep.equal([]);
        }
        const [line = ""] = await saidBeside([{ ...allow, Action: "ecr:Batch*" }]);
        expect(line).to.match(
            /^error .*: role hosts of hosts i-1, i-2 may not ecr:GetDownloadUrlForLayer on /,
        );
    });

    it("warns where that policy denies, or makes conditions, or cannot be read", async () => {
        const conditional = { ...allow, Condition: { StringEquals: { "aws:PrincipalTag/team": "web" } } };
        for (const statements of [
            [conditional],
            [allow, { Effect: "Deny", Principal: "*", Action: "ecr:*" }],
            [{ Effect: "Allow", Principal: "*", NotAction: "ecr:PutImage" }],
        ]) {
            const said = await saidBeside(statements);
            expect(said.map((one) => one.split(" ")[0])).to.deep.equal(["warning"]);
        }
        expect((await saidBeside("no policy")).map((one) => one.split(" ")[0])).to.deep.equal(["warning"]);
        expect(
            await saidBeside([allow, { Effect: "Deny", Principal: "*", Action: "ecr:PutImage" }]),
        ).to.deep.equal([]);
    });

    it("lets that policy override nothing that is denied to their role in so many words, or by a boundary", async () => {
        for (const how of [{ by: "policies", isExplicit: true }, { by: "boundary" }] as const) {
            const said = await saidBeside([allow], {
                denied: [{ action: "ecr:BatchGetImage", ...how }],
            });
            expect(said).to.have.length(1);
            expect(said[0]).to.match(/^error .* may not ecr:BatchGetImage on [^,]*$/);
        }
    });

    it("asks the execution role in place of theirs, and says so by its option", async () => {
        const verdicts = { "logs:PutLogEvents": "denied" } as const;
        const [line = "", ...more] = await saidOf({ verdicts, task: { executionRole } });
        expect(more).to.deep.equal([]);
        expect(line).to.match(/^error --execution-role: .*: role web may not logs:PutLogEvents on /);
    });

    it("warns where a condition decides that only a host meets", async () => {
        const said = await saidOf({ verdicts: { "logs:PutLogEvents": "unknown" } });
        expect(said.map((one) => one.split(" ")[0])).to.deep.equal(["warning"]);
    });

    it("warns where the policies may not be asked, and refuses nothing", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", {
            message: "not allowed to call iam:SimulatePrincipalPolicy",
        });
        expect(await saidOf({ errors: { "iam.verdictsOnRole": denied } })).to.deep.equal([
            "warning could not check whether hosts may write logs and pull the image: not allowed to call iam:SimulatePrincipalPolicy",
        ]);
    });

    it("refuses where no host has all attributes, and goes by those that have them", async () => {
        const without = { attributes: {} };
        const alone = { containerInstances: { alice: [registered(1, without), registered(2, without)] } };
        expect(await saidOf(alone)).to.deep.equal([
            `error no host has every attribute without which ECS places no task: missing is ${awslogs} on all`,
        ]);
        const mixed = { containerInstances: { alice: [registered(1, without), registered(2, offers)] } };
        const [line = ""] = await saidOf({ ...mixed, verdicts: { "logs:PutLogEvents": "denied" } });
        expect(line).to.contain("role hosts of host i-2 may not");
    });

    it("says what is missing on which host, and mends each by its own setting", async () => {
        const { aws } = createFakeAws({
            containerInstances: {
                alice: [
                    registered(1, { attributes: { [awslogs]: "" } }),
                    registered(2, { attributes: { [ofRole]: "" } }),
                ],
            },
        });
        const [found] = await hostProblems({ aws, clusterName: "alice" }, { image, logs, executionRole });
        expect(found?.message).to.contain(`missing are ${awslogs} on i-2; ${ofRole} on i-1`);
        expect(found?.hint).to.equal(
            "let agent.availableLoggingDrivers have awslogs, or leave it out; set agent.enableAwslogsExecutionRoleOverride to true, or leave it out",
        );
    });

    it("has attributes that ECS wants of a registered task definition count, and says what SUSE has not", async () => {
        const [line = ""] = await saidOf({ required: ["ecs.capability.efsAuth"] });
        expect(line).to.contain("ecs.capability.efsAuth (EFS with transitEncryption or IAM authorization");
    });

    it("says nothing where there is no host that takes tasks", async () => {
        const draining = { containerInstances: { alice: [registered(1, { status: "DRAINING" })] } };
        expect(await saidOf({ ...draining, verdicts: { "logs:PutLogEvents": "denied" } })).to.deep.equal([]);
    });
});
