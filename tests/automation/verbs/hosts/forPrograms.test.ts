import { expect } from "chai";

import { hostVerbs } from "../../../../automation/verbs/hosts/forPrograms";
import { fakeContext } from "../../../helpers/fakes";
import { removeFolders } from "../../../helpers/project";
import { onAlice, runningAlice } from "../../pause/pauseCase";

describe("hosts, for programs", () => {
    afterEach(removeFolders);

    it("does what the commands do, and asks nobody", async () => {
        const account = runningAlice({ consoles: { "i-2": "[0.0] Linux\n" } });
        const hosts = hostVerbs(fakeContext(onAlice(account, { answers: undefined })), 0);
        expect((await hosts.list("alice")).hosts.map(({ number, ready }) => [number, ready])).to.deep.equal([
            [1, true],
            [2, true],
        ]);
        expect(await hosts.drain("alice", "2")).to.include({ instanceId: "i-2", clusterName: "alice" });
        expect(await hosts.activate("alice", "2")).to.include({ wasActive: false });
        expect(await hosts.startAgent("alice")).to.deep.include({ started: [] });
        expect(await hosts.log("alice", "2")).to.deep.include({ source: "console", text: "[0.0] Linux\n" });
        expect(account.changes.map((change) => change.split(" ")[0])).to.deep.equal(["drain", "activate"]);
    });
});
