import { expect } from "chai";

import { service, task } from "../../../helpers/awsObjects";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { onAlice, runningAlice } from "../../pause/pauseCase";

describe("pause of a cluster with an Express service", () => {
    afterEach(removeFolders);

    it("leaves an Express service as it is, waits for none of its tasks, and says that it costs", async () => {
        const account = runningAlice();
        const { services, tasks } = account.state;
        services["alice"] = [...(services["alice"] ?? []), service("shop", { isExpress: true })];
        const fargate = task("x", "service:shop", { containerInstanceArn: undefined });
        tasks["alice"] = [...(tasks["alice"] ?? []), fargate];
        const { transcript, exitCode } = await play(["pause", "alice", "--yes"], onAlice(account));
        expect(exitCode).to.equal(0);
        expect(account.changes.join()).not.to.contain("shop");
        expect(transcript).to.contain("leaves shop running, with all that it costs: an Express service");
    });
});
