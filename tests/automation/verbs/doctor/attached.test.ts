import { expect } from "chai";

import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { agent, onAlice } from "../../pause/pauseCase";
import { attachedWorkers } from "../groups/workersCase";

interface Answer {
    readonly diagnoses: readonly {
        readonly id: string;
        readonly cause: string;
        readonly evidence: readonly string[];
        readonly remedy?: string;
    }[];
}

async function diagnosesOf(account: ReturnType<typeof attachedWorkers>) {
    const { context, exitCode } = await play(["doctor", "alice", "-o", "json"], onAlice(account));
    const { diagnoses } = JSON.parse(context.io.out()) as Answer;
    return { diagnoses, exitCode };
}

describe("doctor, of hosts of attached groups", () => {
    afterEach(removeFolders);

    it("names the cluster that one has joined instead, and leaves the mending to its owner", async () => {
        const account = attachedWorkers();
        const { containerInstances, clusters } = account.state;
        containerInstances["alice"] = (containerInstances["alice"] ?? []).filter(
            ({ instanceId }) => instanceId !== "i-9",
        );
        containerInstances["default"] = [{ ...agent("i-9"), clusterName: "default" }];
        clusters.push({ ...clusters[0]!, name: "default", arn: "arn:default" });
        const { diagnoses, exitCode } = await diagnosesOf(account);
        expect(exitCode).to.equal(5);
        expect(diagnoses.map(({ id, cause }) => ({ id, cause }))).to.deep.equal([
            { id: "i-9", cause: "OTHER_CLUSTER" },
        ]);
        const [{ evidence, remedy } = { evidence: [], remedy: undefined }] = diagnoses;
        expect(evidence.join("\n")).to.contain("default");
        expect(evidence.at(-1)).to.equal("a host of the attached group workers, whose owner has to mend it");
        expect(remedy).to.equal(undefined);
    });

    it("says nothing of those that have joined", async () => {
        expect(await diagnosesOf(attachedWorkers())).to.deep.equal({ diagnoses: [], exitCode: 0 });
    });
});
