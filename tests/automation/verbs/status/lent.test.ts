import { expect } from "chai";

import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { lendToBatch, onAlice, runningAlice } from "../../pause/pauseCase";

describe("status of a host that is lent", () => {
    afterEach(removeFolders);

    it("says which cluster it is in, and does not have anybody wait for it", async () => {
        const account = runningAlice();
        account.state.instances = account.state.instances.filter(({ instanceId }) => instanceId === "i-1");
        lendToBatch(account, "i-1");
        const { transcript } = await play(["status", "alice"], onAlice(account));
        expect(transcript)
            .to.contain("i-1: its agent registered in cluster batch instead of alice\n")
            .and.contain("Next: sles-ecs doctor alice\n");
    });

    it("has the cluster in the answer for programs, of such a host alone", async () => {
        const account = runningAlice();
        lendToBatch(account, "i-1");
        const { context } = await play(["status", "alice", "-o", "json"], onAlice(account));
        const { hosts } = JSON.parse(context.io.out()) as {
            hosts: { instanceId: string; lentTo?: string }[];
        };
        expect(hosts.map(({ instanceId, lentTo }) => [instanceId, lentTo])).to.deep.equal([
            ["i-1", "batch"],
            ["i-2", undefined],
        ]);
    });
});
