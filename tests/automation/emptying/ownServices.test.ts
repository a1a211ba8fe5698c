import { expect } from "chai";

import { emptyCluster } from "../../../automation/emptying/emptyCluster";
import { tagKeys } from "../../../components/model/tags";
import { cluster, service, targetIn } from "../../helpers/awsObjects";
import { createFakeAws, ownTags } from "../../helpers/fakeAws";
import { createFakeClock, recordProgress } from "../../helpers/fakeTime";

describe("emptyCluster in an adopted cluster with a service of its own", () => {
    it("lowers the minimum of that one and deletes it, and touches no other", async () => {
        const idle = { desired: 0, running: 0, pending: 0 };
        const fake = createFakeAws({
            clusters: [cluster({ tags: { [tagKeys.stack]: "organization/sles-ecs/bob" } })],
            services: {
                alice: [
                    service("web"),
                    service("own", { ...idle, tags: { ...ownTags, [tagKeys.service]: "own" } }),
                ],
            },
            scalableServices: ["web", "own"].map((name) => ({
                ...{ resourceId: `service/alice/${name}`, min: 1, max: 5, suspended: [] },
            })),
        });
        const clock = createFakeClock(() => {
            fake.state.services["alice"] = [service("web")];
        });
        const target = { ...targetIn(fake, { clock }), adopted: true };
        await emptyCluster(target, { timeoutSeconds: 60 }, recordProgress().progress);
        expect(fake.changes).to.deep.equal(["setMinimum service/alice/own 0", "deleteService own"]);
    });
});
