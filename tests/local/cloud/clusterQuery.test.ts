import { expect } from "chai";
import { parseClusterQuery } from "../../../local/cloud/ecs/clusterQuery";

const attributes: Readonly<Record<string, string>> = {
    "attribute:ecs.instance-type": "t3.medium",
    "attribute:ecs.availability-zone": "us-east-1a",
    "attribute:stack": "prod",
    agentConnected: "true",
    runningTasksCount: "2",
};
const subject = {
    value: (name: string) => attributes[name],
    taskValues: (property: string) => (property === "group" ? ["service:web"] : []),
};

/** Source: ECS developer guide, "Create expressions to define container instances for ECS tasks". */
const table: readonly (readonly [string, boolean])[] = [
    ["attribute:ecs.instance-type == t3.medium", true],
    ["attribute:ecs.instance-type =~ t3.*", true],
    ["attribute:ecs.instance-type =~ t3", false],
    ["attribute:ecs.instance-type !~ g2.*", true],
    ["attribute:ecs.instance-type != t3.medium", false],
    ["attribute:ecs.availability-zone in [us-east-1a, us-east-1b]", true],
    ["attribute:ecs.availability-zone !in [us-east-1a]", false],
    ["attribute:stack exists", true],
    ["attribute:rack exists", false],
    ["attribute:rack !exists", true],
    ["attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d", false],
    ["agentConnected == true and not(attribute:stack == dev)", true],
    ["attribute:stack == dev or attribute:stack == 'prod'", true],
    ["(attribute:stack == dev or attribute:stack == prod) and attribute:rack exists", false],
    ["runningTasksCount > 1", true],
    ["runningTasksCount < 10", true],
    ["runningTasksCount >= 3", false],
    ["task:group == service:web", true],
    ["not(task:group == service:web)", false],
];

describe("filters of the cluster query language", () => {
    for (const [text, expected] of table) {
        it(`${text} ${expected ? "fits" : "does not fit"}`, () => {
            expect(parseClusterQuery(text)(subject)).to.equal(expected);
        });
    }

    for (const text of [
        "attribute:stack ==",
        "== prod",
        "attribute:stack is prod",
        "(attribute:stack == prod",
        "a == b c",
    ]) {
        it(`refuses ${text}`, () => {
            expect(() => parseClusterQuery(text)).to.throw("Invalid filter expression");
        });
    }
});
