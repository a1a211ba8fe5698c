import { chosenImage } from "../../helpers/account";
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

/** A host of the image that is locked. */
export const ready = { imageId: chosenImage.id, imageName: chosenImage.name };
/** Settings of two such hosts, locked to their image. */
export const lockedSettings = [
    "config:",
    "    aws:region: us-east-1",
    "    sles-ecs:hosts: { count: 2 }",
    "    sles-ecs:hostImage:",
    `        lock: { id: ${chosenImage.id}, name: ${chosenImage.name}, date: "20260910", region: us-east-1 }`,
    "",
].join("\n");
