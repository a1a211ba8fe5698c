import { expect } from "chai";

import { parseSettings } from "../../../components/model/settings";
import { preview } from "../../../automation/verbs/preview/preview";
import type { CostRise } from "../../../components/model/cost/compareCosts";
import { fakeContext } from "../../helpers/fakes";
import { standing as hostsStanding } from "../../helpers/fakeWorld";
import { makeProject, removeFolders } from "../../helpers/project";
import { standing } from "../verbs/standing";

const hours = "Mon-Fri 08:00-18:00 Europe/Berlin";

describe("what a plan costs more than what stands", () => {
    afterEach(removeFolders);

    /** One host runs by the settings of the last update; the file wants two of them in office hours. */
    async function riseFrom(before: object): Promise<CostRise | undefined> {
        const { settings } = parseSettings({ hosts: { count: 1 }, ...before }, "dev");
        const file = `config:\n    aws:region: us-east-1\n    sles-ecs:hosts: { count: 2 }\n    sles-ecs:hours: ${hours}\n`;
        const context = fakeContext({
            directory: makeProject({ "Pulumi.dev.yaml": file }),
            aws: hostsStanding("dev", [{}]),
            stacks: { dev: { ...standing, settings: settings } },
        });
        const request = { environment: "dev", projectDirectory: undefined, parallel: undefined };
        const { costs } = await preview(request, context);
        expect(costs?.costs.openShare).to.be.closeTo(50 / 168, 0.0001);
        return costs?.rise;
    }

    it("goes by the office hours that hold today, not by those that are to come", async () => {
        // 168 hours of a week for one host are more than 2 x 50.
        expect(await riseFrom({})).to.equal(undefined);
    });

    it("is told where the hours stay as they are", async () => {
        const rise = await riseFrom({ hours });
        expect(rise?.more.map(({ kind }) => kind)).to.include("hosts");
        expect(rise?.toUsdAMonth).to.be.greaterThan(rise?.fromUsdAMonth ?? Infinity);
    });
});
