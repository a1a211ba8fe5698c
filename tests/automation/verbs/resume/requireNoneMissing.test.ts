import { expect } from "chai";

import type { StateResource } from "../../../../automation/ports/engine";
import type { FakeAws } from "../../../helpers/fakeAws";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { changing, onAlice, paused, runningAlice } from "../../pause/pauseCase";

describe("resume, where a host is missing", () => {
    afterEach(removeFolders);

    const asHosts = (ids: readonly string[]) =>
        ids.map((id) => ({ type: "aws:ec2/instance:Instance", name: id, id }));

    async function resumeWith(account: FakeAws, hosts: readonly StateResource[]) {
        const options = onAlice(account);
        const { stacks: { alice } = {} } = options;
        return play(["resume", "alice"], {
            ...options,
            stacks: { alice: { ...alice, resources: [...(alice?.resources ?? []), ...hosts] } },
        });
    }

    const withoutTags = (account: FakeAws, changes: object = {}): void => {
        account.state.instances = account.state.instances.map((one) =>
            one.instanceId === "i-2" ? { ...one, tags: {}, ...changes } : one,
        );
    };

    it("does not call a host gone that has lost its tags, and says what stands still for it", async () => {
        const account = await paused(runningAlice);
        withoutTags(account);
        const { context, exitCode } = await resumeWith(account, asHosts(["i-1", "i-2"]));
        expect(exitCode).to.equal(5);
        expect(context.io.err()).to.contain(
            "1 of 2 hosts of alice is stopped and has lost the tags by which it is found: i-2\nNext: sles-ecs up alice\n",
        );
        expect(context.io.err()).to.not.contain("gone from EC2");
    });

    it("goes on beside a host without tags that runs", async () => {
        const account = await paused(runningAlice);
        withoutTags(account, { state: "running" });
        const { exitCode, transcript } = await resumeWith(account, asHosts(["i-1", "i-2"]));
        expect(exitCode, transcript).to.equal(0);
    });

    it("does not miss a host that its state is about to delete", async () => {
        const account = await paused(runningAlice);
        const [before] = asHosts(["i-0"]);
        const hosts = [...asHosts(["i-1", "i-2"]), { ...before!, isPendingDeletion: true as const }];
        const { exitCode, transcript } = await resumeWith(account, hosts);
        expect(exitCode, transcript).to.equal(0);
    });

    it("says which host was terminated meanwhile, and keeps what services had for the update that makes it anew", async () => {
        const account = await paused(runningAlice);
        account.state.instances = account.state.instances.filter(({ instanceId }) => instanceId === "i-1");
        const { context, exitCode } = await resumeWith(account, asHosts(["i-1", "i-2"]));
        expect(exitCode).to.equal(5);
        expect(context.io.err()).to.contain(
            "1 of 2 hosts of alice is gone from EC2: i-2\nNext: sles-ecs up alice\n",
        );
        expect(changing(context.calls)).to.not.contain("aws untagCluster sles-ecs:paused");
    });
});
