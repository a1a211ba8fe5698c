import { expect } from "chai";

import { step } from "../../../helpers/fakes";
import { removeFolders } from "../../../helpers/project";
import { changing } from "../images/update/updateCase";
import { groupName, replaceOfGroup } from "./replaceCase";

const template = step("update", "aws:ec2/launchTemplate:LaunchTemplate", "sles-ecs-hosts-template", [
    "imageId",
]);
const group = step("update", "aws:autoscaling/group:Group", "sles-ecs-hosts-group", [
    "launchTemplate.version",
]);

describe("hosts replace, of a group", () => {
    afterEach(removeFolders);

    it("brings the successor first where the group may have more hosts", async () => {
        const { context, exitCode } = await replaceOfGroup(["i-2", "--yes"]);
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal([
            `aws resize ${groupName} desired=4`,
            "host i-4 is ready",
            "aws drain i-2",
            `aws detachInstances ${groupName} i-2`,
            "aws remove i-2",
        ]);
        expect(context.io.out()).to.match(/^dev: 1 host replaced, i-4 ready; /);
    });

    it("lets each go before its successor where it may not", async () => {
        const { context, exitCode } = await replaceOfGroup(["i-2", "i-1", "--yes"], { max: 3 });
        expect(exitCode).to.equal(0);
        expect(changing(context.calls)).to.deep.equal([
            ...["aws drain i-1", "aws renew i-1", "host i-4 is ready"],
            ...["aws drain i-2", "aws renew i-2", "host i-5 is ready"],
        ]);
    });

    it("first has the group start hosts from today's settings", async () => {
        const { context } = await replaceOfGroup(["i-2", "--yes"], { steps: [template, group] });
        expect(changing(context.calls)[0]).to.equal(`engine up targets=${template.urn},${group.urn} whole`);
    });

    it("refuses a group that would bring no other host, and changes nothing", async () => {
        const { context, exitCode } = await replaceOfGroup(["i-2", "--yes"], {
            suspendedProcesses: ["Launch"],
        });
        expect([exitCode, changing(context.calls)]).to.deep.equal([2, []]);
        expect(context.io.err()).to.contain("GROUP_SUSPENDED");
    });
});
