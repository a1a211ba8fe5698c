import { expect } from "chai";

import { AppError } from "../../../../automation/errors/appError";
import { removeFolders } from "../../../helpers/project";
import { play } from "../../../helpers/transcript";
import { onAlice, runningAlice } from "../../pause/pauseCase";

describe("what is still to pay for in a pause", () => {
    afterEach(removeFolders);

    it("names the interface endpoints of an isolated network, and not the gateway endpoint of S3, which is free", async () => {
        const endpoint = (id: string, type: string) => ({
            ...{ id, type, vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.ecs", state: "available" },
            routeTableIds: [],
        });
        const account = runningAlice({
            ec2Resources: [
                { id: "vpc-1", type: "vpc", leaving: false },
                ...["vpce-1", "vpce-2", "vpce-3"].map((id) => ({ id, type: "vpc-endpoint", leaving: false })),
            ],
            vpcEndpoints: [
                endpoint("vpce-1", "Gateway"),
                endpoint("vpce-2", "Interface"),
                endpoint("vpce-3", "Interface"),
                // Somebody else's, in the same VPC.
                endpoint("vpce-4", "Interface"),
            ],
        });
        const { transcript } = await play(["pause", "alice", "--yes"], onAlice(account));
        expect(transcript).to.contain(
            "Still to pay for: 2 volumes of gp3 (140 GiB), 2 interface endpoints, at least 10 USD a month",
        );
    });

    it("goes on where nobody may ask what it costs", async () => {
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "not allowed to do that" });
        const account = runningAlice({
            errors: { "pricing.list": denied, "loadBalancing.tagged": denied },
        });
        const { exitCode, context } = await play(["pause", "alice", "--yes"], onAlice(account));
        expect(exitCode).to.equal(0);
        expect(context.io.out()).to.contain("Still to pay for: 2 volumes of gp3 (140 GiB), 1 NAT gateway\n");
    });
});
