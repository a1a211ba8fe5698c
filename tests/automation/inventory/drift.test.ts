import { expect } from "chai";

import { AppError } from "../../../automation/errors/appError";
import { findDrift } from "../../../automation/inventory/drift";
import { survey } from "../../../automation/teardown/survey";
import { createFakeAws, owner } from "../../helpers/fakeAws";
import { fakeClock } from "../../helpers/io";

describe("a look at all that is an environment's", () => {
    const place = () => {
        const fake = createFakeAws();
        const target = {
            environment: "alice",
            owner,
            clusterName: "alice",
            stateIds: new Set<string>(),
            leased: true,
            inState: () => false,
            aws: fake.aws,
            clock: fakeClock(),
            signal: new AbortController().signal,
        };
        return { fake, target };
    };
    const unreadable = (): never => {
        throw new Error("the fake can be read");
    };

    it("asks AWS each of its questions once", async () => {
        const { fake, target } = place();
        await findDrift(target, [], unreadable);
        expect(fake.reads).to.include("autoScaling.groups").and.to.include("ec2.volumes");
        expect(fake.reads).to.have.length(new Set(fake.reads).size);
    });

    it("does so before a destroy as well", async () => {
        const { fake, target } = place();
        await survey({ ...target, adopted: false }, { note: unreadable });
        expect(fake.reads).to.include("autoScaling.groups").and.to.include("ec2.volumes");
        expect(fake.reads).to.have.length(new Set(fake.reads).size);
    });

    it("stands what the caller may not list, and says so once", async () => {
        const { fake, target } = place();
        const denied = new AppError("AWS_ACCESS_DENIED", { message: "no" });
        const { aws } = createFakeAws({ ...fake.state, errors: { "autoScaling.groups": denied } });
        const told: string[] = [];
        await findDrift({ ...target, aws }, [], (what) => void told.push(what));
        expect(told).to.deep.equal(["Auto Scaling groups"]);
    });
});
