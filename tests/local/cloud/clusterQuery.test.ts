import { expect } from "chai";
import { readClusterQuery } from "../../../local/cloud/ecs/clusterQuery";
import type { Occupied } from "../../../local/cloud/ecs/state";

// The rules and the forms of the examples:
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html
describe("cluster query language of the local cloud", () => {
    const candidate = {
        host: {
            ec2InstanceId: "i-1",
            agentConnected: true,
            agentVersion: "1.105.1",
            registeredAtSeconds: Date.parse("2026-11-20T10:00:00Z") / 1000,
            attributes: {
                "ecs.instance-type": "t3.medium",
                "ecs.availability-zone": "us-east-1a",
                gpu: undefined,
            },
        },
        tasks: [
            { group: "service:web", lastStatus: "RUNNING" },
            { group: "family:job", lastStatus: "PENDING" },
        ],
    } as unknown as Occupied;

    for (const [expression, holds] of [
        ["attribute:ecs.instance-type == t3.medium", true],
        ["attribute:ecs.instance-type equals 't3.medium'", true],
        ["attribute:ecs.instance-type != t3.medium", false],
        ["attribute:ecs.instance-type =~ t3.*", true],
        ["attribute:ecs.instance-type =~ 3", false],
        ["attribute:ecs.instance-type !~ t3.*", false],
        ["attribute:ecs.availability-zone in [us-east-1a, us-east-1b]", true],
        ["attribute:ecs.availability-zone !in [us-east-1a]", false],
        ["attribute:ecs.availability-zone not_in ['us-east-1c']", true],
        ["attribute:gpu exists", true],
        ["attribute:rack exists", false],
        ["attribute:rack !exists", true],
        ["attribute:rack not_exists", true],
        ["agentConnected == false", false],
        ["agentVersion >= 1.99.0", true],
        ["agentVersion less_than 1.99.0", false],
        ["registeredAt > 2026-11-19", true],
        ["registeredAt > 2026-11-20T10:00:01Z", false],
        ["runningTasksCount == 1", true],
        ["runningTasksCount > 9", false],
        ["task:group == service:web", true],
        ["not(task:group == service:web)", false],
        ["!(task:group == service:db)", true],
        ["ec2InstanceId in ['i-1', 'i-2'] and agentConnected == true", true],
        ["attribute:rack exists or attribute:gpu exists && ec2InstanceId == i-2", false],
        ["(attribute:rack exists || attribute:gpu exists) && ec2InstanceId == i-1", true],
    ] as const) {
        it(`${expression} ${holds ? "holds" : "does not hold"}`, () => {
            expect(readClusterQuery(expression)(candidate)).to.equal(holds);
        });
    }

    for (const expression of [
        "",
        "attribute:a",
        "attribute:a ==",
        "rack == 7",
        "attribute:a in x",
        "(agentConnected == true",
        "agentConnected == true x",
        "attribute:a =~ '['",
    ]) {
        it(`refuses ${expression === "" ? "nothing at all" : expression}`, () => {
            expect(() => readClusterQuery(expression))
                .to.throw()
                .with.property("name", "InvalidParameterException");
        });
    }
});
