import { expect } from "chai";

import { build } from "./environment";

interface Policy {
    readonly Statement: readonly {
        readonly Action: readonly string[];
        readonly Resource: readonly string[];
    }[];
}

const groupToken = "aws:cloudwatch/logGroup:LogGroup";

describe("logs of tasks", () => {
    it("have a log group of the environment's own, and hosts that may write to no other one", async () => {
        const { recorder, outputs } = await build({ capabilities: { awslogs: { retentionDays: 7 } } });
        const [group] = recorder.ofType(groupToken);
        expect(group?.inputs).to.deep.include({ name: "/ecs/dev", retentionInDays: 7 });
        expect(group?.inputs["tags"]).to.include({
            Name: "/ecs/dev",
            "sles-ecs:stack-id": "0123abcd-0000-4000-8000-000000000000",
        });
        expect(outputs.logGroupName).to.equal("/ecs/dev");
        const [policy] = recorder.ofType("aws:iam/rolePolicy:RolePolicy");
        const { Statement } = JSON.parse(String(policy?.inputs["policy"])) as Policy;
        const logging = Statement.filter(({ Action }) => Action.some((one) => one.startsWith("logs:")));
        expect(logging.map(({ Action }) => Action)).to.deep.equal([
            ["logs:CreateLogStream", "logs:PutLogEvents"],
        ]);
        expect(logging[0]?.Resource).to.have.length(1);
        expect(logging[0]?.Resource[0]).to.match(
            /^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:\/ecs\/dev:log-stream:\*$/,
        );
    });

    it("keep the log group of the agent's own container writable", async () => {
        const agent = {
            logDriver: "awslogs",
            logOpts: { "awslogs-group": "agents", "awslogs-region": "eu-west-1" },
        } as const;
        const { recorder } = await build({ agent, capabilities: { awslogs: true } });
        const [policy] = recorder.ofType("aws:iam/rolePolicy:RolePolicy");
        expect(String(policy?.inputs["policy"])).to.match(
            /arn:aws:logs:eu-west-1:\d{12}:log-group:agents:log-stream:\*/,
        );
    });

    it("are nothing that an environment has without being asked for them", async () => {
        const { recorder, outputs } = await build({});
        expect(recorder.ofType(groupToken)).to.deep.equal([]);
        expect(outputs).to.not.have.property("logGroupName");
    });
});
