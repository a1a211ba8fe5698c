import { expect } from "chai";

import { onceEach } from "../../../components/model/evidence";

describe("things in the record of a destroy", () => {
    it("are one by an id that only one has, whatever its type is called, and two where they share a name", () => {
        const vpc = { name: "alice", id: "vpc-0123456789abcdef0" };
        const cluster = { name: "alice", id: "arn:aws:ecs:eu-central-1:123456789012:cluster/alice" };
        const shared = { name: "sles-ecs-alice", id: "sles-ecs-alice" };
        const items = [
            { ...vpc, type: "aws:ec2/vpc:Vpc" },
            { ...vpc, type: "ec2:vpc" },
            { ...cluster, type: "aws:ecs/cluster:Cluster" },
            { ...cluster, type: "ecs:cluster" },
            { ...shared, type: "iam:role" },
            { ...shared, type: "iam:instance-profile" },
            { ...shared, type: "iam:role" },
        ];
        expect(onceEach(items).map(({ type }) => type)).to.deep.equal([
            "aws:ec2/vpc:Vpc",
            "aws:ecs/cluster:Cluster",
            "iam:role",
            "iam:instance-profile",
        ]);
    });
});
