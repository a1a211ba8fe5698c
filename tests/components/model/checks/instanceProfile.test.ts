import { expect } from "chai";
import { checkInstanceProfile } from "../../../../components/model/checks/instanceProfile";
import type { Reads, RoleQuestion, Verdict } from "../../../../components/model/checks/reads";
import { parseSettings } from "../../../../components/model/settings";
import { said } from "../../../helpers/said";

const caller = Promise.resolve({
    accountId: "123456789012",
    arn: "arn:aws:iam::123456789012:user/alice",
    region: "eu-central-1",
});
const clusterArn = "arn:aws:ecs:eu-central-1:123456789012:cluster/dev";
const roleArn = "arn:aws:iam::123456789012:role/service/hosts";

interface Given {
    readonly agent?: object;
    /** Other sections of the settings. */
    readonly more?: object;
    readonly verdicts?: Readonly<Record<string, Verdict>>;
    readonly role?: string | undefined;
    readonly failure?: Error;
}

async function check({ agent = {}, more = {}, verdicts = {}, failure, ...given }: Given = {}) {
    const { settings } = parseSettings(
        { agent, ...more, instanceRole: { mode: "existing", instanceProfileName: "shared" } },
        "dev",
    );
    if (settings === undefined) {
        throw new Error("the test's own settings are wrong");
    }
    const asked: RoleQuestion[] = [];
    const reads: Pick<Reads, "instanceProfile" | "verdictsOnRole"> = {
        instanceProfile: () => Promise.resolve({ roleArn: "role" in given ? given.role : roleArn }),
        verdictsOnRole: (_, question) => {
            asked.push(question);
            return failure === undefined
                ? Promise.resolve(
                      new Map(question.actions.map((action) => [action, verdicts[action] ?? "allowed"])),
                  )
                : Promise.reject(failure);
        },
    };
    const findings = await checkInstanceProfile(reads, settings, caller);
    const lines = findings.map(
        ({ code, severity, path, message }) => `${severity} ${code} ${path}: ${message}`,
    );
    return { findings, lines, asked };
}

