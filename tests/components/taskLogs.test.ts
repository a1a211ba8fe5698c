import { expect } from "chai";

import { serviceNames } from "../../components/model/services/serviceNames";
import { build } from "./environment";

interface Policy {
    readonly Statement: readonly {
        readonly Action: readonly string[];
        readonly Resource: readonly string[];
    }[];
}

const groupToken = "aws:cloudwatch/logGroup:LogGroup";

describe("logs of tasks", () => {
    it("have a log group of the environment's own, and hosts that may write to it and to those of services alone", async () => {
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
        expect(
            logging[0]?.Resource.map((one) => one.replace(/^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:/, "")),
        ).to.deep.equal(["/ecs/dev:log-stream:*", "/sles-ecs/dev-0123abcd/*:log-stream:*"]);
    });

    it("let hosts write what containers of service deploy say", () => {
        const { logGroup } = serviceNames("0123abcd-0000-4000-8000-000000000000", "dev", "web");
        expect(logGroup).to.equal("/sles-ecs/dev-0123abcd/web");
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
