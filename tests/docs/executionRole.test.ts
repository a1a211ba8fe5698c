import { expect } from "chai";

import { serviceDeployCommand } from "../../automation/verbs/service/deploy/command";
import { capabilities } from "../../components/model/capabilities/capabilities";
import { logGroupStart } from "../../components/model/services/serviceNames";
import { readPage } from "./pages";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
const actions = [
    "secretsmanager:GetSecretValue",
    "ssm:GetParameters",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
];
const logGroups = logGroupStart("<id>", "<environment>");

describe("What an execution role of a service needs", () => {
    for (const [place, text] of [
        [
            "README.md",
            readPage("README.md")
                .split("\n### ")
                .find((part) => part.includes("`--execution-role`")),
        ],
        ["the help text", serviceDeployCommand.description],
    ] as const) {
        it(`is told by ${place}, with the log group that it writes to`, () => {
            for (const action of actions) {
                expect(text).to.contain(action);
            }
            expect(text).to.contain(`${logGroups}<service>`);
        });
    }

    it("is not all that hosts may write to: the capability awslogs names the groups of services", () => {
        expect(capabilities.awslogs.inIam).to.contain(logGroups);
    });
});
