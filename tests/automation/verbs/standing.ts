import type { FakeStackOptions } from "../../helpers/fakes";

/** An environment that is up. */
export const standing: FakeStackOptions = {
    resources: [
        {
            type: "aws:ecs/cluster:Cluster",
            name: "sles-ecs-cluster",
            id: "arn:aws:ecs:us-east-1:123456789012:cluster/dev",
        },
    ],
    outputs: { clusterName: "dev", instanceIds: ["i-1", "i-2"], region: "us-east-1", details: { zones: 2 } },
};