describe("an instance profile that exists", () => {
    it("is asked for what every host calls, each about its resource, with what the calls carry", async () => {
        const { lines, asked } = await check();
        expect(lines).to.deep.equal([]);
        const context = {
            "aws:RequestedRegion": "eu-central-1",
            "ecs:cluster": clusterArn,
            "ecs:CreateAction": "RegisterContainerInstance",
        };
        const host =
            "arn:aws:ecs:eu-central-1:123456789012:container-instance/dev/0123456789abcdef0123456789abcdef";
        expect(asked).to.deep.equal([
            {
                actions: [
                    "ecs:RegisterContainerInstance",
                    "ecs:SubmitContainerStateChange",
                    "ecs:SubmitTaskStateChange",
                ],
                resource: clusterArn,
                context,
            },
            { actions: ["ecs:DiscoverPollEndpoint"], resource: "*", context },
            { actions: ["ecs:Poll"], resource: host, context },
        ]);
    });

    it("is refused where hosts could not join, with the command that mends it", async () => {
        const { lines, findings } = await check({ verdicts: { "ecs:RegisterContainerInstance": "denied" } });
        expect(lines).to.deep.equal([
            "error INSTANCE_PROFILE_TOO_NARROW instanceRole.instanceProfileName: needs ecs:RegisterContainerInstance, which the role of the instance profile shared does not allow: hosts could not join",
        ]);
        expect(said(findings[0]?.hint)).to.equal(
            "aws iam attach-role-policy --role-name hosts --policy-arn arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
        );
    });

    it("is refused without a role", async () => {
        expect((await check({ role: undefined })).lines[0]).to.match(
            /^error INSTANCE_PROFILE_TOO_NARROW .*: the instance profile shared holds no role/,
        );
    });

    it("is doubted for what only single settings need, and refused where these keep hosts from joining", async () => {
        const agent = { enableSpotInstanceDraining: true, tags: { team: "a" } };
        const verdicts = {
            "ecs:UpdateContainerInstancesState": "denied",
            "ecs:TagResource": "denied",
            "ecs:SubmitTaskStateChange": "denied",
        } as const;
        expect((await check({ agent, verdicts })).lines.map((line) => line.split(":")[0])).to.deep.equal([
            "warning INSTANCE_PROFILE_TOO_NARROW instanceRole.instanceProfileName",
            "error INSTANCE_PROFILE_TOO_NARROW agent.tags",
            "warning INSTANCE_PROFILE_TOO_NARROW agent.enableSpotInstanceDraining",
        ]);
    });

    it("is asked for the log group that the settings name", async () => {
        const logOpts = { "awslogs-group": "hosts", "awslogs-create-group": "true" };
        const { asked } = await check({ agent: { logDriver: "awslogs", logOpts } });
        const group = "arn:aws:logs:eu-central-1:123456789012:log-group:hosts";
        expect(asked.slice(3).map(({ actions, resource }) => [resource, ...actions])).to.deep.equal([
            [
                `${group}:log-stream:0123456789abcdef0123456789abcdef`,
                "logs:CreateLogStream",
                "logs:PutLogEvents",
            ],
            [group, "logs:CreateLogGroup"],
        ]);
    });

    it("is asked for the token that every pull begins with, where there are repositories", async () => {
        const more = { containerRegistry: { repositories: ["web"] } };
        const { lines, asked } = await check({ more });
        expect(lines).to.deep.equal([]);
        expect(asked.find(({ resource }) => resource === "*")?.actions).to.deep.equal([
            "ecs:DiscoverPollEndpoint",
            "ecr:GetAuthorizationToken",
        ]);
        const verdicts = { "ecr:GetAuthorizationToken": "denied" } as const;
        expect((await check({ more, verdicts })).lines).to.deep.equal([
            "warning INSTANCE_PROFILE_TOO_NARROW containerRegistry: needs ecr:GetAuthorizationToken, which the role of the instance profile shared does not allow: tasks could pull from the repositories with an execution role of their own only",
        ]);
        expect((await check({ verdicts })).lines).to.deep.equal([]);
    });

    it("is asked for the log group of tasks, apart from that of the agent", async () => {
        const more = { capabilities: { awslogs: true } };
        const logOpts = { "awslogs-group": "hosts" };
        const { asked } = await check({ more, agent: { logDriver: "awslogs", logOpts } });
        const stream = "log-stream:0123456789abcdef0123456789abcdef";
        const logs = "arn:aws:logs:eu-central-1:123456789012:log-group";
        expect(asked.slice(3).map(({ actions, resource }) => [resource, ...actions])).to.deep.equal([
            [`${logs}:hosts:${stream}`, "logs:CreateLogStream", "logs:PutLogEvents"],
            [`${logs}:/ecs/dev:${stream}`, "logs:CreateLogStream", "logs:PutLogEvents"],
        ]);
        const verdicts = { "logs:PutLogEvents": "denied" } as const;
        expect((await check({ more, verdicts })).lines).to.deep.equal([
            "warning INSTANCE_PROFILE_TOO_NARROW capabilities.awslogs: needs logs:PutLogEvents, which the role of the instance profile shared does not allow: tasks could log with an execution role of their own only",
        ]);
    });

    it("is only doubted where a condition asks for what nobody can tell beforehand", async () => {
        const { lines } = await check({ verdicts: { "ecs:Poll": "unknown" } });
        expect(lines).to.have.length(1);
        expect(lines[0]).to.match(/^warning .*needs ecs:Poll, and whether .* depends on conditions/);
    });

    it("is told by the names of what settings need where AWS does not let the caller ask", async () => {
        const failure = Object.assign(new Error("not allowed to call iam:SimulatePrincipalPolicy: no"), {
            code: "AWS_ACCESS_DENIED",
        });
        expect((await check({ failure, agent: { tags: { team: "a" } } })).lines).to.deep.equal([
            "warning AWS_ACCESS_DENIED instanceRole: could not check the instance profile: not allowed to call iam:SimulatePrincipalPolicy: no",
            "warning AWS_ACCESS_DENIED agent.tags: needs ecs:TagResource, and nobody has looked whether the role of the instance profile shared allows that: without it the host would be refused when it joins",
        ]);
        const broken = await check({ failure: new Error("socket hang up") }).catch((error: unknown) => error);
        expect(broken).to.be.instanceOf(Error);
    });
});
