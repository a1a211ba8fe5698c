import { expect } from "chai";
import { insteadLine, reasonsOf, rollInstead } from "../../../automation/rolling/hostChanges";
import type { ResourceEvent } from "../../../automation/ports/engine";
import { command, renderLine } from "../../../components/model/commandLine";
import { host } from "../../helpers/awsObjects";
import { step } from "../../helpers/fakes";

const instanceType = "aws:ec2/instance:Instance";
const replaced = (...properties: readonly string[]) =>
    step("replace", instanceType, "sles-ecs-hosts-1", properties);
const template = step("update", "aws:ec2/launchTemplate:LaunchTemplate", "sles-ecs-template", ["userData"]);
const group = (...properties: readonly string[]) =>
    step("update", "aws:autoscaling/group:Group", "sles-ecs-group", properties);

/** What is advised in place of these steps. */
function advice(...steps: readonly ResourceEvent[]): string | undefined {
    const up = command("up", "dev", "--from", "team");
    const instead = rollInstead({ environment: "dev", up }, steps);
    return instead && renderLine(insteadLine(instead));
}

describe("what replaces hosts better than a change that replaces them all", () => {
    const roll = "host by host, and tasks first: sles-ecs up dev --from team --roll";

    it("is images update for another image, with the user data that goes with it", () => {
        const update = "to another image host by host, and tasks first: sles-ecs images update dev";
        expect(advice(replaced("ami", "userData"))).to.equal(update);
        expect(advice(replaced("ami"))).to.equal(update);
    });

    it("is up --roll for anything else, and for an image along with it", () => {
        expect(advice(replaced("userData"))).to.equal(roll);
        expect(advice(replaced("ami", "instanceType"))).to.equal(roll);
        expect(advice(replaced("ami"), replaced("rootBlockDevice"))).to.equal(roll);
    });

    it("is nothing where no host is replaced, or where hosts can only go all at once", () => {
        expect(advice(step("delete", instanceType, "sles-ecs-hosts-1"))).to.equal(undefined);
        const held = step("replace", "aws:ec2/securityGroup:SecurityGroup", "sles-ecs-group", ["vpcId"]);
        expect(advice(replaced("vpcSecurityGroupIds"), held)).to.equal(undefined);
    });

    it("is up --roll where hosts of a group would stay on an older version of its launch template", () => {
        expect(advice(template, group("launchTemplate"))).to.match(
            /^hosts of the group that run stay as they are; .*--roll$/,
        );
        expect(advice(group("maxSize"))).to.equal(undefined);
    });
});

describe("why a host is replaced", () => {
    const urn = replaced().urn;
    const why = (
        changes: readonly ResourceEvent[],
        launchTemplate?: { version: string; groupVersion: string },
    ) =>
        reasonsOf({ urns: new Map([["i-1", urn]]), changes, steps: [] })({
            ...host(launchTemplate === undefined ? 1 : 2),
            launchTemplate: launchTemplate && { ...launchTemplate, isCurrent: false },
        });

    it("is told by the properties that change, of a fixed host its own, each once", () => {
        expect(
            why([template, replaced("instanceType", "rootBlockDevice.volumeSize", "rootBlockDevice.iops")]),
        ).to.equal("for a change of instanceType, rootBlockDevice");
    });

    it("is told of a host of a group by those of its launch template, or by its version where none changes now", () => {
        const versions = { version: "3", groupVersion: "5" };
        expect(why([template], versions)).to.equal("for a change of userData");
        expect(why([], versions)).to.equal("of version 3 of the launch template, which is at 5");
    });
});
